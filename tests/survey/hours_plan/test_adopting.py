"""Adopting a plan makes the placements of the school year as the plan has them: all of them, or none."""

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.dividing import Place as Where
from survey.people import actions as people
from survey.placement import actions as placements
from survey.placement import reports as register
from tests.conftest import START, Member
from tests.survey.hours_plan.conftest import NEXT, NOW, Make, Place, plan_of
from tests.survey.hours_plan.planning import acts, add

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
SUMMER = date(2026, 7, 31)


def of_year(engine: SqliteEngine, lead: Scope, year: str = NEXT) -> set[tuple[object, ...]]:
    found = register.of_year(engine, lead, year)
    return {(one.school_id, one.coach, one.status, one.hours_agreed) for one in found}


def adopt(engine: SqliteEngine, lead: Scope, plan: reports.Plan) -> None:
    actions.adopt(engine, plan_id=plan.id, by=lead, at=START)


def does(engine: SqliteEngine, lead: Scope, plan: reports.Plan) -> dict[tuple[str, str | None], str]:
    return {
        (one.school_id, one.coach): step.does
        for step in reports.steps(engine, lead, plan)
        if (one := step.line or step.placement)
    }


def test_who_stays_goes_on_who_is_new_begins_and_what_is_not_in_the_plan_ends(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    stays = place("kraanheide", ana, hours_agreed=3.0)
    goes = place("wollegras", ana, hours_agreed=2.0)
    free = place("wollegras", hours_agreed=1.0)
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 16)
    plan = add(engine, lead, plan, Where("wollegras", None), 4)
    plan = add(engine, lead, plan, Where("zilvermos", cleo.id), 6)
    plan = add(engine, lead, plan, Where("zilvermos", None), 0)
    assert does(engine, lead, plan) == {
        ("kraanheide", "Ana"): "continues",
        ("wollegras", None): "continues",
        ("wollegras", "Ana"): "ends",
        ("zilvermos", "Cleo"): "begins",
    }
    adopt(engine, lead, plan)
    assert of_year(engine, lead) == {
        ("kraanheide", "Ana", "active", 4.0),
        ("wollegras", None, "vacant_funded", 1.0),
        ("zilvermos", "Cleo", "agreed", 1.5),
    }
    now = {one.id: (one.status, one.ends_on) for one in register.of_year(engine, lead, NOW)}
    assert now == dict.fromkeys((stays, goes, free), ("ended", SUMMER))
    follows = {one.school_id: one.follows for one in register.of_year(engine, lead, NEXT)}
    assert follows == {"kraanheide": stays, "wollegras": free, "zilvermos": None}


def test_the_hours_of_an_adopted_plan_are_the_hours_of_the_year(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    place("wollegras", cleo, hours_agreed=2.25)
    plan = make(reports.FROM_PLACEMENTS)
    actions.move(
        engine,
        plan_id=plan.id,
        line_id=plan.lines[0].id,
        target=Where("zilvermos", ana.id),
        quarters=5,
        by=lead,
        at=START,
    )
    adopt(engine, lead, plan)
    (row,) = engine.rows(
        "SELECT sum(hours_agreed) AS hours FROM placement WHERE school_year = :year", {"year": NEXT}
    )
    assert row["hours"] == plan.divided / 4 == 5.25


def test_a_place_of_the_year_that_is_there_already_gets_the_hours_of_the_plan_or_stays(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member
) -> None:
    key = place("kraanheide", ana, hours_agreed=3.0)
    placements.continue_next_year(engine, placement_id=key, by=lead, at=START)
    place("wollegras", cleo, starts_on=date(2026, 8, 1), hours_agreed=2.0, status="agreed")
    place("zilvermos", starts_on=date(2026, 8, 1), hours_agreed=1.0)
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 20)
    plan = add(engine, lead, plan, Where("wollegras", cleo.id), 8)
    assert does(engine, lead, plan) == {
        ("kraanheide", "Ana"): "changes",
        ("wollegras", "Cleo"): "stays",
        ("zilvermos", None): "beside",
    }
    adopt(engine, lead, plan)
    assert of_year(engine, lead) == {
        ("kraanheide", "Ana", "active", 5.0),
        ("wollegras", "Cleo", "agreed", 2.0),
        ("zilvermos", None, "vacant_funded", 1.0),
    }


