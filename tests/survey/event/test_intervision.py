"""What people bring to an intervision: who sees it, who never does, and until when."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from survey.access.permissions import NotYours, Role, Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions, reports
from survey.event.reports import Event, Subject
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.event.conftest import Focus, MakeEvent

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
LOOKS, SCALES, LEARNS = "looks_at_whole_context", "scales_up_or_down", "uses_feedback"


@pytest.fixture
def event(engine: SqliteEngine, event_of: MakeEvent, focus_of: Focus, ana: Member, noor: Member) -> Event:
    """An intervision to which Ana brings two of her three focus items, and Noor one."""
    found = event_of(7)
    focus_of(ana, LOOKS, SCALES, LEARNS)
    focus_of(noor, SCALES)
    actions.bring(engine, event_id=found.id, items=[LOOKS, SCALES], by=scope_of(ana), at=START)
    actions.bring(engine, event_id=found.id, items=[SCALES], by=scope_of(noor), at=START)
    return found


def _agenda(engine: SqliteEngine, scope: Scope, event: Event) -> tuple[Subject, ...]:
    seen = reports.event(engine, scope, event.id)
    return reports.agenda(engine, scope, seen or event, at=START)


def test_who_belongs_to_it_sees_what_and_who_the_most_brought_first(
    engine: SqliteEngine, event: Event, ana: Member, noor: Member, as_: Signed
) -> None:
    assert _agenda(engine, scope_of(noor), event) == (
        Subject(SCALES, 2, ("Ana", "Noor")),
        Subject(LOOKS, 1, ("Ana",)),
    )
    page = as_(noor).get(f"/agenda/{event.id}").text
    assert "Ana, Noor" in page
    assert page.index("Meer of minder hulp</b>") < page.index("Thuis en school samen zien</b>")
    assert "met mijn eigen woorden" not in page


@pytest.mark.parametrize(("more", "told"), [(0, 0), (1, 3)])
def test_the_trainer_sees_how_many_from_three_on_and_never_who(
    engine: SqliteEngine,
    event: Event,
    bens: Scope,
    ben: Member,
    cleo: Member,
    cohorts: Cohorts,
    as_: Signed,
    more: int,
    told: int,
) -> None:
    for one in [cleo][:more]:
        cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=one.id, since=date(2025, 9, 1))
        actions.bring(engine, event_id=event.id, items=[SCALES], by=scope_of(one), at=START)
    assert set(_agenda(engine, bens, event)) == {Subject(SCALES, told), Subject(LOOKS, 0)}
    page = as_(ben).get(f"/agenda/{event.id}").text
    assert ("3 coaches" in page) is bool(more)
    assert not any(words in page for words in ("0 coaches", "1 coach<", "2 coaches"))
    assert not any(word in page for word in ("Ana", "Noor", "Leren van antwoorden", "eigen woorden"))


def test_nobody_else_sees_anything(
    engine: SqliteEngine, event: Event, cleo: Member, dora: Member, lea: Member, as_: Signed
) -> None:
    for scope in (scope_of(cleo), scope_of(dora, Role.TRAINER), scope_of(lea, Role.LEAD)):
        assert _agenda(engine, scope, event) == ()
    for member in (cleo, dora, lea):
        assert as_(member).get(f"/agenda/{event.id}").status_code == 404


def test_the_store_decides_who_belongs_whatever_a_page_claims(
    engine: SqliteEngine, event: Event, cleo: Member
) -> None:
    for claims in (replace(event, joins=True), replace(event, trains=True, joins=False)):
        assert reports.agenda(engine, scope_of(cleo), claims, at=START) == ()


def test_a_coach_of_another_cohort_who_trains_this_one_sees_no_names(
    engine: SqliteEngine, event: Event, cohorts: Cohorts, cleo: Member
) -> None:
    cohorts_of.add_trainer(engine, cohort_id=cohorts.bens, person_id=cleo.id)
    both = Scope(cleo.id, "Cleo", frozenset({Role.COACH, Role.TRAINER}))
    assert {subject.names for subject in _agenda(engine, both, event)} == {()}


def test_what_is_left_at_home_stays_there(
    engine: SqliteEngine, event: Event, ana: Member, as_: Signed
) -> None:
    offered = reports.own_focus(engine, scope_of(ana), event, at=START)
    assert offered == {LOOKS: True, SCALES: True, LEARNS: False}
    reply = as_(ana).post(f"/agenda/{event.id}/meenemen", data={"item": [LEARNS]})
    assert (reply.status_code, reply.location) == (303, f"/agenda/{event.id}#bring")
    assert reports.own_focus(engine, scope_of(ana), event, at=START) == {
        LOOKS: False,
        SCALES: False,
        LEARNS: True,
    }
    as_(ana).post(f"/agenda/{event.id}/meenemen")
    assert {one.item for one in _agenda(engine, scope_of(ana), event)} == {SCALES}


def test_one_brings_only_what_one_chose_oneself(
    engine: SqliteEngine, event: Event, noor: Member, as_: Signed, dump: Dump
) -> None:
    client, before = as_(noor), dump()
    reply = client.post(f"/agenda/{event.id}/meenemen", data={"item": [SCALES, LEARNS]})
    assert reply.status_code == 409
    assert "Kies nog eens wat u meeneemt" in reply.text
    assert dump()["shared_focus"] == before["shared_focus"]


@pytest.mark.parametrize("ends", ["over", "called off", "a workshop now"])
def test_the_list_is_gone_when_the_intervision_is(
    engine: SqliteEngine, event: Event, ana: Member, bens: Scope, noor: Member, dump: Dump, ends: str
) -> None:
    at = START
    if ends == "over":
        at = event.ends_at
    elif ends == "called off":
        actions.cancel(engine, event_id=event.id, by=bens, at=START)
    else:
        engine.run("UPDATE event SET kind = 'workshop'")
    for scope in (scope_of(noor), bens):
        found = reports.event(engine, scope, event.id)
        assert found is not None
        assert reports.agenda(engine, scope, found, at=at) == ()
    before = dump()
    with pytest.raises(NotYours):
        actions.bring(engine, event_id=event.id, items=[LEARNS], by=scope_of(ana), at=at)
    assert dump() == before


@pytest.mark.parametrize("who", ["cleo", "ben", "lea"])
def test_who_does_not_belong_to_it_brings_nothing(
    engine: SqliteEngine, event: Event, who: str, request: pytest.FixtureRequest, dump: Dump
) -> None:
    member, before = request.getfixturevalue(who), dump()
    with pytest.raises(NotYours):
        actions.bring(engine, event_id=event.id, items=[SCALES], by=scope_of(member), at=START)
    assert dump()["shared_focus"] == before["shared_focus"]


def test_who_leaves_the_cohort_takes_along_what_they_brought_and_sees_no_more(
    engine: SqliteEngine, event: Event, cohorts: Cohorts, ana: Member, noor: Member
) -> None:
    cohorts_of.leave_cohort(engine, cohort_id=cohorts.bens, person_id=ana.id, until=START.date())
    assert _agenda(engine, scope_of(noor), event) == (Subject(SCALES, 1, ("Noor",)),)
    assert _agenda(engine, scope_of(ana), event) == ()


def test_who_comes_later_sees_what_was_brought_and_not_by_whom(
    engine: SqliteEngine, event: Event, cohorts: Cohorts, cleo: Member, as_: Signed
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=START.date())
    assert _agenda(engine, scope_of(cleo), event) == (Subject(SCALES, 2), Subject(LOOKS, 1))
    page = as_(cleo).get(f"/agenda/{event.id}").text
    assert "Ana" not in page
    assert "Noor" not in page
    actions.bring(engine, event_id=event.id, items=[LOOKS], by=scope_of(cleo), at=START + timedelta(days=1))
    assert _agenda(engine, scope_of(cleo), event)[0] == Subject(LOOKS, 2, ("Cleo",))


def test_who_left_the_programme_is_named_no_more(
    engine: SqliteEngine, event: Event, bens: Scope, ana: Member, noor: Member
) -> None:
    on_the_day_itself = event.starts_at - timedelta(hours=1)
    people.leave(engine, person_id=ana.id, at=on_the_day_itself, by=None)
    assert _agenda(engine, scope_of(noor), event) == (Subject(SCALES, 1, ("Noor",)),)
    assert _agenda(engine, bens, event) == (Subject(SCALES, 0),)


def test_nobody_is_let_in_afterwards_on_what_people_brought(
    engine: SqliteEngine, event: Event, cohorts: Cohorts, ben: Member, as_: Signed, dump: Dump
) -> None:
    cohorts_of.add_trainer(engine, cohort_id=cohorts.doras, person_id=ben.id)
    client, before = as_(ben), dump()
    wider = {
        "title": event.title,
        "kind": event.kind,
        "day": event.day.isoformat(),
        "starts_at": "11:00",
        "ends_at": "13:00",
        "cohorts": [cohorts.bens, cohorts.doras],
        "shown": event.fingerprint,
    }
    reply = client.post(f"/agenda/{event.id}/wijzigen", data=wider)
    assert reply.status_code == 409
    assert "Maak een nieuwe bijeenkomst" in reply.text
    after = dump()
    assert (after["event"], after["event_cohort"]) == (before["event"], before["event_cohort"])


def test_a_newer_focus_leaves_what_was_brought_to_take_back(
    engine: SqliteEngine, event: Event, noor: Member
) -> None:
    engine.run("DELETE FROM focus WHERE reflection_id = :id", {"id": f"reflection-{noor.id}"})
    assert reports.own_focus(engine, scope_of(noor), event, at=START) == {SCALES: True}


def test_without_focus_items_one_can_still_come(event_of: MakeEvent, as_: Signed, ana: Member) -> None:
    page = as_(ana).get(f"/agenda/{event_of(7).id}").text
    assert "U hebt nog geen focuspunten" in page
    assert "Nog niemand neemt iets mee." in page


def test_a_late_starter_belongs_to_what_comes_after_joining(
    engine: SqliteEngine, event: Event, cohorts: Cohorts, cleo: Member
) -> None:
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=cleo.id, since=date(2026, 1, 21))
    assert len(_agenda(engine, scope_of(cleo), event)) == 2
