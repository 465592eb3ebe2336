"""Vandaag shows each role what waits for them, and nobody's business across roles."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.people import actions as people
from survey.questionnaire.definition import Questionnaire
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member

AsSomeone = Callable[[Member], HouseClient]


@pytest.fixture
def form(app: Flask) -> Questionnaire:
    found: Questionnaire = app.extensions["catalog"].reflection("kansencoach")
    return found


@pytest.fixture
def round_id(cohorts: Cohorts, add_round: Callable[..., str]) -> str:
    return add_round(cohorts.bens)


def answer(client: HouseClient, round_id: str, *items: str) -> None:
    data = {"revision": "1", **dict.fromkeys(items, "3")}
    assert client.post(f"/reflectie/{round_id}/antwoord", data=data).status_code == 200


def submit(client: HouseClient, round_id: str) -> None:
    answer(client, round_id, "uses_feedback")
    assert client.post(f"/reflectie/{round_id}/afronden", data={"revision": "1"}).status_code == 303


def test_the_start_leads_to_today_or_to_signing_in(as_: AsSomeone, client: HouseClient, ana: Member) -> None:
    assert as_(ana).get("/").location == "/vandaag"
    assert client.get("/").location == "/inloggen"
    assert client.get("/vandaag").location == "/inloggen?next=/vandaag"


def test_someone_without_a_role_has_no_today(as_: AsSomeone, nobody: Member) -> None:
    assert as_(nobody).get("/vandaag").status_code == 404


@pytest.mark.parametrize(
    ("hour", "hello"), [(6, "Goedemorgen"), (11, "Goedemiddag"), (12, "Goedemiddag"), (17, "Goedenavond")]
)
def test_the_greeting_follows_the_clock_of_the_netherlands(
    as_: AsSomeone, ana: Member, clock: Clock, hour: int, hello: str
) -> None:
    clock.at = datetime(2026, 1, 20, hour, tzinfo=START.tzinfo)
    assert f"{hello}, Ana" in as_(ana).get("/vandaag").text


def test_a_new_round_waits_with_one_button(as_: AsSomeone, ana: Member, round_id: str) -> None:
    text = as_(ana).get("/vandaag").text
    assert "Uw reflectie van januari 2026 staat klaar" in text
    assert "Ongeveer 5 minuten." in text
    assert "De ronde is open tot donderdag 5 februari om 11.00 uur." in text
    assert f'class="btn" href="/reflectie/{round_id}/attitude"' in text


def test_a_started_round_leads_to_its_first_open_page(
    as_: AsSomeone, ana: Member, form: Questionnaire, round_id: str
) -> None:
    client = as_(ana)
    answer(client, round_id, *(item.key for item in form.items if item.block != "knowledge"))
    text = client.get("/vandaag").text
    assert "Nog 3 zinnen, ongeveer 1 minuut." in text
    assert "Verder met kennis" in text
    assert f'href="/reflectie/{round_id}/knowledge"' in text


def test_a_round_without_open_sentences_only_waits_for_closing(
    as_: AsSomeone, ana: Member, form: Questionnaire, round_id: str
) -> None:
    client = as_(ana)
    answer(client, round_id, *(item.key for item in form.items))
    text = client.get("/vandaag").text
    assert "U moet alleen nog afronden." in text
    assert f'href="/reflectie/{round_id}/afronden"' in text


def test_nothing_waits_after_submitting_or_closing(
    as_: AsSomeone, ana: Member, cleo: Member, clock: Clock, round_id: str
) -> None:
    client = as_(ana)
    assert "Er wacht geen reflectie op u" in as_(cleo).get("/vandaag").text
    submit(client, round_id)
    clock.at = START + timedelta(days=16)
    assert "Er wacht geen reflectie op u" in as_(ana).get("/vandaag").text


@pytest.mark.parametrize(
    ("closes_at", "until"),
    [
        ("2026-02-05T10:00:00+00:00", "Verbeteren kan tot donderdag 5 februari om 11.00 uur."),
        ("2026-02-04T23:00:00+00:00", "Verbeteren kan tot en met woensdag 4 februari."),
    ],
)
def test_what_was_submitted_is_told_so_while_it_can_be_corrected(
    as_: AsSomeone, engine: SqliteEngine, ana: Member, round_id: str, closes_at: str, until: str
) -> None:
    engine.run("UPDATE round SET closes_at = :at", {"at": closes_at})
    client = as_(ana)
    submit(client, round_id)
    text = client.get("/vandaag").text
    assert "Uw reflectie van januari 2026 is ingeleverd" in text
    assert until in text
    assert f'href="/reflectie/{round_id}"' in text
    assert "Er wacht geen reflectie op u" not in text


def test_a_correction_waits_with_a_button_to_go_on(as_: AsSomeone, ana: Member, round_id: str) -> None:
    client = as_(ana)
    submit(client, round_id)
    client.post(f"/reflectie/{round_id}/verbeteren")
    text = client.get("/vandaag").text
    assert "U verbetert uw reflectie van januari 2026" in text
    assert f'class="btn" href="/reflectie/{round_id}/attitude"' in text
    assert "is ingeleverd" not in text


@pytest.mark.parametrize("path", ["/vandaag", "/reflectie"])
def test_who_joins_while_a_round_is_open_takes_part_from_the_next(
    as_: AsSomeone, engine: SqliteEngine, ana: Member, clock: Clock, round_id: str, path: str
) -> None:
    engine.run("UPDATE cohort_member SET since = '2026-01-18'")
    client = as_(ana)
    assert "U doet mee vanaf de volgende ronde" in client.get(path).text
    assert "geen ronde open" not in client.get(path).text
    clock.at = START + timedelta(days=16)
    assert "U doet mee vanaf de volgende ronde" not in client.get(path).text


@pytest.mark.parametrize("path", ["/vandaag", "/reflectie"])
def test_who_has_left_the_cohort_is_promised_no_next_round(
    as_: AsSomeone, engine: SqliteEngine, ana: Member, round_id: str, path: str
) -> None:
    engine.run("UPDATE cohort_member SET until = '2026-01-10'")
    assert "U doet mee vanaf de volgende ronde" not in as_(ana).get(path).text


def test_a_closed_round_no_longer_waits(as_: AsSomeone, ana: Member, clock: Clock, round_id: str) -> None:
    clock.at = START + timedelta(days=16)
    assert "Er wacht geen reflectie op u" in as_(ana).get("/vandaag").text


SECTIONS = {
    "coach": "Naar uw trajecten",
    "trainer": "Mijn cohorten",
    "lead": "Bekijk wie er meedoet",
}


@pytest.mark.parametrize(
    ("who", "sections"),
    [("ana", ["coach"]), ("ben", ["trainer"]), ("lea", ["lead"])],
)
def test_each_role_has_its_own_section(
    as_: AsSomeone, request: pytest.FixtureRequest, round_id: str, who: str, sections: list[str]
) -> None:
    text = as_(request.getfixturevalue(who)).get("/vandaag").text
    assert [role for role, words in SECTIONS.items() if words in text] == sections


def test_who_has_all_roles_sees_all_sections(app: Flask, as_: AsSomeone, cohorts: Cohorts) -> None:
    with app.extensions["database"].session() as engine:
        email = "kim@example.org"
        key = people.add_person(engine, name="Kim Brink", email=email, roles=tuple(Role), by=None, at=START)
    text = as_(Member(key, "Kim Brink", email)).get("/vandaag").text
    assert all(words in text for words in SECTIONS.values())


def test_a_trainer_sees_how_many_and_never_who_or_what(
    as_: AsSomeone, ana: Member, ben: Member, round_id: str
) -> None:
    answer(as_(ana), round_id, "uses_feedback")
    text = as_(ben).get("/vandaag").text
    assert "0 van de 1 coaches hebben hun reflectie ingeleverd" in text
    assert "Ana" not in text
    assert round_id not in text


def test_a_trainer_sees_no_cohort_of_others(as_: AsSomeone, dora: Member, round_id: str) -> None:
    text = as_(dora).get("/vandaag").text
    assert "voorjaar" in text
    assert "najaar" not in text


def test_a_lead_sees_nothing_of_reflections(as_: AsSomeone, lea: Member, round_id: str) -> None:
    text = as_(lea).get("/vandaag").text
    assert "eflectie" not in text
    assert round_id not in text
