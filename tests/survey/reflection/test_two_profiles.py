"""A coach on two profiles: two rounds, two charts, and nothing of one stands in the other."""

import json
import re
from collections.abc import Callable
from datetime import date

import pytest

from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.reflection import reports
from tests.analysis.frames import TEXTS
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Cohorts, Member, scope_of
from tests.survey.reflection.conftest import finish, save
from tests.survey.reflection.test_growth import table

Reflected = Callable[..., str]
SCHOOL = "schoolcoach"
FIRST_DAY = date(2024, 9, 1)


@pytest.fixture
def schoolcoach(catalog: Catalog) -> Questionnaire:
    return catalog.reflection(SCHOOL)


@pytest.fixture
def twente(engine: SqliteEngine, ana: Member, cohorts: Cohorts) -> str:
    """A cohort of schoolcoaches with Ana in it; she is in Ben's cohort of kansencoaches as well."""
    engine.run("UPDATE cohort_member SET since = '2024-09-01'")
    key = cohorts_of.add_cohort(engine, name="twente", profile=SCHOOL, started_on=FIRST_DAY)
    cohorts_of.join(engine, cohort_id=key, person_id=ana.id, since=FIRST_DAY)
    return key


@pytest.fixture
def both(ana: Member, cohorts: Cohorts, twente: str, reflected: Reflected) -> None:
    """Two rounds on each profile, by turns: as kansencoach from two to three, as schoolcoach four to one."""
    reflected(ana, cohorts.bens, days=230, level=2)
    reflected(ana, twente, days=200, level=4, profile=SCHOOL)
    reflected(ana, cohorts.bens, days=120, level=3)
    reflected(ana, twente, days=90, level=1, profile=SCHOOL)


def test_each_profile_has_its_own_growth(
    engine: SqliteEngine, ana: Member, both: None, catalog: Catalog
) -> None:
    found = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)
    assert [one.profile.profile for one in found] == ["schoolcoach", "kansencoach"]
    levels = {one.profile.profile: [row[1] for row in one.chart.table.rows] for one in found if one.chart}
    assert levels == {
        "schoolcoach": ["4,0 ± 0,5", "1,0 ± 0,5"],
        "kansencoach": ["2,0 ± 0,3", "3,0 ± 0,3"],
    }
    sources = {one.profile.profile: one.chart.source_line for one in found if one.chart}
    assert "Versie 1.0-1.0: de tekst van alle 11 vragen bleef gelijk." in sources["schoolcoach"]
    assert "Het aantal vragen hier: houding 3, vaardigheden 7 en kennis 1." in sources["schoolcoach"]
    assert "Versie 2.0-1.0: de tekst van alle 17 vragen bleef gelijk." in sources["kansencoach"]
    assert "Hoe minder vragen" not in sources["kansencoach"]


def test_the_page_shows_both_side_by_side_each_with_its_own_figure(as_ana: HouseClient, both: None) -> None:
    page = as_ana.get("/groei").text
    assert [words(one) for one in every(parsed(page), "h2") if one.get("id")] == [
        "Profiel schoolcoach",
        "Profiel kansencoach",
    ]
    figures = re.findall(r'data-figure="([^"]+)"', page)
    assert figures == ["/groei/schoolcoach.json", "/groei/kansencoach.json"]
    lines = [json.loads(as_ana.get(each).text)["figure"]["data"][0]["y"] for each in figures]
    assert lines == [[4, 1], [2, 3]]


def test_a_first_round_on_a_second_profile_is_said_in_words(
    as_ana: HouseClient,
    ana: Member,
    cohorts: Cohorts,
    twente: str,
    reflected: Reflected,
) -> None:
    for days in (230, 120):
        reflected(ana, cohorts.bens, days=days)
    reflected(ana, twente, days=90, profile=SCHOOL)
    page = as_ana.get("/groei").text
    assert re.findall(r'data-figure="([^"]+)"', page) == ["/groei/kansencoach.json"]
    assert "Vanaf twee meetrondes tekenen we een lijn. Uw eerste ronde is binnen." in page
    assert as_ana.get("/groei/schoolcoach.json").status_code == 404


def test_a_missed_round_is_a_gap_on_its_own_profile_only(
    as_ana: HouseClient, both: None, twente: str, add_round: Callable[..., str]
) -> None:
    add_round(twente, days=60, profile=SCHOOL)
    page = as_ana.get("/groei").text
    school, chances = page.split('id="kansencoach"')
    assert [row[1] for row in table(school)] == ["4,0 ± 0,5", "1,0 ± 0,5", "niet ingevuld"]
    assert [row[1] for row in table(chances)] == ["2,0 ± 0,3", "3,0 ± 0,3"]


