"""Making, changing, ending, continuing and filling a placement; who may, and what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.actions import Details
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import FIRST, YEAR, Add, School

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def of(engine: SqliteEngine, by: Scope, key: str) -> reports.Placement:
    found = reports.one(engine, by, key)
    assert found is not None
    return found


def test_a_placement_holds_what_was_told_and_begins_its_history(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0, employer="Zorggroep Veenrand", hours_needed=4.5)
    found = of(engine, lead, key)
    assert (found.school, found.coach, found.pupils) == ("De Kraanheide", "Ana", 112)
    assert (found.school_year, found.hours_agreed, found.hours_needed) == (YEAR, 3.0, 4.5)
    (made,) = reports.changes(engine, lead, key)
    assert (made.changed_by, made.field, made.before, made.after) == ("Lea", "status", None, "active")


def test_a_form_that_comes_in_twice_makes_one_placement(
    engine: SqliteEngine, lead: Scope, kraanheide: str, ana: Member
) -> None:
    details = Details(school_id=kraanheide, status="active", starts_on=FIRST, person_id=ana.id)
    for _ in range(2):
        actions.add(engine, details=details, by=lead, at=START, key="the-key")
    assert len(reports.of_year(engine, lead, YEAR)) == 1


@pytest.mark.parametrize("role", [Role.COACH, Role.TRAINER])
def test_only_a_lead_keeps_the_register(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member, dump: Dump, role: Role
) -> None:
    key = place(kraanheide, ana)
    by, before = scope_of(ana, role), dump()
    details = actions.details_of(of(engine, scope_of(ana, Role.LEAD), key))
    told: dict[str, Any] = {"placement_id": key, "by": by, "at": START}
    refused: list[Callable[[], object]] = [
        lambda: actions.add(engine, details=details, by=by, at=START),
        lambda: actions.change(engine, details=details, **told),
        lambda: actions.set_status(engine, status="paused", **told),
        lambda: actions.end(engine, ends_on=date(2026, 1, 12), reason=None, vacancy=True, **told),
        lambda: actions.continue_next_year(engine, **told),
        lambda: actions.fill(engine, person_id=ana.id, starts_on=FIRST, status="active", **told),
    ]
    for act in refused:
        with pytest.raises(NotYours):
            act()
    assert dump() == before


@pytest.mark.parametrize(
    ("told", "fits"),
    [
        ({"status": "active"}, False),
        ({"status": "agreed"}, False),
        ({"status": "click_conversation"}, False),
        ({"status": "wanted"}, True),
        ({"status": "vacant_funded"}, True),
        ({"status": "ended"}, False),
        ({"status": "ended", "ends_on": date(2026, 1, 12)}, True),
        ({"status": "wanted", "ends_on": date(2025, 7, 31)}, False),
        ({"status": "wanted", "ends_on": date(2026, 8, 1)}, False),
        ({"status": "wanted", "ends_on": date(2026, 7, 31)}, True),
        ({"status": "nonsense"}, False),
        ({"status": "wanted", "hours_agreed": 41.0}, False),
        ({"status": "wanted", "hours_agreed": -1.0}, False),
        ({"status": "wanted", "hours_needed": 60.0}, False),
    ],
)
def test_what_does_not_go_together_is_refused(
    engine: SqliteEngine, lead: Scope, kraanheide: str, dump: Dump, told: dict[str, Any], fits: bool
) -> None:
    before, details = dump(), Details(school_id=kraanheide, starts_on=FIRST, **told)
    if fits:
        actions.add(engine, details=details, by=lead, at=START)
    else:
        with pytest.raises(actions.Misfit):
            actions.add(engine, details=details, by=lead, at=START)
        assert dump() == before


@pytest.mark.parametrize("status", ["wanted", "vacant_funded", "vacant_unfunded"])
def test_a_vacancy_holds_nobody(
    engine: SqliteEngine, lead: Scope, kraanheide: str, ana: Member, status: str
) -> None:
    details = Details(school_id=kraanheide, status=status, starts_on=FIRST, person_id=ana.id)
    with pytest.raises(actions.Misfit):
        actions.add(engine, details=details, by=lead, at=START)


@pytest.mark.parametrize(
    ("days", "overlaps"),
    [
        ((date(2025, 8, 1), date(2025, 8, 31)), False),
        ((date(2025, 8, 1), date(2025, 9, 1)), True),
        ((date(2025, 10, 1), date(2025, 10, 2)), True),
        ((date(2025, 12, 31), None), True),
        ((date(2026, 1, 1), None), False),
    ],
)
def test_a_coach_has_one_place_at_a_school_on_a_day(
    engine: SqliteEngine,
    lead: Scope,
    place: Add,
    kraanheide: str,
    ana: Member,
    days: tuple[date, date | None],
    overlaps: bool,
) -> None:
    first = place(kraanheide, ana, starts_on=date(2025, 9, 1), ends_on=date(2025, 12, 31))
    told = {"starts_on": days[0], "ends_on": days[1], "second": True}
    if not overlaps:
        place(kraanheide, ana, **told)
        return
    with pytest.raises(actions.Overlaps) as refusal:
        place(kraanheide, ana, **told)
    assert refusal.value.other.id == first


def test_a_place_without_an_end_holds_its_coach_in_the_next_year_too(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member
) -> None:
    place(kraanheide, ana)
    with pytest.raises(actions.Overlaps):
        place(kraanheide, ana, starts_on=date(2026, 8, 1), second=True)


@pytest.mark.parametrize("status", ["wanted", "vacant_funded", "click_conversation", "active"])
def test_a_second_place_at_a_school_is_on_purpose(
    place: Add, kraanheide: str, ana: Member, cleo: Member, status: str
) -> None:
    first = place(kraanheide, ana)
    told: dict[str, Any] = {"status": status} | (
        {"coach": cleo} if status in {"click_conversation", "active"} else {}
    )
    with pytest.raises(actions.SecondPlace) as refusal:
        place(kraanheide, **told)
    assert [one.id for one in refusal.value.others] == [first]
    place(kraanheide, **told, second=True)


def test_a_place_without_funds_stands_beside_another(place: Add, kraanheide: str, ana: Member) -> None:
    place(kraanheide, ana)
    place(kraanheide, status="vacant_unfunded")


def test_one_coach_works_at_several_schools_up_to_forty_hours(
    place: Add, kraanheide: str, wollegras: str, school: School, ana: Member
) -> None:
    place(kraanheide, ana, hours_agreed=20.0)
    place(wollegras, ana, hours_agreed=16.0, ends_on=date(2025, 12, 31))
    third = school("De Gagelhof")
    with pytest.raises(actions.TooManyHours) as refusal:
        place(third, ana, hours_agreed=4.25)
    assert (refusal.value.total, refusal.value.day) == (40.25, FIRST)
    place(third, ana, hours_agreed=20.0, starts_on=date(2026, 1, 1))


def test_a_candidate_is_not_counted_for_hours_yet(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member
) -> None:
    place(kraanheide, ana, hours_agreed=30.0)
    key = place(wollegras, ana, status="click_conversation", hours_agreed=30.0)
    with pytest.raises(actions.TooManyHours):
        actions.set_status(engine, placement_id=key, status="active", by=lead, at=START)


def test_each_field_that_changes_is_a_line_of_history(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    details = replace(actions.details_of(of(engine, lead, key)), hours_agreed=3.5, agreed_because="start_up")
    later = START + timedelta(days=1)
    actions.change(engine, placement_id=key, details=details, by=lead, at=later, shown=1)
    actions.change(engine, placement_id=key, details=details, by=lead, at=later)  # the same once more
    history = {(one.field, one.before, one.after) for one in reports.changes(engine, lead, key)}
    assert history == {
        ("status", None, "active"),
        ("hours_agreed", "3.0", "3.5"),
        ("agreed_because", None, "start_up"),
    }
    assert of(engine, lead, key).revision == 2


def test_who_changes_what_another_changed_meanwhile_is_told(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    actions.set_status(engine, placement_id=key, status="paused", by=lead, at=START, shown=1)
    with pytest.raises(actions.Changed):
        actions.set_status(engine, placement_id=key, status="active", by=lead, at=START, shown=1)


def test_two_places_that_stood_beside_each_other_can_still_be_corrected(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    place(kraanheide, ana)
    key = place(kraanheide, cleo, second=True)
    details = replace(actions.details_of(of(engine, lead, key)), employer="Zorggroep Veenrand")
    actions.change(engine, placement_id=key, details=details, by=lead, at=START)
    assert of(engine, lead, key).employer == "Zorggroep Veenrand"


def test_a_place_moved_onto_another_is_refused(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member, cleo: Member
) -> None:
    place(kraanheide, ana)
    key = place(wollegras, cleo)
    details = replace(actions.details_of(of(engine, lead, key)), school_id=kraanheide)
    with pytest.raises(actions.SecondPlace):
        actions.change(engine, placement_id=key, details=details, by=lead, at=START)


def test_a_leave_in_the_middle_of_the_year_keeps_its_funds_visible(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=4.0, employer="Zorggroep Veenrand")
    vacant = actions.end(
        engine,
        placement_id=key,
        ends_on=date(2026, 1, 12),
        reason="coach_new_job",
        vacancy=True,
        by=lead,
        at=START,
    )
    assert vacant is not None
    ended, place_left = of(engine, lead, key), of(engine, lead, vacant)
    assert (ended.status, ended.ends_on, ended.end_reason) == ("ended", date(2026, 1, 12), "coach_new_job")
    assert (place_left.status, place_left.coach) == ("vacant_funded", None)
    assert (place_left.starts_on, place_left.hours_agreed) == (date(2026, 1, 13), 4.0)
    assert (place_left.follows, place_left.employer) == (key, "Zorggroep Veenrand")
    (gap,) = reports.gaps(engine, lead, school_year=YEAR, day=START.date())
    assert (gap.placement.id, gap.before, gap.hours) == (vacant, "Ana", 4.0)


def test_an_end_without_a_vacancy_leaves_nothing_open(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana)
    told: dict[str, Any] = {"placement_id": key, "reason": "school_stops", "vacancy": False}
    assert actions.end(engine, ends_on=date(2026, 1, 12), by=lead, at=START, **told) is None
    assert reports.gaps(engine, lead, school_year=YEAR, day=START.date()) == ()
    with pytest.raises(actions.NotNow):
        actions.end(engine, ends_on=date(2026, 1, 13), by=lead, at=START, **told)


def test_nothing_ends_before_it_began(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2025, 9, 1))
    with pytest.raises(actions.NotNow):
        actions.end(
            engine,
            placement_id=key,
            ends_on=date(2025, 8, 31),
            reason=None,
            vacancy=False,
            by=lead,
            at=START,
        )


def test_who_runs_on_from_last_year_and_ends_has_a_place_in_both_years(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2024, 9, 1))
    actions.end(
        engine, placement_id=key, ends_on=date(2025, 11, 3), reason=None, vacancy=False, by=lead, at=START
    )
    old, (new,) = of(engine, lead, key), reports.of_year(engine, lead, YEAR)
    assert (old.ends_on, old.end_reason) == (date(2025, 7, 31), "end_of_school_year")
    assert (new.starts_on, new.ends_on, new.follows) == (date(2025, 8, 1), date(2025, 11, 3), key)


def test_continuing_takes_the_place_to_the_next_year(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, hours_agreed=3.0)
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START, hours_agreed=3.5)
    old, found = of(engine, lead, key), of(engine, lead, new)
    assert (old.status, old.ends_on) == ("ended", date(2026, 7, 31))
    assert old.state(START.date()) == "active"
    assert (found.school_year, found.status, found.coach) == ("2026-2027", "active", "Ana")
    assert (found.hours_agreed, found.follows) == (3.5, key)
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


def test_what_ended_at_the_end_of_the_year_can_still_be_continued(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(
        kraanheide,
        ana,
        status="ended",
        starts_on=date(2024, 9, 1),
        ends_on=date(2025, 7, 31),
        hours_agreed=3.0,
    )
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    engine.run("UPDATE placement SET end_reason = 'end_of_school_year'")
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    assert of(engine, lead, new).status == "active"


def test_who_left_in_january_is_not_continued(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, status="ended", ends_on=date(2026, 1, 12))
    with pytest.raises(actions.NotNow):
        actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


def test_filling_a_vacancy_keeps_the_time_it_was_vacant(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, cleo: Member
) -> None:
    key = place(kraanheide, status="vacant_funded", hours_agreed=4.0, starts_on=date(2026, 1, 13))
    new = actions.fill(
        engine,
        placement_id=key,
        person_id=cleo.id,
        starts_on=date(2026, 3, 2),
        status="agreed",
        by=lead,
        at=START,
    )
    old, found = of(engine, lead, key), of(engine, lead, new)
    assert (old.status, old.ends_on, old.person_id) == ("vacant_funded", date(2026, 3, 1), None)
    assert old.state(date(2026, 3, 2)) == "ended"
    assert (found.coach, found.starts_on, found.hours_agreed, found.follows) == (
        "Cleo",
        date(2026, 3, 2),
        4.0,
        key,
    )


@pytest.mark.parametrize(
    ("status", "starts_on"), [("active", date(2025, 8, 1)), ("click_conversation", date(2026, 3, 2))]
)
def test_a_candidate_or_a_coach_from_the_first_day_takes_the_place_itself(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, cleo: Member, status: str, starts_on: date
) -> None:
    key = place(kraanheide, status="vacant_funded")
    told: dict[str, Any] = {"person_id": cleo.id, "starts_on": starts_on, "status": status}
    assert actions.fill(engine, placement_id=key, by=lead, at=START, **told) == key
    found = of(engine, lead, key)
    assert (found.coach, found.status, found.starts_on) == ("Cleo", status, FIRST)


def test_a_place_that_is_filled_is_not_filled_again(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, ana)
    with pytest.raises(actions.NotNow):
        actions.fill(
            engine,
            placement_id=key,
            person_id=cleo.id,
            starts_on=FIRST,
            status="active",
            by=lead,
            at=START,
        )


def test_a_coach_who_left_or_is_no_coach_fills_nothing(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ben: Member
) -> None:
    with pytest.raises(actions.NoCoach):
        place(kraanheide, ben)


def test_many_are_written_all_or_none(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, wollegras: str, ana: Member, dump: Dump
) -> None:
    key = place(kraanheide, ana)
    details = replace(actions.details_of(of(engine, lead, key)), employer="Nieuw")
    again = replace(details, starts_on=date(2025, 9, 1))
    wanted: list[actions.Wanted] = [(key, details), (None, again)]
    before = dump()
    with pytest.raises(actions.Clashes) as refusal:
        actions.take_over(engine, wanted=wanted, by=lead, at=START)
    assert set(refusal.value.refusals) == {0, 1}
    assert set(actions.try_over(engine, wanted=wanted, by=lead, at=START)) == {0, 1}
    assert dump() == before
    actions.take_over(
        engine, wanted=[(key, details), (None, replace(again, school_id=wollegras))], by=lead, at=START
    )
    assert {one.employer for one in reports.of_year(engine, lead, YEAR)} == {"Nieuw"}


def test_what_makes_room_may_stand_on_a_later_line(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, ends_on=date(2026, 7, 31))
    details = actions.details_of(of(engine, lead, key))
    new = replace(details, starts_on=date(2026, 3, 1), hours_agreed=2.0)
    old = replace(details, ends_on=date(2026, 2, 28))
    actions.take_over(engine, wanted=[(None, new), (key, old)], by=lead, at=START)
    assert len(reports.of_year(engine, lead, YEAR)) == 2


def test_a_placement_that_has_not_begun_can_be_taken_away(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, ends_on=date(2026, 7, 31))
    with pytest.raises(actions.NotNow):
        actions.withdraw(engine, placement_id=key, by=lead, at=START)
    new = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    actions.withdraw(engine, placement_id=new, by=lead, at=START)
    assert reports.one(engine, lead, new) is None
    assert reports.changes(engine, lead, new) == ()
    actions.continue_next_year(engine, placement_id=key, by=lead, at=START)


@pytest.mark.parametrize("table", ["hours_log", "start_agreement"])
def test_nothing_goes_along_with_a_placement_that_is_taken_away(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, table: str
) -> None:
    key = place(kraanheide, ana, starts_on=date(2026, 2, 2))
    rows: dict[str, dict[str, Any]] = {
        "hours_log": {"month": "2026-02", "hours": 3, "noted_at": "now"},
        "start_agreement": {
            "id": "a",
            "profile": "kansencoach",
            "profile_version": "2.0",
            "version": 1,
            "state": "draft",
            "made_at": "now",
            "saved_at": "now",
        },
    }
    engine.insert(table, {"placement_id": key, **rows[table]})
    with pytest.raises(actions.NotNow):
        actions.withdraw(engine, placement_id=key, by=lead, at=START)


def test_a_vacancy_that_someone_goes_on_from_is_not_filled_again(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member, cleo: Member
) -> None:
    key = place(kraanheide, status="vacant_funded")
    told: dict[str, Any] = {"placement_id": key, "status": "active", "by": lead, "at": START}
    actions.fill(engine, person_id=cleo.id, starts_on=date(2026, 3, 2), **told)
    with pytest.raises(actions.NotNow):
        actions.fill(engine, person_id=ana.id, starts_on=date(2026, 2, 2), **told)


def test_a_candidate_of_a_place_that_ends_never_worked_there(
    engine: SqliteEngine, lead: Scope, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, status="click_conversation")
    after = actions.continue_next_year(engine, placement_id=key, by=lead, at=START)
    assert of(engine, lead, key).person_id is None
    assert of(engine, lead, after).person_id == ana.id
    actions.end(
        engine, placement_id=after, ends_on=date(2026, 9, 1), reason=None, vacancy=False, by=lead, at=START
    )
    assert engine.rows("SELECT person_id FROM works_at") == []
