"""An incident is noted in one tap, and put right or undone later."""

from collections.abc import Callable
from datetime import date

from survey.talk.reports import Talk
from tests.client import HouseClient
from tests.conftest import START
from tests.survey.case.talks.conftest import buttons


def test_one_tap_notes_an_incident_and_one_undoes_it(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    assert "noteer een incident van vandaag" in coach.get(page).text
    coach.post(f"{page}/gesprek/incident")
    coach.post(f"{page}/gesprek/incident")
    (incident,) = noted()
    assert (incident.kind, incident.state, incident.day) == ("incident", "done", START.date())
    text = coach.get(page).text
    assert "noteer een incident van vandaag" not in text
    assert "Maak ongedaan" in buttons(text)
    coach.post(f"{page}/gesprek/{incident.id}/verwijder")
    assert noted() == []
    assert coach.post(f"{page}/gesprek/{incident.id}/verwijder").status_code == 303


def test_an_incident_can_have_been_yesterday_and_have_a_line(
    coach: HouseClient, page: str, noted: Callable[[], list[Talk]]
) -> None:
    coach.post(f"{page}/gesprek/incident")
    address = f"{page}/gesprek/{noted()[0].id}"
    assert coach.get(address).status_code == 200
    assert coach.post(address, data={"day": "2026-01-21", "line": ""}).status_code == 422
    coach.post(address, data={"day": "2026-01-19", "line": "Ruzie op het plein"})
    (incident,) = noted()
    assert (incident.kind, incident.day, incident.line) == (
        "incident",
        date(2026, 1, 19),
        "Ruzie op het plein",
    )
