"""Making a plan, dividing hours and coaches in it, and what it leaves open; who may, and what is refused."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.assignment import actions as assignments
from survey.clock import local_day
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.dividing import Place as Where
from survey.placement import actions as placements
from tests.conftest import START, Member, scope_of
from tests.survey.hours_plan.conftest import NEXT, NOW, SCHOOLS, Make, Place, plan_of

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
TODAY = local_day(START)


def held(plan: reports.Plan) -> dict[tuple[str, str | None], int]:
    return {(where.school_id, where.person_id): number for where, number in plan.held.items()}


def test_a_plan_begins_with_the_places_that_are_paid_for_and_run_until_the_summer(
    engine: SqliteEngine, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.5)
    place("wollegras", hours_agreed=2.0)
    place("wollegras", hours_agreed=1.25)
    place("wollegras", cleo, status="click_conversation", hours_agreed=1.0)
    place("zilvermos", status="wanted", hours_agreed=4.0)
    place("zilvermos", ana, status="ended", ends_on=START.date(), hours_agreed=9.0)
    place("zilvermos", cleo)
    plan = make(reports.FROM_PLACEMENTS, budget=None)
    assert held(plan) == {("kraanheide", ana.id): 14, ("wollegras", None): 17, ("zilvermos", cleo.id): 0}
    assert (plan.budget, plan.left) == (31, 0)


def test_a_school_that_stopped_taking_part_is_not_in_a_new_plan(
    engine: SqliteEngine, place: Place, make: Make, ana: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.5)
    engine.run("UPDATE school SET takes_part = 0 WHERE id = 'kraanheide'")
    assert make(reports.FROM_PLACEMENTS).lines == ()


def test_a_place_takes_along_the_roles_that_were_agreed(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.5)
    note_roles(engine, lead, ana, "kraanheide", "connector", "mediator")
    (line,) = make(reports.FROM_PLACEMENTS).lines
    assert line.roles == {"connector", "mediator"}


def test_a_copy_has_the_same_places_and_roles_and_goes_its_own_way(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member
) -> None:
    first = make()
    add(engine, lead, first, Where("kraanheide", ana.id), 12, roles=["connector"])
    copy = make(first.id, name="Anders")
    add(engine, lead, copy, Where("wollegras", None), 4)
    assert held(plan_of(engine, lead, first.id)) == {("kraanheide", ana.id): 12}
    copy = plan_of(engine, lead, copy.id)
    assert held(copy) == {("kraanheide", ana.id): 12, ("wollegras", None): 4}
    assert copy.lines[0].roles == {"connector"}


def test_a_budget_too_small_for_what_a_plan_begins_with_is_refused(
    place: Place, make: Make, ana: Member, dump: Dump
) -> None:
    place("kraanheide", ana, hours_agreed=3.5)
    before = dump()
    with pytest.raises(actions.Short) as refusal:
        make(reports.FROM_PLACEMENTS, budget=12)
    assert refusal.value.over == 2
    assert dump() == before


def test_two_plans_of_a_school_year_have_two_names(make: Make, dump: Dump) -> None:
    make()
    before = dump()
    with pytest.raises(actions.SameName):
        make()
    assert dump() == before


def test_a_form_that_comes_in_twice_makes_one_plan(engine: SqliteEngine, lead: Scope) -> None:
    for _ in range(2):
        actions.make(
            engine,
            name="Eén",
            school_year=NEXT,
            budget=8,
            start=reports.EMPTY,
            by=lead,
            at=START,
            key="the-key",
        )
    assert len(reports.every(engine, lead)) == 1


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


def test_a_school_with_a_coach_or_a_wish_and_no_hours_is_named(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    key = place("wollegras", cleo, status="agreed")
    placements.note_wish(engine, placement_id=key, wish="more_hours", note="", by=lead, at=START)
    place("zilvermos", status="vacant_unfunded")
    plan = make()
    assert set(reports.sheet(engine, lead, plan, TODAY).left_out) == {"kraanheide", "wollegras"}
    plan = add(engine, lead, plan, Where("kraanheide", None), 4)
    plan = add(engine, lead, plan, Where("wollegras", None), 0)
    sheet = reports.sheet(engine, lead, plan, TODAY)
    assert set(sheet.left_out) == {"wollegras"}
    assert [line.school_id for line in sheet.open_lines] == ["kraanheide"]


def test_a_role_that_was_agreed_and_that_nobody_takes_is_named(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    note_roles(engine, lead, ana, "kraanheide", "connector", "mediator")
    plan = add(engine, lead, make(), Where("kraanheide", None), 4, roles=["connector", "mediator"])
    assert uncovered(engine, lead, plan) == {"kraanheide": {"connector", "mediator"}}
    plan = add(engine, lead, plan, Where("kraanheide", cleo.id), 4, roles=["mediator"])
    assert uncovered(engine, lead, plan) == {"kraanheide": {"connector"}}
    plan = add(engine, lead, plan, Where("kraanheide", ana.id), 4, roles=["connector", "specialist"])
    assert uncovered(engine, lead, plan) == {}


def test_a_school_stands_beside_how_it_is_now(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member
) -> None:
    place("wollegras", ana, hours_agreed=3.0, hours_needed=4.5)
    place("wollegras", hours_agreed=1.5)
    plan = make(reports.FROM_PLACEMENTS)
    (row,) = reports.sheet(engine, lead, plan, TODAY).rows
    assert row.now is not None
    assert (row.quarters, row.now.agreed, row.now.needed, row.now.rule) == (18, 4.5, 4.5, 4.0)


def test_two_plans_stand_beside_each_other_by_school_and_never_by_person(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, cleo: Member
) -> None:
    first = add(engine, lead, make(name="A"), Where("wollegras", ana.id), 12)
    first = add(engine, lead, first, Where("zilvermos", cleo.id), 4)
    second = add(engine, lead, make(name="B"), Where("kraanheide", cleo.id), 8)
    second = add(engine, lead, second, Where("wollegras", cleo.id), 12)
    second = add(engine, lead, second, Where("zilvermos", cleo.id), 4)
    sides = reports.compared(first, second)
    assert [(one.school_id, one.before, one.after, one.is_same) for one in sides] == [
        ("kraanheide", 0, 8, False),
        ("wollegras", 12, 12, False),
        ("zilvermos", 4, 4, True),
    ]
    assert sum(one.before for one in sides) == first.divided
    assert sum(one.after for one in sides) == second.divided


def add(
    engine: SqliteEngine,
    lead: Scope,
    plan: reports.Plan,
    where: Where,
    quarters: int,
    roles: list[str] | None = None,
) -> reports.Plan:
    actions.add(engine, plan_id=plan.id, place=where, quarters=quarters, roles=roles or [], by=lead, at=START)
    return plan_of(engine, lead, plan.id)


def note_roles(engine: SqliteEngine, lead: Scope, coach: Member, school_id: str, *roles: str) -> None:
    assignments.note(
        engine,
        person_id=coach.id,
        school_id=school_id,
        school_year=NOW,
        roles=roles,
        tasks=[],
        by=lead,
        at=START,
    )


def uncovered(engine: SqliteEngine, lead: Scope, plan: reports.Plan) -> dict[str, set[str]]:
    return {row.school_id: set(row.uncovered) for row in reports.sheet(engine, lead, plan, TODAY).uncovered}


def acts(
    engine: SqliteEngine, told: dict[str, Any], line: dict[str, Any], coach: Member
) -> list[Callable[[], object]]:
    """Every act on a plan."""
    other = Where("zilvermos", None)
    return [
        lambda: actions.describe(engine, name="Anders", budget=80, **told),
        lambda: actions.add(engine, place=other, quarters=1, roles=[], **told),
        lambda: actions.change(engine, person_id=coach.id, quarters=1, roles=[], **line, **told),
        lambda: actions.move(engine, target=other, quarters=1, **line, **told),
        lambda: actions.take(engine, **line, **told),
        lambda: actions.throw_away(engine, **told),
        lambda: actions.adopt(engine, **told),
    ]


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
