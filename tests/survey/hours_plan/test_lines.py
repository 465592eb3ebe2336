"""Dividing hours and coaches in a plan: moved, changed, taken out, and never more than the budget."""

import random
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.dividing import Place as Where
from tests.conftest import START, Dump, Member, scope_of
from tests.survey.hours_plan.conftest import NEXT, SCHOOLS, Make, plan_of
from tests.survey.hours_plan.planning import acts, add, held


def test_hours_move_to_another_school_with_coach_and_roles(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member
) -> None:
    plan = make()
    plan = add(engine, lead, plan, Where("kraanheide", ana.id), 12, roles=["connector"])
    told: dict[str, Any] = {"plan_id": plan.id, "line_id": plan.lines[0].id, "by": lead, "at": START}
    actions.move(engine, target=Where("wollegras", ana.id), quarters=5, **told)
    plan = plan_of(engine, lead, plan.id)
    assert held(plan) == {("kraanheide", ana.id): 7, ("wollegras", ana.id): 5}
    assert [line.roles for line in plan.lines] == [{"connector"}, {"connector"}]
    actions.move(engine, target=Where("wollegras", ana.id), quarters=7, **told)
    assert held(plan_of(engine, lead, plan.id)) == {("wollegras", ana.id): 12}


def test_a_place_gets_another_coach_other_hours_and_other_roles(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, cleo: Member
) -> None:
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12, roles=["connector"])
    actions.change(
        engine,
        plan_id=plan.id,
        line_id=plan.lines[0].id,
        person_id=cleo.id,
        quarters=40,
        roles=["specialist"],
        by=lead,
        at=START,
    )
    (line,) = plan_of(engine, lead, plan.id).lines
    assert (line.coach, line.quarters, set(line.roles)) == ("Cleo", 40, {"specialist"})


def test_what_comes_out_can_be_divided_again(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member
) -> None:
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12)
    assert plan.left == 28
    actions.take(engine, plan_id=plan.id, line_id=plan.lines[0].id, by=lead, at=START)
    assert plan_of(engine, lead, plan.id).left == 40


def test_an_act_on_a_plan_that_changed_meanwhile_is_refused(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, dump: Dump
) -> None:
    seen = make()
    plan = add(engine, lead, seen, Where("kraanheide", ana.id), 12)
    told: dict[str, Any] = {"plan_id": plan.id, "by": lead, "at": START, "shown": seen.revision}
    line: dict[str, Any] = {"line_id": plan.lines[0].id}
    before = dump()
    for act in acts(engine, told, line, ana):
        with pytest.raises(actions.Changed):
            act()
    assert dump() == before


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_only_a_lead_plans(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, dump: Dump, role: Role
) -> None:
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12)
    by, before = scope_of(ana, role), dump()
    told: dict[str, Any] = {"plan_id": plan.id, "by": by, "at": START}
    for act in acts(engine, told, {"line_id": plan.lines[0].id}, ana):
        with pytest.raises(NotYours):
            act()
    with pytest.raises(NotYours):
        actions.make(engine, name="Mijn", school_year=NEXT, budget=8, start=reports.EMPTY, by=by, at=START)
    assert dump() == before
    assert reports.one(engine, by, plan.id) is None
    assert reports.every(engine, by) == ()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_a_lead_does_the_stored_hours_and_the_rest_are_the_budget(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, cleo: Member, seed: int
) -> None:
    chance, plan = random.Random(seed), make(budget=200)
    for _ in range(40):
        where = Where(chance.choice(SCHOOLS), chance.choice([ana.id, cleo.id, None]))
        told: dict[str, Any] = {"plan_id": plan.id, "by": lead, "at": START}
        some, line = chance.randint(0, 60), chance.choice(plan.lines).id if plan.lines else ""
        before = dict(plan.held)
        act = chance.choice(["add", "change", "move", "take"] if line else ["add"])
        try:
            if act == "add":
                actions.add(engine, place=where, quarters=some, roles=[], **told)
            elif act == "change":
                actions.change(
                    engine, line_id=line, person_id=where.person_id, quarters=some, roles=[], **told
                )
            elif act == "move":
                actions.move(engine, line_id=line, target=where, quarters=some, **told)
            else:
                actions.take(engine, line_id=line, **told)
        except (actions.Short, actions.Taken, actions.TooFew, actions.TooMuch):
            assert plan_of(engine, lead, plan.id).held == before
        plan = plan_of(engine, lead, plan.id)
        (row,) = engine.rows("SELECT coalesce(sum(quarters), 0) AS held FROM hours_plan_line")
        assert row["held"] == plan.divided == 200 - plan.left
        assert plan.left >= 0
        assert act != "move" or sum(before.values()) == plan.divided
