"""Look-back: once a year, after handing in, beside the answer of then and never in its place."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from survey.clock import stamp
from survey.cohort import reports as cohorts_read
from survey.cohort import store as cohort_store
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.fields import Answer
from survey.reflection import reports
from tests.analysis.frames import TEXTS
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, scope_of
from tests.survey.reflection.conftest import JSON, finish, tap

Reflected = Callable[..., str]
FOCUS = {"uses_feedback": "Elke keer vragen.", "explains_behaviour": ""}


@pytest.fixture
def june(engine: SqliteEngine, round_id: str) -> str:
    """The open round asks for a look-back."""
    engine.run("UPDATE round SET lookback = 1 WHERE id = :round", {"round": round_id})
    return round_id


@pytest.fixture
def handed_in(as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str) -> str:
    """Ana chose a focus in September, and handed in the round that asks for a look-back."""
    reflected(ana, cohorts.bens, days=130, level=3, focus=FOCUS)
    tap(as_ana, june, uses_feedback="4", explains_behaviour="4")
    finish(as_ana, june)
    return june


def look(client: HouseClient, round_id: str, **answers: str) -> Any:
    return client.post(f"/reflectie/{round_id}/terugblik", data={"revision": 1, **answers})


def kept(engine: SqliteEngine) -> dict[str, int]:
    return {row["item"]: row["value"] for row in engine.rows("SELECT item, value FROM lookback")}


def test_after_handing_in_the_result_invites_to_look_back(as_ana: HouseClient, handed_in: str) -> None:
    text = as_ana.get(f"/reflectie/{handed_in}").text
    assert "Kijk terug op september 2025" in text
    assert "2 zinnen, over uw focuspunten." in text
    assert "Uw antwoord van toen verandert niet." in text


def test_handing_in_leads_to_the_look_back_first_for_the_result_shows_the_answers_of_then(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str
) -> None:
    reflected(ana, cohorts.bens, days=130, level=3, focus=FOCUS)
    tap(as_ana, june, uses_feedback="4", explains_behaviour="4")
    assert finish(as_ana, june).location == f"/reflectie/{june}/terugblik"
    look(as_ana, june, uses_feedback="2", explains_behaviour="3")
    as_ana.post(f"/reflectie/{june}/verbeteren")
    assert finish(as_ana, june, revision=2).location == f"/reflectie/{june}"


def test_today_reminds_until_it_is_answered_or_the_round_closes(
    as_ana: HouseClient, handed_in: str, clock: Clock
) -> None:
    text = as_ana.get("/vandaag").text
    assert "Kijk nog terug op september 2025" in text
    assert f'href="/reflectie/{handed_in}/terugblik"' in text
    look(as_ana, handed_in, uses_feedback="2")
    assert "Kijk nog terug" in as_ana.get("/vandaag").text, "one sentence is still open"
    look(as_ana, handed_in, explains_behaviour="3")
    assert "Kijk nog terug" not in as_ana.get("/vandaag").text
    look(as_ana, handed_in, clear="explains_behaviour")
    assert "Kijk nog terug" in as_ana.get("/vandaag").text
    clock.forward(days=30)
    assert "Kijk nog terug" not in as_ana.get("/vandaag").text


def test_today_reminds_nobody_before_handing_in_or_without_a_look_back(
    as_ana: HouseClient, engine: SqliteEngine, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str
) -> None:
    reflected(ana, cohorts.bens, days=130, level=3, focus=FOCUS)
    tap(as_ana, june, uses_feedback="4", explains_behaviour="4")
    assert "Kijk nog terug" not in as_ana.get("/vandaag").text
    finish(as_ana, june)
    engine.run("UPDATE round SET lookback = 0")
    assert "Kijk nog terug" not in as_ana.get("/vandaag").text


def test_before_handing_in_there_is_no_look_back(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str
) -> None:
    reflected(ana, cohorts.bens, days=130, level=3, focus=FOCUS)
    assert as_ana.get(f"/reflectie/{june}/terugblik").status_code == 404
    assert look(as_ana, june, uses_feedback="2").status_code == 404


def test_a_round_without_a_look_back_has_none(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str
) -> None:
    engine.run("UPDATE round SET lookback = 0")
    assert as_ana.get(f"/reflectie/{handed_in}/terugblik").status_code == 404
    assert "Kijk terug" not in as_ana.get(f"/reflectie/{handed_in}").text


def test_the_page_asks_levels_only_and_shows_no_answer_of_then(as_ana: HouseClient, handed_in: str) -> None:
    text = as_ana.get(f"/reflectie/{handed_in}/terugblik").text
    assert re.findall(r'<fieldset id="(\w+)"', text) == ["uses_feedback", "explains_behaviour"]
    assert "Denk terug aan september 2025." in text
    assert "Nog niet meegemaakt" not in text
    assert " checked" not in text


def test_what_is_seen_now_stands_beside_then_and_now(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str
) -> None:
    assert look(as_ana, handed_in, uses_feedback="2", explains_behaviour="3").status_code == 303
    assert kept(engine) == {"uses_feedback": 2, "explains_behaviour": 3}
    text = as_ana.get("/groei").text
    assert "Met wat u nu weet, schat u september 2025 lager in dan toen. Dat komt vaak voor." in text
    figure = as_ana.get("/groei/kansencoach/terugblik.json").get_json()["figure"]
    names = [one["text"] for one in figure["layout"]["annotations"]]
    assert names == [
        *("toen", "terugblik", "nu", "Leren van antwoorden"),
        *("toen · terugblik", "nu", "Gedrag uitleggen"),
    ]


def test_a_tap_is_kept_at_once_and_can_be_taken_back(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str
) -> None:
    address = f"/reflectie/{handed_in}/terugblik"
    as_ana.post(address, data={"revision": 1, "uses_feedback": "2"}, headers=JSON)
    assert kept(engine) == {"uses_feedback": 2}
    as_ana.post(address, data={"revision": 1, "clear": "uses_feedback"}, headers=JSON)
    assert kept(engine) == {}


@pytest.mark.parametrize(
    "sent", [{"uses_feedback": "6"}, {"uses_feedback": "NOT_MET_YET"}, {"stays_calm": "2"}, {"revision": ""}]
)
def test_what_does_not_belong_on_the_page_is_refused(
    as_ana: HouseClient, handed_in: str, dump: Callable[[], Any], sent: dict[str, str]
) -> None:
    before = dump()
    assert look(as_ana, handed_in, **sent).status_code == 422
    assert dump() == before


def test_correcting_the_answers_leaves_the_look_back_as_it_is(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str
) -> None:
    look(as_ana, handed_in, uses_feedback="2")
    as_ana.post(f"/reflectie/{handed_in}/verbeteren")
    tap(as_ana, handed_in, revision=2, uses_feedback="5")
    finish(as_ana, handed_in, revision=2)
    look(as_ana, handed_in, explains_behaviour="1")
    look(as_ana, handed_in, uses_feedback="1")
    assert kept(engine) == {"uses_feedback": 1, "explains_behaviour": 1}
    assert engine.one("SELECT count(DISTINCT reflection_id) AS n FROM lookback") == {"n": 1}
    table = as_ana.get("/groei").text
    assert "geef door" in table, "now is the corrected answer"


def test_after_the_round_closed_nothing_is_stored(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str, dump: Callable[[], Any]
) -> None:
    engine.run("UPDATE round SET closes_at = :at WHERE id = :id", {"at": stamp(START), "id": handed_in})
    before = dump()
    assert look(as_ana, handed_in, uses_feedback="2").status_code == 409
    assert as_ana.get(f"/reflectie/{handed_in}/terugblik").status_code == 302
    assert dump() == before


def test_an_item_without_a_level_then_is_not_asked(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str
) -> None:
    unmet = {"uses_feedback": Answer(None, "NOT_MET_YET"), "explains_behaviour": None}
    reflected(ana, cohorts.bens, days=130, focus=FOCUS, but=unmet)
    tap(as_ana, june, uses_feedback="4")
    finish(as_ana, june)
    assert as_ana.get(f"/reflectie/{june}/terugblik").status_code == 404


def test_a_round_of_the_school_year_before_is_not_looked_back_on(
    as_ana: HouseClient, engine: SqliteEngine, handed_in: str
) -> None:
    engine.run("UPDATE cohort_member SET since = '2024-09-01'")
    july = datetime(2025, 7, 31, tzinfo=UTC)
    engine.run(
        "UPDATE round SET opens_at = :opens, closes_at = :closes WHERE id <> :id",
        {"opens": stamp(july), "closes": stamp(july + timedelta(days=7)), "id": handed_in},
    )
    assert as_ana.get(f"/reflectie/{handed_in}/terugblik").status_code == 404


def test_it_is_about_the_first_round_of_the_year_and_asks_the_focus_kept_until_now(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, june: str
) -> None:
    reflected(ana, cohorts.bens, days=130, level=3, focus=FOCUS)
    reflected(ana, cohorts.bens, days=60, level=3, focus={"develops_method": ""})
    tap(as_ana, june, uses_feedback="4", develops_method="4")
    finish(as_ana, june, focus="uses_feedback")
    text = as_ana.get(f"/reflectie/{june}/terugblik").text
    assert "Terugblik op september 2025" in text
    assert re.findall(r'<fieldset id="(\w+)"', text) == ["develops_method"]


def test_the_look_back_of_others_is_not_there(
    as_: Callable[[Member], HouseClient], cleo: Member, handed_in: str
) -> None:
    assert as_(cleo).get(f"/reflectie/{handed_in}/terugblik").status_code == 404
    assert look(as_(cleo), handed_in, uses_feedback="2").status_code == 404


def test_nothing_of_a_look_back_enters_a_score_or_a_cohort(
    as_ana: HouseClient,
    engine: SqliteEngine,
    catalog: Catalog,
    ana: Member,
    ben: Member,
    handed_in: str,
) -> None:
    as_ana.post(f"/reflectie/{handed_in}/verbeteren")
    for item in catalog.reflection("kansencoach").items:
        tap(as_ana, handed_in, revision=2, **{item.key: "3"})
    finish(as_ana, handed_in, revision=2)

    def seen() -> list[Any]:
        (own,) = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)
        assert own.chart is not None
        by, at = scope_of(ben), stamp(START + timedelta(days=60))
        (cohort,) = cohorts_read.trained(engine, by)
        answers = cohort_store.answers(engine, by, cohort_id=cohort.id, at=at)
        return [own.chart.json, own.chart.table, own.chart.sentence, answers]

    before = seen()
    look(as_ana, handed_in, uses_feedback="1", explains_behaviour="1")
    assert kept(engine) == {"uses_feedback": 1, "explains_behaviour": 1}
    assert seen() == before
