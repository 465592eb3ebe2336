"""Short rounds: one page of focus items, last time only afterwards, and never a part of any score."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from survey.clock import stamp
from survey.cohort import reports as cohorts_read
from survey.cohort import store as cohort_store
from survey.database import SqliteEngine, new_key
from survey.questionnaire.catalog import Catalog
from survey.reflection import reports
from tests.analysis.frames import TEXTS
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.reflection.conftest import JSON

Reflected = Callable[..., str]
Short = Callable[..., str]
FOCUS = {"uses_feedback": "Elke keer vragen.", "explains_behaviour": ""}


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


@pytest.fixture
def short(engine: SqliteEngine, cohorts: Cohorts) -> Short:
    """A short round of Ana's cohort, open for a week from so many days ago."""

    def add(days: float = 1, cohort_id: str = cohorts.bens) -> str:
        key, opens = new_key(), START - timedelta(days=days)
        row = {"id": key, "cohort_id": cohort_id, "opens_at": stamp(opens)}
        engine.insert("micro_round", row | {"closes_at": stamp(opens + timedelta(days=7))})
        return key

    return add


@pytest.fixture
def focused(ana: Member, cohorts: Cohorts, reflected: Reflected) -> str:
    """Ana chose two focus items in a round that is over."""
    return reflected(ana, cohorts.bens, days=100, level=2, focus=FOCUS)


def answer(client: HouseClient, short_id: str, **answers: str) -> Any:
    return client.post(f"/reflectie/kort/{short_id}", data={"revision": 1, **answers})


def kept(engine: SqliteEngine) -> dict[str, object]:
    rows = engine.rows("SELECT item, value, code FROM micro_answer")
    return {row["item"]: row["value"] or row["code"] for row in rows}


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
    as_ana: HouseClient, focused: str, short: Short, dump: Callable[[], Any], sent: dict[str, str]
) -> None:
    address, before = f"/reflectie/kort/{short()}", dump()
    assert as_ana.post(address, data={"revision": 1, **sent}).status_code == 422
    assert as_ana.post(address, data={"revision": 1, **sent}, headers=JSON).status_code == 422
    assert dump() == before


