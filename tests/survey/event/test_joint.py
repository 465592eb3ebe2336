"""Meetings of cohorts of several trainers: each acts for the own coaches, and the others hear what moves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import NotYours, Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions, reports
from survey.event.reports import Event
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.event.conftest import Focus, MakeEvent
from tests.survey.rhythm.ticking import DAY, Ticking

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
HOUR = timedelta(hours=1)


@pytest.fixture
def doras(dora: Member) -> Scope:
    return scope_of(dora, Role.TRAINER)


@pytest.fixture
def ticking(engine: SqliteEngine, cohorts: Cohorts, add_round: Callable[..., str], app: Flask) -> Ticking:
    return Ticking(engine, app.extensions["catalog"], cohorts, add_round)


@pytest.fixture
def joint(event_of: MakeEvent, cohorts: Cohorts) -> Event:
    """An intervision of Ben's and Dora's cohorts, in ten days."""
    return event_of(10, cohort_ids=[cohorts.bens, cohorts.doras])


def stands(engine: SqliteEngine, scope: Scope) -> list[tuple[str, bool]]:
    """The events to come as this person reads them: for which cohorts, and whether they go on."""
    return [
        (" ".join(cohort.name for cohort in one.cohorts), one.cancelled_at is None)
        for one in reports.upcoming(engine, scope, START)
    ]


def moved(event: Event, by: Scope | None, **other: Any) -> dict[str, Any]:
    row: dict[str, Any] = {name: getattr(event, name) for name in ("kind", "title", "themes")}
    when = {name: getattr(event, name) + HOUR for name in ("starts_at", "ends_at")}
    cohorts = [one.id for one in event.cohorts]
    return {"event_id": event.id, "place": event.place, "cohort_ids": cohorts, "by": by} | row | when | other


def test_one_trainer_calls_it_off_for_the_own_coaches_only(
    engine: SqliteEngine, joint: Event, bens: Scope, doras: Scope, ana: Member, cleo: Member
) -> None:
    key = actions.cancel(engine, event_id=joint.id, by=bens, at=START)
    assert key != joint.id
    for scope in (bens, scope_of(ana)):
        assert stands(engine, scope) == [("najaar", False)]
    for scope in (doras, scope_of(cleo)):
        assert stands(engine, scope) == [("voorjaar", True)]
    (hers,) = reports.upcoming(engine, doras, START)
    assert (hers.id, hers.changed_at, hers.themes) == (joint.id, None, joint.themes)


def test_the_own_coaches_are_told_and_the_others_are_not(
    ticking: Ticking,
    engine: SqliteEngine,
    joint: Event,
    bens: Scope,
    dora: Member,
    cohorts: Cohorts,
    cleo: Member,
) -> None:
    assert ticking.at() == ["tell event_invite 2"]
    ticking.mailed(START)
    key = actions.cancel(engine, event_id=joint.id, by=bens, at=START + HOUR)
    assert ticking.at(START + DAY) == ["tell event_changed 1"]
    assert ticking.told() == ["Ana event_changed", "Ana event_invite", "Cleo event_invite"]
    ticking.mailed(START + DAY)
    actions.resume(engine, event_id=key, by=bens, at=START + DAY + HOUR)
    assert ticking.at(START + 2 * DAY) == ["tell event_changed 1"]
    assert ticking.told().count("Ana event_changed") == 2
    assert not [line for line in ticking.told() if line.startswith(("Dora", "Ben"))]


def test_what_was_called_off_goes_on_again_until_it_would_begin(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member, dump: Dump
) -> None:
    event = event_of(7)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    assert actions.resume(engine, event_id=event.id, by=bens, at=START + HOUR) == event.id
    assert actions.resume(engine, event_id=event.id, by=bens, at=START + 2 * HOUR) == event.id, (
        "twice is once"
    )
    (seen,) = reports.upcoming(engine, scope_of(ana), START)
    assert (seen.cancelled_at, seen.resumed_at) == (None, START + HOUR)
    actions.cancel(engine, event_id=event.id, by=bens, at=START + 3 * HOUR)
    before = dump()
    with pytest.raises(actions.Begun):
        actions.resume(engine, event_id=event.id, by=bens, at=event.starts_at)
    assert dump() == before


def test_nobody_lets_the_meeting_of_another_go_on(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, doras: Scope, dump: Dump
) -> None:
    event = event_of(7)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    before = dump()
    with pytest.raises(NotYours):
        actions.resume(engine, event_id=event.id, by=doras, at=START)
    assert dump() == before


def test_called_off_for_all_it_goes_on_for_whom_their_trainer_says(
    engine: SqliteEngine, joint: Event, bens: Scope, doras: Scope
) -> None:
    actions.cancel(engine, event_id=joint.id, by=None, at=START)
    actions.resume(engine, event_id=joint.id, by=doras, at=START)
    assert stands(engine, doras) == [("voorjaar", True)]
    assert stands(engine, bens) == [("najaar", False)]


def test_what_coaches_bring_goes_along_with_their_own_meeting(
    engine: SqliteEngine, joint: Event, focus_of: Focus, ana: Member, bens: Scope, doras: Scope
) -> None:
    focus_of(ana, "solution_focused")
    actions.bring(engine, event_id=joint.id, items=["solution_focused"], by=scope_of(ana), at=START)
    key = actions.cancel(engine, event_id=joint.id, by=bens, at=START)
    (hers,) = reports.upcoming(engine, doras, START)
    assert reports.agenda(engine, doras, hers, at=START) == ()
    actions.resume(engine, event_id=key, by=bens, at=START)
    (own,) = reports.upcoming(engine, scope_of(ana), START)
    assert [one.item for one in reports.agenda(engine, scope_of(ana), own, at=START)] == ["solution_focused"]


def test_who_was_there_of_others_does_not_hold_one_back(
    engine: SqliteEngine, event_of: MakeEvent, cohorts: Cohorts, cleo: Member, bens: Scope, doras: Scope
) -> None:
    event = event_of(-1, cohort_ids=[cohorts.bens, cohorts.doras])
    actions.attend(engine, event_id=event.id, present=[cleo.id], by=doras, at=START)
    with pytest.raises(actions.Noted):
        actions.cancel(engine, event_id=event.id, by=doras, at=START)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    assert [one.id for one in reports.held(engine, doras, START)] == [event.id]
    assert reports.held(engine, bens, START) == ()


def test_a_form_that_is_sent_twice_calls_off_once(
    engine: SqliteEngine, as_: Signed, joint: Event, ben: Member, dora: Member
) -> None:
    trainer, sent = as_(ben), {"once": "0" * 32}
    assert "Voor hen gaat zij gewoon door." in trainer.get(f"/agenda/{joint.id}").text
    first = trainer.post(f"/agenda/{joint.id}/afzeggen", data=sent)
    again = trainer.post(f"/agenda/{joint.id}/afzeggen", data=sent)
    assert (first.status_code, first.location) == (again.status_code, again.location) == (303, first.location)
    assert len(engine.rows("SELECT id FROM event")) == 2
    page = trainer.get(first.location)
    assert "gaat niet door" in page.text
    reply = trainer.post(f"{first.location}/toch")
    assert "Laat toch doorgaan" in page.text
    assert 'due">gaat niet door' not in trainer.get(reply.location).text
    assert 'due">gaat niet door' not in as_(dora).get(f"/agenda/{joint.id}").text


def test_once_it_would_have_begun_the_page_says_so(
    as_: Signed, event_of: MakeEvent, ben: Member, clock: Clock
) -> None:
    event, trainer = event_of(1 / 48), as_(ben)
    trainer.post(f"/agenda/{event.id}/afzeggen")
    clock.forward(minutes=31)
    assert "Laat toch doorgaan" not in trainer.get(f"/agenda/{event.id}").text
    reply = trainer.post(f"/agenda/{event.id}/toch")
    assert reply.status_code == 409
    assert "zou al begonnen zijn" in reply.text


@pytest.mark.parametrize("told", [True, False])
def test_another_trainer_hears_that_it_moved(
    ticking: Ticking, engine: SqliteEngine, joint: Event, bens: Scope, told: bool
) -> None:
    if told:
        ticking.at()
        ticking.mailed(START)
    actions.change(engine, **moved(joint, bens), at=START + HOUR)
    ticking.at(START + DAY)
    assert "Dora event_changed" in ticking.told()
    assert "Ben event_changed" not in ticking.told(), "who moved it knows"
    assert ("Cleo event_changed" in ticking.told()) is told


def test_a_second_trainer_of_the_cohort_hears_it_too(
    ticking: Ticking, engine: SqliteEngine, event_of: MakeEvent, cohorts: Cohorts, bens: Scope, dora: Member
) -> None:
    cohorts_of.add_trainer(engine, cohort_id=cohorts.bens, person_id=dora.id)
    event = event_of(10)
    actions.cancel(engine, event_id=event.id, by=bens, at=START)
    ticking.at(START + HOUR)
    assert ticking.told() == ["Dora event_changed"]
