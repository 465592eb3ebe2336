"""After the last day of a round nothing is taken, nothing typed is lost, and the page says which day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.reflection.conftest import tap

Dump = Callable[[], dict[str, Any]]


@pytest.mark.parametrize("wait", [16, 17])
@pytest.mark.parametrize("path", ["skills", "afronden", "verbeteren"])
def test_a_round_that_closes_while_typing_says_when_and_shows_what_was_typed(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    clock: Clock,
    dump: Dump,
    round_id: str,
    wait: float,
    path: str,
) -> None:
    tap(as_(ana), round_id, develops_method="2")
    clock.at = START + timedelta(days=wait)
    client = as_(ana)
    before = dump()
    data = {"revision": "1", "uses_feedback": "4", "line": "Net te laat.", "focus": "flexible_hours"}
    if path == "skills":
        data = {"revision": "1", "uses_feedback": "4"}
    reply = client.post(f"/reflectie/{round_id}/{path}", data=data)
    assert reply.status_code == 409
    assert "sloot op donderdag 5 februari om 11.00 uur" in reply.text
    assert "Wat al bewaard was, blijft voor u te zien." in reply.text
    assert ("Net te laat." in reply.text) is (path != "skills")
    assert "Ik kan dit ook als het lastig wordt" in reply.text
    assert dump() == before


def test_who_comes_after_the_last_day_reads_which_day_that_was(
    as_: Callable[[Member], HouseClient], engine: SqliteEngine, ana: Member, clock: Clock, round_id: str
) -> None:
    engine.run("UPDATE round SET closes_at = '2026-01-27T23:00:00+00:00'")
    clock.forward(days=16)
    reply = as_(ana).post(f"/reflectie/{round_id}/skills", data={"revision": "1", "uses_feedback": "4"})
    assert reply.status_code == 409
    assert "De ronde was open tot en met dinsdag 27 januari." in reply.text
    assert "0.00" not in reply.text


def test_a_tap_in_a_closed_round_says_so(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    clock.forward(days=16)
    reply = tap(as_(ana), round_id, uses_feedback="4")
    assert reply.status_code == 409
    assert reply.json == {"message": "De ronde is gesloten. Uw laatste keuze is niet bewaard."}


def test_an_unfinished_reflection_stays_visible_after_closing(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    tap(as_(ana), round_id, uses_feedback="5")
    clock.forward(days=30)
    client = as_(ana)
    assert "niet afgerond; uw antwoorden zijn bewaard" in client.get("/reflectie").text
    text = client.get(f"/reflectie/{round_id}").text
    assert "Ik geef dit door" in text
    assert "Verbeteren" not in text


def test_a_missed_round_says_so(
    as_: Callable[[Member], HouseClient], ana: Member, clock: Clock, round_id: str
) -> None:
    clock.forward(days=30)
    assert "U hebt deze ronde niet ingevuld" in as_(ana).get(f"/reflectie/{round_id}").text


@pytest.mark.parametrize("started", [False, True])
def test_a_round_that_closed_at_midnight_closed_on_its_last_day(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    engine: SqliteEngine,
    clock: Clock,
    round_id: str,
    started: bool,
) -> None:
    engine.run("UPDATE round SET closes_at = '2026-01-27T23:00:00+00:00'")
    if started:
        tap(as_(ana), round_id, uses_feedback="5")
    clock.forward(days=30)
    text = as_(ana).get(f"/reflectie/{round_id}").text
    assert "De ronde sloot op 27 januari 2026." in text
