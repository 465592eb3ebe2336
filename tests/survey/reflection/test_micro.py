"""Short rounds: one page of focus items, and last time only afterwards."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Dump
from tests.survey.reflection.conftest import JSON, Short
from tests.survey.reflection.short import answer, kept


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_a_short_round_asks_the_focus_items_on_one_page(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    text = as_ana.get(f"/reflectie/kort/{short()}").text
    assert re.findall(r'<fieldset id="(\w+)"', text) == ["uses_feedback", "explains_behaviour"]
    assert "1 van 2" in text
    assert "Klaar binnen een minuut." in text


def test_it_says_that_nobody_else_sees_the_answers_and_that_they_count_nowhere(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    text = as_ana.get(f"/reflectie/kort/{short()}").text
    assert "Alleen u ziet uw antwoorden. Ze tellen nergens mee" in text


def test_last_time_is_shown_only_after_answering(as_ana: HouseClient, focused: str, short: Short) -> None:
    key = short()
    assert "vorige keer" not in as_ana.get(f"/reflectie/kort/{key}").text
    answer(as_ana, key, uses_feedback="3")
    half = as_ana.get(f"/reflectie/kort/{key}").text
    assert "vorige keer" not in half
    assert "1 van 2 beantwoord" in half
    answer(as_ana, key, explains_behaviour="NOT_MET_YET")
    done = words(as_ana.get(f"/reflectie/kort/{key}").text)
    assert "vorige keer, oktober 2025: Ik oefen dit nu: Ik doe dit zelf" in done
    assert "nu: Nog niet meegemaakt" in done


def test_last_time_may_be_a_short_round(
    as_ana: HouseClient, focused: str, short: Short, clock: Clock
) -> None:
    clock.at = START - timedelta(days=39)
    answer(as_ana, short(days=40), uses_feedback="5", explains_behaviour="5")
    clock.at = START
    answer(as_ana, key := short(), uses_feedback="1", explains_behaviour="1")
    assert "vorige keer, december 2025: Ik geef dit door" in words(as_ana.get(f"/reflectie/kort/{key}").text)


def test_a_tap_is_kept_at_once_and_can_be_taken_back(
    as_ana: HouseClient, engine: SqliteEngine, focused: str, short: Short
) -> None:
    address, sent = f"/reflectie/kort/{short()}", {"revision": "1", "uses_feedback": "4"}
    reply = as_ana.post(address, data=sent, headers=JSON)
    assert reply.get_json()["message"].startswith("Bewaard om")
    assert kept(engine) == {"uses_feedback": 4}
    as_ana.post(address, data={"revision": "1", "clear": "uses_feedback"}, headers=JSON)
    assert kept(engine) == {}


def test_an_answer_can_be_changed_while_the_round_is_open_without_showing_last_time(
    as_ana: HouseClient, engine: SqliteEngine, focused: str, short: Short
) -> None:
    key = short()
    answer(as_ana, key, uses_feedback="3", explains_behaviour="3")
    again = as_ana.get(f"/reflectie/kort/{key}?opnieuw=1").text
    assert "<fieldset" in again
    assert "vorige keer" not in again
    answer(as_ana, key, uses_feedback="4")
    assert kept(engine) == {"uses_feedback": 4, "explains_behaviour": 3}


@pytest.mark.parametrize(
    "sent",
    [
        {"uses_feedback": "6"},
        {"uses_feedback": "0"},
        {"stays_calm": "3"},
        {"uses_feedback": "3", "revision": "no"},
        {"clear": "stays_calm"},
    ],
)
def test_what_does_not_belong_on_the_page_is_refused(
    as_ana: HouseClient, focused: str, short: Short, dump: Dump, sent: dict[str, str]
) -> None:
    address, before = f"/reflectie/kort/{short()}", dump()
    assert as_ana.post(address, data={"revision": 1, **sent}).status_code == 422
    assert as_ana.post(address, data={"revision": 1, **sent}, headers=JSON).status_code == 422
    assert dump() == before


def test_after_closing_nothing_is_stored_and_what_was_chosen_is_shown(
    as_ana: HouseClient, focused: str, short: Short, clock: Clock, dump: Dump
) -> None:
    key = short(days=6.999)
    before = dump()
    clock.forward(minutes=5)
    reply = answer(as_ana, key, uses_feedback="3")
    assert reply.status_code == 409
    assert "Ik doe dit zelf" in reply.text
    tapped = as_ana.post(f"/reflectie/kort/{key}", data={"revision": 1, "uses_feedback": "3"}, headers=JSON)
    assert tapped.status_code == 409
    assert dump() == before
    assert "U hebt deze korte ronde niet ingevuld" in as_ana.get(f"/reflectie/kort/{key}").text


def test_a_round_that_closes_while_an_act_waits_stores_nothing(
    as_ana: HouseClient,
    engine: SqliteEngine,
    focused: str,
    short: Short,
    wait_in_the_queue: Callable[[timedelta], None],
) -> None:
    key = short()
    wait_in_the_queue(timedelta(days=7))
    assert answer(as_ana, key, uses_feedback="3").status_code == 409
    assert kept(engine) == {}