def test_a_coach_on_one_profile_reads_no_name_of_it(
    as_ana: HouseClient, ana: Member, cohorts: Cohorts, reflected: Reflected, engine: SqliteEngine
) -> None:
    engine.run("UPDATE cohort_member SET since = '2024-09-01'")
    for days in (230, 120):
        reflected(ana, cohorts.bens, days=days)
    for address in ("/groei", "/reflectie", "/vandaag"):
        assert "Profiel" not in as_ana.get(address).text


def test_two_open_rounds_are_told_apart_wherever_they_stand(
    as_ana: HouseClient, cohorts: Cohorts, twente: str, add_round: Callable[..., str]
) -> None:
    mine, theirs = add_round(twente, profile=SCHOOL), add_round(cohorts.bens)
    for address in ("/vandaag", "/reflectie"):
        page = as_ana.get(address).text
        assert page.count("Profiel schoolcoach") == page.count("Profiel kansencoach") == 1
    assert "profiel schoolcoach" in as_ana.get(f"/reflectie/{mine}/attitude").text
    assert "profiel kansencoach" in as_ana.get(f"/reflectie/{theirs}/attitude").text
    assert "profiel schoolcoach" in as_ana.get(f"/reflectie/{mine}/afronden").text


def test_fewer_questions_ask_fewer_minutes(
    as_ana: HouseClient, twente: str, cohorts: Cohorts, add_round: Callable[..., str]
) -> None:
    add_round(twente, profile=SCHOOL)
    assert "Ongeveer 3 minuten." in as_ana.get("/vandaag").text
    add_round(cohorts.bens)
    assert "Ongeveer 5 minuten." in as_ana.get("/vandaag").text


def test_a_schoolcoach_reflects_from_the_first_page_to_the_result(
    as_ana: HouseClient, twente: str, add_round: Callable[..., str], schoolcoach: Questionnaire
) -> None:
    round_id = add_round(twente, profile=SCHOOL)
    for block in schoolcoach.blocks:
        page = as_ana.get(f"/reflectie/{round_id}/{block.key}")
        assert page.status_code == 200
        items = schoolcoach.in_block(block.key)
        assert all(item.text["nl"] in page.text for item in items)
        kept = save(as_ana, round_id, block.key, **{item.key: "3" for item in items})
        assert kept.status_code == 303
    knowledge = as_ana.get(f"/reflectie/{round_id}/knowledge").text
    assert "1 van 1 beantwoord" in knowledge
    assert "Het komt uit de bijeenkomsten waar u was." in knowledge
    closing = as_ana.get(f"/reflectie/{round_id}/afronden").text
    assert closing.count('name="focus"') == len(schoolcoach.items)
    aim = {"focus": "coaches_teams", "aim-coaches_teams": "Een keer per week vragen."}
    assert finish(as_ana, round_id, **aim).status_code == 303
    result = as_ana.get(f"/reflectie/{round_id}").text
    assert "Een keer per week vragen." in result
    assert result.count("Ik doe dit zelf") >= 10


def test_a_result_stands_beside_the_last_round_on_the_same_profile(
    as_ana: HouseClient, both: None, engine: SqliteEngine
) -> None:
    newest = engine.one("SELECT id FROM round WHERE form = 'reflection-schoolcoach' ORDER BY opens_at DESC")
    assert newest
    page = as_ana.get(f"/reflectie/{newest['id']}").text
    assert "Hier staan uw antwoorden naast die van juli 2025." in page
    assert "de zin was toen anders" not in page


@pytest.mark.parametrize(
    ("knowledge", "cell"),
    [
        (Answer(4), "4,0 ± 0,7"),
        (Answer(None, "NOT_MET_YET"), "te weinig antwoorden"),
        (Answer(None, "NOT_IN_ASSIGNMENT"), "te weinig antwoorden"),
        (None, "te weinig antwoorden"),
    ],
)
def test_knowledge_with_one_question_is_that_answer_or_nothing(
    engine: SqliteEngine,
    ana: Member,
    both: None,
    twente: str,
    catalog: Catalog,
    reflected: Reflected,
    schoolcoach: Questionnaire,
    knowledge: Answer | None,
    cell: str,
) -> None:
    (item,) = schoolcoach.in_block("knowledge")
    reflected(ana, twente, days=40, level=4, but={item.key: knowledge}, profile=SCHOOL)
    grown = reports.growths(engine, scope_of(ana), START, catalog=catalog, texts=TEXTS)[0]
    assert grown.chart is not None
    assert grown.chart.table.rows[-1][1:4] == ("4,0 ± 0,5", "4,0 ± 0,3", cell)
    axis = json.loads(grown.chart.json)["figure"]["layout"]["yaxis"]
    assert axis["ticktext"] == ["verken", "oefen", "doe zelf", "ook lastig", "geef door"]