def test_after_closing_nothing_is_stored_and_what_was_chosen_is_shown(
    as_ana: HouseClient, focused: str, short: Short, clock: Clock, dump: Callable[[], Any]
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


def test_the_address_without_a_name_leads_to_the_round_that_waits(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    key = short()
    assert as_ana.get("/reflectie/kort").location == f"/reflectie/kort/{key}"
    answer(as_ana, key, uses_feedback="3", explains_behaviour="3")
    assert as_ana.get("/reflectie/kort").location == f"/reflectie/kort/{key}"


def test_without_a_focus_there_is_no_short_round(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, short: Short
) -> None:
    reflected(ana, cohorts.bens, days=100)
    key = short()
    for path in ("/reflectie/kort", f"/reflectie/kort/{key}"):
        assert "Er is nu geen korte ronde voor u" in as_ana.get(path).text
    assert answer(as_ana, key, uses_feedback="3").status_code == 303
    assert "korte ronde" not in as_ana.get("/vandaag").text


def test_today_and_the_overview_say_that_a_short_round_waits_until_it_is_answered(
    as_ana: HouseClient, focused: str, short: Short
) -> None:
    key = short()
    for page in ("/vandaag", "/reflectie"):
        assert "Uw korte ronde van januari 2026 staat klaar" in as_ana.get(page).text
    answer(as_ana, key, uses_feedback="3", explains_behaviour="NOT_MET_YET")
    for page in ("/vandaag", "/reflectie"):
        assert "korte ronde" not in as_ana.get(page).text


def test_a_short_round_of_another_cohort_is_not_there(
    as_: Callable[[Member], HouseClient], cleo: Member, focused: str, short: Short
) -> None:
    key = short()
    assert as_(cleo).get(f"/reflectie/kort/{key}").status_code == 404
    assert answer(as_(cleo), key, uses_feedback="3").status_code == 404


def test_who_joined_after_it_opened_is_not_asked(
    as_ana: HouseClient, engine: SqliteEngine, focused: str, short: Short
) -> None:
    key = short()
    engine.run("UPDATE cohort_member SET since = '2026-01-20'")
    assert as_ana.get(f"/reflectie/kort/{key}").status_code == 404


@pytest.mark.parametrize("days", [1, 8, -1])
def test_still_due_is_said_of_a_short_round_only_while_it_is_open(
    engine: SqliteEngine, ana: Member, cleo: Member, focused: str, short: Short, days: float
) -> None:
    key = short(days=days)
    assert reports.still_due(engine, person_id=ana.id, about=key, at=START) is (days == 1)
    assert not reports.still_due(engine, person_id=cleo.id, about=key, at=START)


def test_still_due_ends_when_all_is_answered(
    as_ana: HouseClient, engine: SqliteEngine, ana: Member, focused: str, short: Short
) -> None:
    key = short()
    answer(as_ana, key, uses_feedback="3")
    assert reports.still_due(engine, person_id=ana.id, about=key, at=START)
    answer(as_ana, key, explains_behaviour="3")
    assert not reports.still_due(engine, person_id=ana.id, about=key, at=START)


def test_still_due_is_said_of_a_full_round_until_it_is_handed_in(
    as_ana: HouseClient, engine: SqliteEngine, ana: Member, cleo: Member, round_id: str
) -> None:
    def due(member: Member) -> bool:
        return reports.still_due(engine, person_id=member.id, about=round_id, at=START)

    assert due(ana)
    assert not due(cleo)
    as_ana.post(f"/reflectie/{round_id}/antwoord", data={"revision": 1, "uses_feedback": "3"}, headers=JSON)
    assert due(ana)
    as_ana.post(f"/reflectie/{round_id}/afronden", data={"revision": 1})
    assert not due(ana)
    as_ana.post(f"/reflectie/{round_id}/verbeteren")
    assert not due(ana), "who corrects has handed in"
    assert not reports.still_due(engine, person_id=ana.id, about="nothing", at=START)


def test_the_focus_is_that_of_the_newest_reflection_and_never_an_aim(
    engine: SqliteEngine, ana: Member, cohorts: Cohorts, focused: str, reflected: Reflected
) -> None:
    assert reports.focus_items(engine, scope_of(ana), "kansencoach") == tuple(sorted(FOCUS))
    reflected(ana, cohorts.bens, days=30, focus={"develops_method": "Iets anders."})
    assert reports.focus_items(engine, scope_of(ana), "kansencoach") == ("develops_method",)
    assert reports.focus_items(engine, scope_of(ana), "schoolcoach") == ()


def test_the_dots_stand_on_the_line_of_their_own_item(
    as_ana: HouseClient, focused: str, ana: Member, cohorts: Cohorts, reflected: Reflected, short: Short
) -> None:
    reflected(ana, cohorts.bens, days=30, level=3, focus=FOCUS)
    answer(as_ana, short(), uses_feedback="4", explains_behaviour="NOT_MET_YET")
    figure = as_ana.get("/groei/kansencoach/focus.json").get_json()["figure"]
    assert [(one["mode"], one["y"]) for one in figure["data"]] == [
        ("lines+markers", [2, 3]),
        ("markers", [4]),
        ("lines+markers", [2, 3]),
        ("markers", []),
    ]
    assert "nog niet meegemaakt" in as_ana.get("/groei").text


def test_nothing_of_a_short_round_enters_a_score_or_a_cohort(
    as_ana: HouseClient,
    engine: SqliteEngine,
    catalog: Catalog,
    ana: Member,
    ben: Member,
    cohorts: Cohorts,
    focused: str,
    reflected: Reflected,
    short: Short,
) -> None:
    reflected(ana, cohorts.bens, days=30, level=2, but={"uses_feedback": None}, focus=FOCUS)

    def seen() -> list[Any]:
        (own,) = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)
        assert own.chart is not None
        by, at = scope_of(ben), stamp(START + timedelta(days=60))
        (cohort,) = cohorts_read.trained(engine, by)
        answers = cohort_store.answers(engine, by, cohort_id=cohort.id, at=at)
        return [own.chart.json, own.chart.table, own.chart.sentence, answers]

    before = seen()
    answer(as_ana, short(), uses_feedback="5", explains_behaviour="5")
    assert kept(engine) == {"uses_feedback": 5, "explains_behaviour": 5}
    assert seen() == before


def test_no_store_of_scores_or_cohorts_reads_short_rounds_or_look_backs() -> None:
    rooms = Path(__file__).parents[3] / "survey"
    tables = re.compile(r"\b(FROM|JOIN) (micro_answer|lookback)\b")
    readers = {
        path.relative_to(rooms).parts[0 if len(path.relative_to(rooms).parts) < 3 else 1]
        for path in rooms.rglob("*.py")
        if tables.search(path.read_text(encoding="utf-8"))
    }
    assert {"micro", "lookback"} <= readers
    assert not readers & {"cohort", "reflection", "dashboard", "sharing", "rhythm", "notice", "today"}
