"""Making, changing and calling off events: who may, when, and what is never lost on the way."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import NotYours, Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions, reports
from survey.event.reports import Event
from survey.people import actions as people
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.event.conftest import MakeEvent

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
HOUR = timedelta(hours=1)


@pytest.fixture
def doras(dora: Member) -> Scope:
    return scope_of(dora, Role.TRAINER)


def _as_it_stands(event: Event, **other: Any) -> dict[str, Any]:
    row = {
        "event_id": event.id,
        "kind": event.kind,
        "title": event.title,
        "place": event.place,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "cohort_ids": [one.id for one in event.cohorts],
        "themes": event.themes,
        "at": START,
    }
    return row | other


def _now(engine: SqliteEngine, scope: Scope, event: Event) -> Event:
    found = reports.event(engine, scope, event.id)
    assert found is not None
    return found


def test_a_coach_and_the_trainer_see_what_comes(
    engine: SqliteEngine, event_of: MakeEvent, ana: Member, cleo: Member, bens: Scope, doras: Scope
) -> None:
    later, sooner = event_of(14), event_of(7)
    for scope in (scope_of(ana), bens):
        assert [one.id for one in reports.upcoming(engine, scope, START)] == [sooner.id, later.id]
    for scope in (scope_of(cleo), doras):
        assert reports.upcoming(engine, scope, START) == ()
        assert reports.event(engine, scope, sooner.id) is None


def test_an_event_under_way_still_comes_and_then_was_held(
    engine: SqliteEngine, event_of: MakeEvent, ana: Member
) -> None:
    event = event_of(1)
    for at, comes in ((event.starts_at + HOUR, True), (event.ends_at, False)):
        assert bool(reports.upcoming(engine, scope_of(ana), at)) is comes
        assert bool(reports.held(engine, scope_of(ana), at)) is not comes


@pytest.mark.parametrize(
    ("since", "until", "seen"),
    [
        (date(2026, 1, 27), None, True),
        (date(2026, 1, 28), None, False),
        (date(2025, 9, 1), date(2026, 1, 27), True),
        (date(2025, 9, 1), date(2026, 1, 26), False),
    ],
)
def test_an_event_is_for_who_is_in_the_cohort_on_that_day(
    engine: SqliteEngine,
    event_of: MakeEvent,
    cohorts: Cohorts,
    cleo: Member,
    since: date,
    until: date | None,
    seen: bool,
) -> None:
    event = event_of(7)
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=since)
    if until:
        cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=cleo.id, until=until)
    found = reports.event(engine, scope_of(cleo), event.id)
    assert bool(found and found.joins) is seen


def test_the_same_form_twice_is_one_event(engine: SqliteEngine, event_of: MakeEvent) -> None:
    assert event_of(7, key="k" * 32).id == event_of(7, key="k" * 32).id
    assert len(engine.rows("SELECT id FROM event")) == 1


def test_a_trainer_makes_events_for_own_cohorts_only(
    engine: SqliteEngine, event_of: MakeEvent, cohorts: Cohorts, bens: Scope, ana: Member, dump: Dump
) -> None:
    before = dump()
    for scope, chosen in ((bens, [cohorts.doras]), (bens, [cohorts.bens, cohorts.doras]), (bens, []),
                          (scope_of(ana), [cohorts.bens])):  # fmt: skip
        with pytest.raises(NotYours):
            event_of(7, by=scope, cohort_ids=chosen)
    assert dump() == before


def test_a_lead_plans_events_for_every_cohort(
    engine: SqliteEngine, event_of: MakeEvent, cohorts: Cohorts, lea: Member
) -> None:
    event = event_of(7, by=scope_of(lea, Role.LEAD), cohort_ids=[cohorts.bens, cohorts.doras])
    assert {one.id for one in event.cohorts} == {cohorts.bens, cohorts.doras}


def test_a_lead_knows_of_no_event_by_a_page(engine: SqliteEngine, event_of: MakeEvent, lea: Member) -> None:
    event = event_of(7)
    assert reports.event(engine, scope_of(lea, Role.LEAD), event.id) is None
    assert reports.upcoming(engine, scope_of(lea, Role.LEAD), START) == ()


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"title": "Iets anders"}, False),
        ({"themes": ["uses_feedback"]}, False),
        ({"kind": "workshop"}, False),
        ({"place": "Het Praamhuis"}, True),
        ({"starts_at": START + timedelta(days=8), "ends_at": START + timedelta(days=8, hours=1)}, True),
    ],
)
def test_another_time_or_place_is_stamped_for_who_must_know(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, other: dict[str, Any], told: bool
) -> None:
    event = event_of(7)
    actions.change(engine, **_as_it_stands(event, by=bens, **other))
    changed = _now(engine, bens, event)
    assert changed.fingerprint != event.fingerprint
    assert changed.changed_at == (START if told else None)


def test_what_was_held_can_be_put_right_and_nobody_is_told(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope
) -> None:
    event = event_of(-7)
    earlier = event.starts_at - HOUR
    actions.change(engine, **_as_it_stands(event, by=bens, starts_at=earlier))
    assert _now(engine, bens, event).starts_at == earlier
    assert _now(engine, bens, event).changed_at is None


@pytest.mark.parametrize(("days", "to"), [(7, -7), (-7, 7)])
def test_an_event_never_moves_across_now(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, dump: Dump, days: int, to: int
) -> None:
    event = event_of(days)
    before, starts_at = dump(), START + timedelta(days=to)
    with pytest.raises(actions.AcrossNow):
        actions.change(engine, **_as_it_stands(event, by=bens, starts_at=starts_at, ends_at=starts_at + HOUR))
    assert dump() == before


def test_a_change_over_a_change_of_someone_else_is_refused(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, dump: Dump
) -> None:
    seen = event_of(7)
    actions.change(engine, **_as_it_stands(seen, by=bens, place="Online", shown=seen.fingerprint))
    before = dump()
    with pytest.raises(actions.Changed):
        actions.change(engine, **_as_it_stands(seen, by=bens, title="Anders", shown=seen.fingerprint))
    assert dump() == before


def test_each_act_of_another_trainer_or_a_coach_is_refused(
    engine: SqliteEngine, event_of: MakeEvent, doras: Scope, ana: Member, cohorts: Cohorts, dump: Dump
) -> None:
    event, held = event_of(7), event_of(-7)
    before = dump()
    for scope in (doras, scope_of(ana)):
        with pytest.raises(NotYours):
            actions.change(engine, **_as_it_stands(event, by=scope))
        with pytest.raises(NotYours):
            actions.cancel(engine, event_id=event.id, by=scope, at=START)
        with pytest.raises(NotYours):
            actions.attend(engine, event_id=held.id, present=[ana.id], by=scope, at=START)
    assert dump() == before


def test_the_cohort_of_another_trainer_stays_with_a_shared_event(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, doras: Scope, cohorts: Cohorts
) -> None:
    event = event_of(7, cohort_ids=[cohorts.bens, cohorts.doras])
    actions.change(engine, **_as_it_stands(event, by=bens, cohort_ids=[]))
    assert [one.id for one in _now(engine, doras, event).cohorts] == [cohorts.doras]
    assert reports.event(engine, bens, event.id) is None


def test_an_event_keeps_at_least_one_cohort(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, dump: Dump
) -> None:
    event = event_of(7)
    before = dump()
    with pytest.raises(NotYours):
        actions.change(engine, **_as_it_stands(event, by=bens, cohort_ids=[]))
    assert dump() == before


def test_what_is_called_off_stays_in_sight_of_who_would_have_come(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member
) -> None:
    event = event_of(7)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    actions.cancel(engine, event_id=event.id, by=bens, at=START + HOUR)
    (seen,) = reports.upcoming(engine, scope_of(ana), START)
    assert (seen.id, seen.cancelled_at) == (event.id, START)


def test_what_is_called_off_is_changed_no_more_and_was_never_held(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member, dump: Dump
) -> None:
    event = event_of(-1)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    before = dump()
    with pytest.raises(actions.CalledOff):
        actions.change(engine, **_as_it_stands(event, by=bens, title="Toch"))
    with pytest.raises(actions.CalledOff):
        actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    assert dump() == before
    assert reports.held(engine, bens, START) == reports.to_note(engine, bens, START) == ()


def test_who_left_is_told_of_nothing(engine: SqliteEngine, event_of: MakeEvent, ana: Member) -> None:
    event = event_of(0.4)  # later on the day of leaving
    people.leave(engine, person_id=ana.id, at=START, by=None)
    assert reports.event(engine, scope_of(ana), event.id) is None
