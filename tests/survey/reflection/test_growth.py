"""Own growth: nothing yet, one round, a line from two on, a gap for a round missed; never anyone else's."""

import json
import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.questionnaire.fields import Answer
from tests.client import HouseClient
from tests.conftest import START, Cohorts, Member
from tests.survey.reflection.conftest import finish, tap

Reflected = Callable[..., str]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def table(text: str) -> list[list[str]]:
    """The cells of the numbers, row by row."""
    body = re.search(r"<tbody>(.*?)</tbody>", text, re.DOTALL)
    assert body is not None
    rows = re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)
    return [[words(cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_without_a_round_the_page_says_how_to_begin(as_ana: HouseClient, cohorts: Cohorts) -> None:
    text = as_ana.get("/groei").text
    assert "Nog geen groei te zien" in text
    assert "Begin met uw eerste reflectie." in text
    assert as_ana.get("/groei/kansencoach.json").status_code == 404


def test_one_round_is_shown_in_words_and_not_as_a_line(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected
) -> None:
    only = reflected(ana, cohorts.bens, days=120)
    text = as_ana.get("/groei").text
    assert "Uw eerste ronde is binnen." in text
    assert f'href="/reflectie/{only}"' in text
    assert "<figure" not in text
    assert as_ana.get("/groei/kansencoach.json").status_code == 404


def test_a_draft_does_not_count(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, round_id: str
) -> None:
    reflected(ana, cohorts.bens, days=120)
    tap(as_ana, round_id, uses_feedback="5")
    assert "Uw eerste ronde is binnen." in as_ana.get("/groei").text


def test_from_two_rounds_on_there_is_a_finding_a_figure_and_a_table_in_that_order(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected
) -> None:
    reflected(ana, cohorts.bens, days=120, level=2)
    skills = {"uses_feedback": Answer(4), "develops_method": Answer(4), "scales_up_or_down": Answer(4)}
    reflected(ana, cohorts.bens, days=30, level=2, but={**skills, "builds_shared_support": Answer(4)})
    text = as_ana.get("/groei").text
    places = [text.index(part) for part in ("<figcaption>", 'class="plot"', "Toon cijfers", "<table")]
    assert places == sorted(places)
    assert "Uw vaardigheden groeiden meer dan toeval kan verklaren." in text
    assert table(text) == [
        ["sep 25", "2,0 ± 0,3", "2,0 ± 0,3", "2,0 ± 0,4", "2,0 ± 0,2"],
        ["dec 25", "2,0 ± 0,3", "3,0 ± 0,3", "2,0 ± 0,4", "2,5 ± 0,2"],
    ]


def test_the_figure_comes_apart_from_the_numbers(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected
) -> None:
    for days in (120, 30):
        reflected(ana, cohorts.bens, days=days)
    reply = as_ana.get("/groei/kansencoach.json")
    assert reply.mimetype == "application/json"
    traces = json.loads(reply.text)["figure"]["data"]
    assert [trace["name"] for trace in traces] == ["houding", "vaardigheden", "kennis"]
    assert [trace["y"] for trace in traces] == [[2, 2], [2, 2], [2, 2]]


def test_a_missed_round_is_a_gap(
    as_ana: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    reflected: Reflected,
    add_round: Callable[..., str],
) -> None:
    reflected(ana, cohorts.bens, days=230)
    add_round(cohorts.bens, days=130)
    reflected(ana, cohorts.bens, days=30, level=3)
    client = as_ana
    text = client.get("/groei").text
    assert table(text)[1] == ["sep 25", *["niet ingevuld"] * 4]
    traces = json.loads(client.get("/groei/kansencoach.json").text)["figure"]["data"]
    assert traces[0]["y"] == [2, None, 3]


@pytest.fixture(autouse=True)
def _member_for_long(engine: SqliteEngine, cohorts: Cohorts) -> None:
    engine.run("UPDATE cohort_member SET since = '2024-09-01'")


def test_an_open_round_is_not_a_gap_yet(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, round_id: str
) -> None:
    for days in (120, 60):
        reflected(ana, cohorts.bens, days=days)
    assert len(table(as_ana.get("/groei").text)) == 2


def test_the_latest_submitted_revision_counts(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, round_id: str
) -> None:
    reflected(ana, cohorts.bens, days=120, level=2)
    knowledge = ("knows_local_services", "explains_behaviour", "knows_systemic_work")
    tap(as_ana, round_id, **dict.fromkeys(knowledge, "2"))
    finish(as_ana, round_id)
    as_ana.post(f"/reflectie/{round_id}/verbeteren")
    tap(as_ana, round_id, revision=2, **dict.fromkeys(knowledge, "5"))
    assert table(as_ana.get("/groei").text)[1][3] == "2,0 ± 0,4"
    finish(as_ana, round_id, revision=2)
    assert table(as_ana.get("/groei").text)[1][3] == "5,0 ± 0,4"


def test_focus_shows_then_now_and_aim_in_words(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected
) -> None:
    reflected(ana, cohorts.bens, days=120, level=2)
    aim = {"uses_feedback": "Elke keer vragen."}
    reflected(ana, cohorts.bens, days=30, level=4, focus=aim)
    text = words(as_ana.get("/groei").text)
    assert "september 2025: Ik oefen dit december 2025: Ik kan dit ook als het lastig wordt" in text
    assert "Mijn doel: Elke keer vragen." in text


def test_growth_shows_nothing_of_others(
    as_: Callable[[Member], HouseClient],
    ana: Member,
    cleo: Member,
    cohorts: Cohorts,
    engine: SqliteEngine,
    reflected: Reflected,
) -> None:
    cohorts_of.join(
        engine, cohort_id=cohorts.bens, person_id=cleo.id, since=START.date() - timedelta(days=300)
    )
    for days in (120, 30):
        reflected(ana, cohorts.bens, days=days, level=5)
    assert "Begin met uw eerste reflectie." in as_(cleo).get("/groei").text


@pytest.mark.parametrize("path", ["/groei", "/groei/kansencoach.json", "/reflectie"])
def test_only_coaches_have_these_pages(
    as_: Callable[[Member], HouseClient], ben: Member, lea: Member, nobody: Member, path: str
) -> None:
    assert [as_(other).get(path).status_code for other in (ben, lea, nobody)] == [404, 404, 404]
