"""The hours of a month as a coach writes them down: when they are due, who may, what is refused."""

from collections.abc import Callable
from datetime import date

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.telling import LONGEST_NOTE
from tests.conftest import START, Member, scope_of
from tests.survey.placement.conftest import Add

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def key(place: Add, kraanheide: str, ana: Member) -> str:
    return place(kraanheide, ana, hours_agreed=3.0, starts_on=date(2025, 9, 15))


def months(engine: SqliteEngine, by: Scope, day: date) -> list[str]:
    return [one.month for one in reports.due(engine, by, day)]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2025, 9, 14), []),
        (date(2025, 9, 30), []),
        (date(2025, 10, 1), ["2025-09"]),
        (date(2025, 11, 1), ["2025-09", "2025-10"]),
        (date(2026, 1, 20), ["2025-09", "2025-10", "2025-11", "2025-12"]),
    ],
)
def test_hours_are_due_from_the_first_of_the_next_month(
    engine: SqliteEngine, key: str, ana: Member, day: date, due: list[str]
) -> None:
    assert months(engine, scope_of(ana), day) == due


def test_no_hours_are_asked_of_july_and_august(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member
) -> None:
    place(kraanheide, ana, ends_on=date(2026, 7, 31))
    due = months(engine, scope_of(ana), date(2026, 7, 31))
    assert due[0] == "2025-09"
    assert due[-1] == "2026-06"


@pytest.mark.parametrize("status", ["agreed", "click_conversation", "paused"])
def test_no_hours_are_asked_of_who_does_not_work_there(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member, status: str
) -> None:
    place(kraanheide, ana, status=status)
    assert months(engine, scope_of(ana), START.date()) == []


def test_who_ended_still_writes_down_the_last_month(
    engine: SqliteEngine, lead: Scope, key: str, ana: Member
) -> None:
    actions.end(
        engine, placement_id=key, ends_on=date(2025, 11, 12), reason=None, vacancy=False, by=lead, at=START
    )
    assert months(engine, scope_of(ana), START.date()) == ["2025-09", "2025-10", "2025-11"]


def test_a_place_that_runs_on_from_last_year_asks_the_months_of_this_one(
    engine: SqliteEngine, place: Add, kraanheide: str, ana: Member
) -> None:
    key = place(kraanheide, ana, starts_on=date(2024, 9, 1), hours_agreed=3.0)
    due = months(engine, scope_of(ana), START.date())
    assert due == ["2025-09", "2025-10", "2025-11", "2025-12"]
    actions.log_hours(engine, placement_id=key, month="2025-12", hours=3.0, by=scope_of(ana), at=START)
    assert months(engine, scope_of(ana), START.date()) == due[:-1]
    hours = reports.hours(engine, scope_of(ana), key)
    assert hours is not None
    assert hours.used == 3.0


def test_what_is_written_down_is_due_no_more_and_can_be_corrected(
    engine: SqliteEngine, key: str, ana: Member
) -> None:
    me = scope_of(ana)
    for hours in (3.0, 2.5):
        actions.log_hours(engine, placement_id=key, month="2025-10", hours=hours, by=me, at=START)
    assert months(engine, me, START.date()) == ["2025-09", "2025-11", "2025-12"]
    assert {one.month: one.hours for one in reports.months(engine, me, key, START.date())} == {
        "2025-09": None,
        "2025-10": 2.5,
        "2025-11": None,
        "2025-12": None,
        "2026-01": None,
    }
    actions.log_hours(engine, placement_id=key, month="2025-10", hours=None, by=me, at=START)
    assert len(months(engine, me, START.date())) == 4


def test_hours_four_ways_with_the_weeks_behind_them(engine: SqliteEngine, key: str, ana: Member) -> None:
    me = scope_of(ana)
    for month, hours in (("2025-09", 2.0), ("2025-10", 4.0)):
        actions.log_hours(engine, placement_id=key, month=month, hours=hours, by=me, at=START)
    found = reports.hours(engine, me, key)
    assert found is not None
    assert (found.calculation, found.agreed, found.needed) == ("112 × 4 / 150", 3.0, None)
    assert found.rule == pytest.approx(2.987, abs=0.001)
    assert found.used == pytest.approx(
        (3 * 2 + 4 * 4) / 7
    )  # three Mondays from 15 September, four in October
    assert (found.weeks_logged, found.weeks_total) == (7, 42)


@pytest.mark.parametrize(
    ("month", "hours"),
    [
        ("2025-08", 3.0),  # before it began
        ("2026-02", 3.0),  # still to come
        ("2026-13", 3.0),
        ("nonsense", 3.0),
        ("2025-10", -0.25),
        ("2025-10", 60.0),
    ],
)
def test_hours_that_cannot_be_are_refused(
    engine: SqliteEngine, key: str, ana: Member, dump: Dump, month: str, hours: float
) -> None:
    before = dump()
    with pytest.raises(actions.NoSuchMonth):
        actions.log_hours(engine, placement_id=key, month=month, hours=hours, by=scope_of(ana), at=START)
    assert dump() == before


def test_nobody_writes_down_hours_or_wishes_of_another(
    engine: SqliteEngine, key: str, cleo: Member, ben: Member, dump: Dump
) -> None:
    before = dump()
    for by in (scope_of(cleo), scope_of(ben, Role.TRAINER)):
        with pytest.raises(NotYours):
            actions.log_hours(engine, placement_id=key, month="2025-10", hours=3.0, by=by, at=START)
        with pytest.raises(NotYours):
            actions.note_wish(engine, placement_id=key, wish="stop", note="", by=by, at=START)
    assert dump() == before


def test_a_wish_stands_with_its_history(engine: SqliteEngine, lead: Scope, key: str, ana: Member) -> None:
    me = scope_of(ana)
    actions.note_wish(
        engine, placement_id=key, wish="more_hours", note="Er is veel te doen.", by=me, at=START
    )
    found = reports.one(engine, lead, key)
    assert found is not None
    assert (found.wish, found.wish_note) == ("more_hours", "Er is veel te doen.")
    assert {(one.field, one.changed_by) for one in reports.changes(engine, lead, key)} >= {("wish", "Ana")}


@pytest.mark.parametrize(("wish", "note"), [("nonsense", ""), ("stop", "x" * (LONGEST_NOTE + 1))])
def test_a_wish_that_is_none_is_refused(
    engine: SqliteEngine, key: str, ana: Member, wish: str, note: str
) -> None:
    with pytest.raises(actions.Misfit):
        actions.note_wish(engine, placement_id=key, wish=wish, note=note, by=scope_of(ana), at=START)
