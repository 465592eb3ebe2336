"""What a plan leaves open: schools without hours, roles nobody takes, and how it stands beside another."""

from survey.access.permissions import Scope
from survey.clock import local_day
from survey.database import SqliteEngine
from survey.hours_plan import reports
from survey.hours_plan.dividing import Place as Where
from survey.placement import actions as placements
from tests.conftest import START, Member
from tests.survey.hours_plan.conftest import Make, Place
from tests.survey.hours_plan.planning import add, note_roles

TODAY = local_day(START)


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


def uncovered(engine: SqliteEngine, lead: Scope, plan: reports.Plan) -> dict[str, set[str]]:
    return {row.school_id: set(row.uncovered) for row in reports.sheet(engine, lead, plan, TODAY).uncovered}
