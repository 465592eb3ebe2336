"""Who was there: noted in one tap by who trains, read by each coach about themselves alone."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from survey.access.permissions import Scope
from survey.cohort import actions as cohorts_of
from survey.current import catalog
from survey.database import SqliteEngine
from survey.event import actions, reports
from survey.people import actions as people
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.event.conftest import MakeEvent

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


def _states(engine: SqliteEngine) -> dict[str, str]:
    return {row["person_id"]: row["state"] for row in engine.rows("SELECT person_id, state FROM attendance")}


def _ticked(page: str) -> dict[str, bool]:
    labels = [label for label in every(parsed(page), "label") if list(every(label, "input"))]
    return {words(label): next(every(label, "input")).get("checked") is not None for label in labels}


def test_everybody_is_ticked_until_someone_is_unticked(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ben: Member, ana: Member, noor: Member
) -> None:
    event, trainer = event_of(-1), as_(ben)
    assert _ticked(trainer.get(f"/agenda/{event.id}/wie").text) == {"Ana": True, "Noor": True}
    reply = trainer.post(f"/agenda/{event.id}/wie", data={"listed": [ana.id, noor.id], "present": [noor.id]})
    assert (reply.status_code, reply.location) == (303, f"/agenda/{event.id}")
    assert _states(engine) == {ana.id: "absent", noor.id: "present"}
    assert _ticked(trainer.get(f"/agenda/{event.id}/wie").text) == {"Ana": False, "Noor": True}
    assert "1 van de 2 coaches waren er." in trainer.get(reply.location).text


def test_what_was_noted_can_be_put_right(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member
) -> None:
    event = event_of(-1)
    actions.attend(engine, event_id=event.id, present=[], by=bens, at=START)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    assert _states(engine) == {ana.id: "present"}


def test_what_another_trainer_noted_meanwhile_stays_until_it_was_seen(
    engine: SqliteEngine,
    event_of: MakeEvent,
    bens: Scope,
    as_: Signed,
    ben: Member,
    ana: Member,
    noor: Member,
) -> None:
    event, trainer = event_of(-1), as_(ben)
    address, sent = f"/agenda/{event.id}/wie", {"listed": [ana.id, noor.id]}
    (shown,) = re.findall(r'name="shown" value="(\w+)"', trainer.get(address).text)
    actions.attend(engine, event_id=event.id, present=[noor.id], by=bens, at=START)
    stood = _states(engine)
    reply = trainer.post(address, data={**sent, "present": [ana.id], "shown": shown})
    assert reply.status_code == 409
    for said in ("Iemand anders wijzigde dit net", "Nu staat er bij: Noor."):
        assert said in reply.text
    assert _ticked(reply.text) == {"Ana": True, "Noor": False}
    assert _states(engine) == stood
    (fresh,) = re.findall(r'name="shown" value="(\w+)"', reply.text)
    again = trainer.post(address, data={**sent, "present": [ana.id], "shown": fresh})
    assert again.status_code == 303
    assert _states(engine) == {ana.id: "present", noor.id: "absent"}


def test_a_coach_sees_own_attendance_and_nobody_elses(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, as_: Signed, ana: Member, noor: Member
) -> None:
    event = event_of(-1)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    assert "u was er<" in as_(ana).get(f"/agenda/{event.id}").text
    page = as_(noor).get(f"/agenda/{event.id}").text
    assert "u was er niet" in page
    assert "Ana" not in page
    assert "van de 2 coaches" not in page
    assert reports.roll(engine, scope_of(ana), event.id) == ()


def test_a_trainer_notes_only_the_own_cohort_of_a_shared_event(
    engine: SqliteEngine, event_of: MakeEvent, cohorts: Cohorts, bens: Scope, ana: Member, cleo: Member
) -> None:
    event = event_of(-1, cohort_ids=[cohorts.bens, cohorts.doras])
    actions.attend(engine, event_id=event.id, present=[ana.id, cleo.id], by=bens, at=START)
    assert _states(engine) == {ana.id: "present"}
    assert [guest.name for guest in reports.roll(engine, bens, event.id)] == ["Ana"]
    actions.attend(engine, event_id=event.id, present=[ana.id, cleo.id], by=None, at=START)
    assert _states(engine) == {ana.id: "present", cleo.id: "present"}


def test_nothing_is_noted_of_who_was_not_on_the_list(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ben: Member, ana: Member, noor: Member
) -> None:
    event = event_of(-1)
    as_(ben).post(f"/agenda/{event.id}/wie", data={"listed": [ana.id], "present": [ana.id]})
    assert _states(engine) == {ana.id: "present"}
    page = as_(ben).get(f"/agenda/{event.id}/wie").text
    assert _ticked(page) == {"Ana": True, "Noor nog niet genoteerd": False}


def test_nobody_was_at_an_event_that_has_not_begun(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, bens: Scope, ben: Member, ana: Member, dump: Dump
) -> None:
    event = event_of(1)
    assert as_(ben).get(f"/agenda/{event.id}/wie").status_code == 303
    before = dump()
    as_(ben).post(f"/agenda/{event.id}/wie", data={"listed": [ana.id], "present": [ana.id]})
    after = dump()
    assert after["attendance"] == before["attendance"] == []
    with pytest.raises(actions.NotBegun):
        actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)


def test_an_event_that_was_held_is_not_called_off(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, bens: Scope, ben: Member, ana: Member
) -> None:
    event = event_of(-1)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    reply = as_(ben).post(f"/agenda/{event.id}/afzeggen")
    assert reply.status_code == 409
    assert "Afzeggen kan dan niet meer" in reply.text
    assert reports.event(engine, bens, event.id) == event


def test_who_left_since_can_still_have_been_there(
    engine: SqliteEngine, event_of: MakeEvent, bens: Scope, ana: Member
) -> None:
    event = event_of(-3)
    people.leave(engine, person_id=ana.id, at=START, by=None)
    actions.attend(engine, event_id=event.id, present=[ana.id], by=bens, at=START)
    assert _states(engine) == {ana.id: "present"}


def test_what_is_not_noted_yet_waits_two_months_on_the_agenda_and_on_today(
    engine: SqliteEngine,
    event_of: MakeEvent,
    as_: Signed,
    ben: Member,
    bens: Scope,
    ana: Member,
    clock: Clock,
) -> None:
    event = event_of(-1)
    address = f"/agenda/{event.id}/wie"
    assert all(address in as_(ben).get(page).text for page in ("/agenda", "/vandaag"))
    assert address not in as_(ana).get("/agenda").text
    assert reports.to_note(engine, bens, event.starts_at + timedelta(days=60)) == (event,)
    assert reports.to_note(engine, bens, event.starts_at + timedelta(days=60, seconds=1)) == ()
    actions.attend(engine, event_id=event.id, present=[], by=bens, at=START)
    assert reports.to_note(engine, bens, START) == ()


def test_an_event_without_coaches_asks_for_no_names(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ben: Member, bens: Scope
) -> None:
    key = cohorts_of.add_cohort(engine, name="leeg", profile="kansencoach", started_on=START.date())
    cohorts_of.add_trainer(engine, cohort_id=key, person_id=ben.id)
    event = event_of(-1, cohort_ids=[key])
    assert reports.to_note(engine, bens, START) == ()
    assert "nog geen coach" in as_(ben).get(f"/agenda/{event.id}/wie").text


def test_most_kinds_of_meetings_count_as_training(app: Flask) -> None:
    with app.app_context():
        kinds = catalog().choices("event_kind")
    counting = [one.key for one in kinds if one.counts_for_attendance]
    assert {one.key for one in kinds} - set(counting) == {"school_visit", "other"}
    assert {"intervision", "workshop", "training_day"} < set(counting)