def test_a_place_that_went_on_at_another_school_begins_anew_where_the_plan_has_it(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member
) -> None:
    key = place("kraanheide", ana, hours_agreed=3.0)
    later = placements.continue_next_year(engine, placement_id=key, by=lead, at=START)
    found = register.one(engine, lead, later)
    assert found is not None
    moved = replace(placements.details_of(found), school_id="zilvermos")
    placements.change(engine, placement_id=later, details=moved, by=lead, at=START)
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12)
    assert does(engine, lead, plan) == {("kraanheide", "Ana"): "begins", ("zilvermos", "Ana"): "beside"}
    adopt(engine, lead, plan)
    assert len(of_year(engine, lead)) == 2


def test_a_candidate_of_this_year_can_be_the_coach_of_the_next(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member
) -> None:
    place("kraanheide", ana, status="click_conversation", hours_agreed=3.0)
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12)
    adopt(engine, lead, plan)
    assert of_year(engine, lead) == {("kraanheide", "Ana", "agreed", 3.0)}
    assert of_year(engine, lead, NOW) == {("kraanheide", None, "ended", 3.0)}


def test_hours_swap_between_schools_of_a_coach_who_works_forty_hours(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member
) -> None:
    place("kraanheide", ana, hours_agreed=36.0)
    place("wollegras", ana, hours_agreed=4.0)
    plan = add(engine, lead, make(budget=200), Where("kraanheide", ana.id), 16)
    plan = add(engine, lead, plan, Where("wollegras", ana.id), 20)
    plan = add(engine, lead, plan, Where("zilvermos", ana.id), 124)
    adopt(engine, lead, plan)
    assert {hours for *_, hours in of_year(engine, lead)} == {4.0, 5.0, 31.0}


def test_when_one_place_cannot_be_none_is_made_and_each_is_told(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, cleo: Member, dump: Dump
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 16)
    plan = add(engine, lead, plan, Where("wollegras", cleo.id), 8)
    people.leave(engine, person_id=cleo.id, at=START, by=None)
    before = dump()
    with pytest.raises(actions.Clashes) as clashes:
        adopt(engine, lead, plan)
    ((number, refusal),) = clashes.value.refusals.items()
    step = reports.steps(engine, lead, plan)[number]
    assert step.line is not None
    assert (step.line.coach, type(refusal)) == ("Cleo", placements.NoCoach)
    assert dump() == before


def test_who_left_since_the_plan_was_made_goes_on_nowhere(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, dump: Dump
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    plan = make(reports.FROM_PLACEMENTS)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    before = dump()
    with pytest.raises(actions.Clashes) as clashes:
        adopt(engine, lead, plan)
    assert [type(each) for each in clashes.value.refusals.values()] == [placements.NoCoach]
    assert dump() == before


def test_an_adopted_plan_stays_as_it_is(
    engine: SqliteEngine, lead: Scope, make: Make, ana: Member, dump: Dump
) -> None:
    plan = add(engine, lead, make(), Where("kraanheide", ana.id), 12)
    adopt(engine, lead, plan)
    told = {"plan_id": plan.id, "by": lead, "at": START}
    before = dump()
    for act in acts(engine, told, {"line_id": plan.lines[0].id}, ana):
        with pytest.raises(actions.Adopted):
            act()
    assert dump() == before
    assert plan_of(engine, lead, plan.id).adopted_at is not None


def test_a_plan_without_hours_is_not_adopted(
    engine: SqliteEngine, lead: Scope, place: Place, make: Make, ana: Member, dump: Dump
) -> None:
    place("kraanheide", ana, hours_agreed=3.0)
    plan = add(engine, lead, make(), Where("wollegras", None), 0)
    before = dump()
    with pytest.raises(actions.Empty):
        adopt(engine, lead, plan)
    assert dump() == before
