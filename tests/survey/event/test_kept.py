"""How long events are kept: as long as the growth of a coach shows them, and what was brought a day."""

from collections.abc import Callable
from datetime import datetime, timedelta

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.event import actions
from survey.people import actions as people
from survey.retention.actions import delete_old
from tests.conftest import START, Member, scope_of
from tests.survey.event.conftest import Focus, MakeEvent

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
YEAR, MOMENT = timedelta(days=365), timedelta(seconds=1)
OF_EVENTS = {"event", "event_cohort", "event_theme", "attendance", "shared_focus"}


def _gone(engine: SqliteEngine, at: datetime, *, dry_run: bool = False) -> dict[str, int]:
    found = delete_old(engine, at=at, session_lasts=YEAR * 9, dry_run=dry_run)
    return {table: rows for table, rows in found.items() if table in OF_EVENTS}


def test_what_was_brought_goes_a_day_after_the_intervision(
    engine: SqliteEngine, event_of: MakeEvent, focus_of: Focus, ana: Member
) -> None:
    event = event_of(1)
    focus_of(ana, "uses_feedback")
    actions.bring(engine, event_id=event.id, items=["uses_feedback"], by=scope_of(ana), at=START)
    a_day_after = event.ends_at + timedelta(days=1)
    assert _gone(engine, a_day_after) == {}
    assert _gone(engine, a_day_after + MOMENT) == {"shared_focus": 1}


def test_events_stay_in_the_growth_of_who_is_here(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member
) -> None:
    event = event_of(-1)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    assert _gone(engine, START + 5 * YEAR) == {}


def test_attendance_goes_twelve_months_after_its_coach_left_and_the_event_with_the_last(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member, noor: Member
) -> None:
    event = event_of(-1)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert _gone(engine, START + YEAR) == {}
    assert _gone(engine, START + YEAR + MOMENT) == {"attendance": 1}
    people.leave(engine, person_id=noor.id, at=START + YEAR, by=None)
    assert _gone(engine, START + 2 * YEAR) == {}
    at = START + 2 * YEAR + MOMENT
    told = _gone(engine, at, dry_run=True)
    assert told == {"event": 1, "event_cohort": 1, "event_theme": 1, "attendance": 1}
    assert _gone(engine, at) == told
    assert _gone(engine, at) == {}


def test_a_dry_run_counts_what_goes_along_once(
    engine: SqliteEngine, event_of: MakeEvent, focus_of: Focus, bens: Scope, ana: Member, dump: Dump
) -> None:
    event = event_of(0)
    focus_of(ana, "uses_feedback")
    actions.bring(engine, event_id=event.id, items=["uses_feedback"], by=scope_of(ana), at=START)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    people.leave(engine, person_id=ana.id, at=START + timedelta(days=1), by=None)
    before, at = dump(), START + 2 * YEAR
    told = _gone(engine, at, dry_run=True)
    assert dump() == before
    assert told == dict.fromkeys(OF_EVENTS, 1) == _gone(engine, at)
