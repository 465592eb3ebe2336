"""Making a plan: what it begins with, a copy that goes its own way, and what is refused."""

import pytest

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.dividing import Place as Where
from tests.conftest import START, Dump, Member
from tests.survey.hours_plan.conftest import NEXT, Make, Place, plan_of
from tests.survey.hours_plan.planning import add, held, note_roles


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
