"""The agenda on the screen: forms that lose nothing, and pages that say what is so."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions, reports
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member
from tests.survey.event.conftest import MakeEvent

Signed = Callable[[Member], HouseClient]
Dump = Callable[[], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def filled(cohorts: Cohorts) -> dict[str, Any]:
    return {
        "title": "  Ouders en school\taan\x07één tafel ",
        "kind": "workshop",
        "day": "2026-03-03",
        "starts_at": "13.00",
        "ends_at": "16:00",
        "place": "De Turfschuur",
        "cohorts": [cohorts.bens],
        "themes": ["scales_up_or_down"],
        "once": "a" * 32,
    }


def test_a_trainer_makes_an_event_and_coaches_see_it(
    engine: SqliteEngine, as_: Signed, ben: Member, ana: Member, filled: dict[str, Any]
) -> None:
    trainer = as_(ben)
    reply = trainer.post("/agenda/nieuw", data=filled)
    again = trainer.post("/agenda/nieuw", data=filled)
    assert reply.status_code == 303
    assert reply.location == again.location
    row = engine.one("SELECT * FROM event")
    assert row is not None
    assert (row["title"], row["starts_at"], row["ends_at"], row["made_by"]) == (
        "Ouders en school aan één tafel",
        "2026-03-03T12:00:00+00:00",
        "2026-03-03T15:00:00+00:00",
        ben.id,
    )
    page = as_(ana).get("/agenda").text
    assert "Ouders en school aan één tafel" in page
    assert "dinsdag 3 maart, 13.00 tot 16.00 uur" in page
    assert "Werkplaats · De Turfschuur" in page
    assert "Hoort bij: Meer of minder hulp." in as_(ana).get(reply.location).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": " "}, "Schrijf in een paar woorden"),
        ({"title": "x" * 121}, "hooguit 120 tekens"),
        ({"title": "\x07"}, "Schrijf in een paar woorden"),
        ({"place": "x" * 121}, "hooguit 120 tekens"),
        ({"kind": "party"}, "Kies een van de antwoorden."),
        ({"day": ""}, "Kies een dag."),
        ({"day": "31-2-2026"}, "Dit is geen dag."),
        ({"day": "2029-03-03"}, "Kijk het jaartal na."),
        ({"day": "2024-03-03"}, "Kijk het jaartal na."),
        ({"day": "  "}, "Kies een dag."),
        ({"starts_at": ""}, "hoe laat het begint"),
        ({"starts_at": "  "}, "hoe laat het begint"),
        ({"starts_at": "een uur"}, "Dit is geen tijd."),
        ({"ends_at": "13:00"}, "Het eind is later dan het begin."),
        ({"day": "2026-03-29", "starts_at": "2:30", "ends_at": "3:00"}, "Het eind is later dan het begin."),
        ({"themes": ["nonsense"]}, "Kies uit wat hier staat."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    as_: Signed, ben: Member, filled: dict[str, Any], dump: Dump, wrong: dict[str, Any], said: str
) -> None:
    trainer, before = as_(ben), dump()
    reply = trainer.post("/agenda/nieuw", data=filled | wrong)
    assert reply.status_code == 422
    assert said in reply.text
    kept = {"title": "Ouders en school aan één tafel", "place": "De Turfschuur"}
    assert all(f'value="{value}"' in reply.text for key, value in kept.items() if key not in wrong)
    assert dump() == before


def test_a_cohort_of_someone_else_is_no_choice(
    as_: Signed, ben: Member, filled: dict[str, Any], cohorts: Cohorts, dump: Dump
) -> None:
    trainer, before = as_(ben), dump()
    assert trainer.post("/agenda/nieuw", data=filled | {"cohorts": [cohorts.doras]}).status_code == 422
    assert cohorts.doras not in trainer.get("/agenda/nieuw").text
    assert dump() == before


def test_with_several_cohorts_one_chooses(
    engine: SqliteEngine, as_: Signed, ben: Member, filled: dict[str, Any], cohorts: Cohorts
) -> None:
    cohorts_of.add_trainer(engine, cohort_id=cohorts.doras, person_id=ben.id)
    trainer = as_(ben)
    page = trainer.get(f"/agenda/nieuw?cohort={cohorts.doras}&thema=uses_feedback&soort=intervision").text
    assert f'checked id="cohorts-1" name="cohorts" type="checkbox" value="{cohorts.doras}"' in page
    assert 'selected value="intervision"' in page
    assert '<details class="field" id="themes" open>' in page
    reply = trainer.post("/agenda/nieuw", data=filled | {"cohorts": []})
    assert "Kies ten minste één cohort." in reply.text


def test_a_trainer_without_cohorts_reads_whom_to_ask(as_: Signed, dora: Member, engine: SqliteEngine) -> None:
    engine.run("DELETE FROM cohort_trainer")
    assert "U traint nog geen cohort." in as_(dora).get("/agenda/nieuw").text
    assert "/agenda/nieuw" not in as_(dora).get("/agenda").text


def test_an_empty_agenda_says_what_comes_here(
    as_: Signed, ana: Member, ben: Member, cohorts: Cohorts
) -> None:
    assert "Plant uw trainer een werkplaats" in as_(ana).get("/agenda").text
    assert "Maak een werkplaats" in as_(ben).get("/agenda").text


def test_a_form_that_is_opened_and_saved_changes_nothing(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ben: Member, bens: Scope, cohorts: Cohorts
) -> None:
    event = event_of(7)
    as_it_shows = {
        "title": event.title,
        "kind": event.kind,
        "day": "27-1-2026",
        "starts_at": "11:00",
        "ends_at": "13:00",
        "place": event.place,
        "cohorts": [cohorts.bens],
        "themes": list(event.themes),
        "shown": event.fingerprint,
    }
    page = as_(ben).get(f"/agenda/{event.id}/wijzigen").text
    assert all(word in page for word in ('value="2026-01-27"', 'value="11:00"', event.fingerprint))
    assert as_(ben).post(f"/agenda/{event.id}/wijzigen", data=as_it_shows).status_code == 303
    assert reports.event(engine, bens, event.id) == event


def test_a_stale_form_shows_what_stands_there_and_keeps_what_was_typed(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ben: Member, bens: Scope, filled: dict[str, Any]
) -> None:
    event, trainer = event_of(7), as_(ben)
    mine = filled | {"shown": event.fingerprint}
    others = filled | {"title": "Van een ander", "shown": event.fingerprint}
    assert trainer.post(f"/agenda/{event.id}/wijzigen", data=others).status_code == 303
    reply = trainer.post(f"/agenda/{event.id}/wijzigen", data=mine)
    assert reply.status_code == 409
    assert "Er staat nu: Van een ander" in reply.text
    assert 'value="Ouders en school aan één tafel"' in reply.text
    now = reports.event(engine, bens, event.id)
    assert now is not None
    assert now.fingerprint in reply.text
    assert (
        trainer.post(f"/agenda/{event.id}/wijzigen", data=mine | {"shown": now.fingerprint}).status_code
        == 303
    )


def test_an_event_to_come_is_not_moved_to_a_day_that_was(
    event_of: MakeEvent, as_: Signed, ben: Member, filled: dict[str, Any], dump: Dump
) -> None:
    event, trainer = event_of(7), as_(ben)
    before = dump()
    reply = trainer.post(f"/agenda/{event.id}/wijzigen", data=filled | {"day": "2026-01-05"})
    assert reply.status_code == 409
    assert "Dit moment is al geweest." in reply.text
    assert dump() == before


def test_calling_off_is_seen_by_coaches_at_once(
    event_of: MakeEvent, as_: Signed, ben: Member, ana: Member
) -> None:
    event = event_of(3)
    assert as_(ben).post(f"/agenda/{event.id}/afzeggen").status_code == 303
    assert all(
        "gaat niet door" in as_(ana).get(page).text for page in ("/agenda", "/vandaag", f"/agenda/{event.id}")
    )
    for page in ("wijzigen", "wie"):
        assert as_(ben).get(f"/agenda/{event.id}/{page}").status_code == 303
    assert as_(ben).post(f"/agenda/{event.id}/wijzigen").status_code in {303, 422}


def test_what_was_held_stands_folded_by_school_year(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ana: Member, bens: Scope
) -> None:
    for days in (-20, -40, -120):
        event_of(days)
    page = as_(ana).get("/agenda").text
    assert "Schooljaar 2025–2026 (3)" in page
    assert "nog niet genoteerd" in page


def test_today_names_what_comes_within_a_week(
    event_of: MakeEvent, as_: Signed, ana: Member, cleo: Member, clock: Clock
) -> None:
    event = event_of(7.5)
    assert event.title not in as_(ana).get("/vandaag").text
    clock.forward(days=1)
    assert event.title in as_(ana).get("/vandaag").text
    assert event.title not in as_(cleo).get("/vandaag").text


def test_a_moved_event_says_since_when(
    engine: SqliteEngine, event_of: MakeEvent, as_: Signed, ana: Member, bens: Scope
) -> None:
    event = event_of(7)
    actions.change(
        engine,
        event_id=event.id,
        kind=event.kind,
        title=event.title,
        place="Online",
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        cohort_ids=[one.id for one in event.cohorts],
        themes=event.themes,
        by=bens,
        at=START,
    )
    assert "gewijzigd op dinsdag 20 januari" in as_(ana).get("/agenda").text


@pytest.mark.parametrize("joint", [False, True])
def test_who_calls_off_a_joint_meeting_reads_for_whom_else(
    as_: Signed, ben: Member, event_of: MakeEvent, cohorts: Cohorts, joint: bool
) -> None:
    event = event_of(7, cohort_ids=[cohorts.bens, cohorts.doras] if joint else [cohorts.bens])
    page = as_(ben).get(f"/agenda/{event.id}").text
    assert "Zeg de bijeenkomst af" in page
    assert ("ook voor cohort voorjaar" in page) is joint
