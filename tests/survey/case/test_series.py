"""The page of a case draws each person's answers from two checks on, in words always, for its coach alone."""

import json
import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.database import SqliteEngine
from survey.questionnaire.vocabulary import Family
from tests.client import HouseClient, every, parsed, words
from tests.conftest import BOTH_AGREE, START, Clock, Member
from tests.survey.case.asking import case_id

As = Callable[[Member], HouseClient]
Answer = Callable[..., None]
GOAL = "calm_start"


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    made = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    key = case_id(engine, made)
    cases.note_agreement(engine, case_id=key, given=BOTH_AGREE, by=ana.id, at=START)
    return made


@pytest.fixture
def answer(engine: SqliteEngine, ana: Member, code: str, clock: Clock) -> Answer:
    """Someone answers a check with these four values, a month after the one before."""

    def given(
        kind: str, values: str, family: Family = Family.RELATIONSHIP, goal: int | None = None, number: int = 1
    ) -> None:
        clock.forward(days=28)
        who = cases.add_informant(engine, case_id=case_id(engine, code), who=Who(kind, number))
        form = family.form_for(kind)
        asked_goal = GOAL if goal is not None else None
        _link, token = checkins.ask(
            engine, informant_id=who, form=form, version="1.0", by=ana.id, at=clock(), goal=asked_goal
        )
        letter = "w" if family is Family.RELATIONSHIP else "u"
        reply = {f"{letter}{place}": int(value) for place, value in enumerate(values, start=1)}
        if goal is not None:
            reply["goal"] = goal
        checkins.submit(engine, token=token, reply=reply, clock=clock)

    return given


def told_by(page: str, who: str) -> str:
    """The words of one person on the page."""
    voices = [one for one in every(parsed(page), "details") if one.get("class") == "voice"]
    (told,) = [words(one) for one in voices if any(name.get("id") == who for name in every(one, "h2"))]
    return told


def figures(page: str) -> list[str]:
    return re.findall(r'data-figure="([^"]+)"', page)


def test_nobody_answered_yet(as_: As, ana: Member, code: str) -> None:
    page = as_(ana).get(f"/trajecten/{code}").text
    assert "Hier komen de antwoorden, per persoon en per vraag." in page
    assert "chart.js" not in page


def test_one_check_is_shown_in_words_and_not_as_a_line(
    as_: As, ana: Member, code: str, answer: Answer
) -> None:
    answer("parent", "3341")
    page = as_(ana).get(f"/trajecten/{code}").text
    assert "Werkrelatie-check" in told_by(page, "parent-1")
    assert "ja, helemaal" in told_by(page, "parent-1")
    assert (figures(page), "chart.js" in page) == ([], False)


def test_from_two_checks_on_a_finding_stands_above_the_answers_in_words(
    as_: As, ana: Member, code: str, answer: Answer
) -> None:
    for values in ("3343", "4343", "3343", "2111"):
        answer("parent", values)
    client = as_(ana)
    told = told_by(client.get(f"/trajecten/{code}").text, "parent-1")
    finding = "De laatste check ligt onder wat gewoon is voor deze persoon."
    assert told.index(finding) < told.index("Toon cijfers") < told.index("Antwoorden in woorden")
    (address,) = figures(client.get(f"/trajecten/{code}").text)
    reply = client.get(address)
    assert reply.mimetype == "application/json"
    (line,) = json.loads(reply.text)["figure"]["data"]
    assert line["y"] == [13, 14, 13, 5]


def test_people_stand_apart_in_the_order_parent_pupil_teacher(
    as_: As, ana: Member, code: str, answer: Answer
) -> None:
    for kind, values in (("teacher", "1111"), ("pupil", "2222"), ("parent", "3333")):
        answer(kind, values)
        answer(kind, values)
    answer("parent", "0000", number=2)
    client = as_(ana)
    page = client.get(f"/trajecten/{code}").text
    names = [words(one) for one in every(parsed(page), "h2")]
    people = ["Ouder", "Andere ouder", "Leerling", "Leerkracht"]
    assert [name for name in names if name in people] == people
    lines = [json.loads(client.get(address).text)["figure"]["data"] for address in figures(page)]
    assert [[trace["y"] for trace in line] for line in lines] == [[[12, 12]], [[8, 8]], [[4, 4]]]


def test_wellbeing_is_four_lines_and_the_goal_one_of_its_own(
    as_: As, ana: Member, code: str, answer: Answer
) -> None:
    for values, goal in (("1122", 2), ("1121", 3), ("1421", 6)):
        answer("parent", values, Family.WELLBEING, goal)
    client = as_(ana)
    page = client.get(f"/trajecten/{code}").text
    told = told_by(page, "parent-1")
    assert "Samen liggen de antwoorden binnen wat gewoon is voor deze persoon." in told
    assert "Buiten de eigen zone: thuis (nu ‘heel goed’)." in told
    assert "Het eigen doel kreeg nu een 6, de keer daarvoor een 3." in told
    drawn = {address.rsplit("/", 1)[-1]: json.loads(client.get(address).text) for address in figures(page)}
    assert [trace["y"] for trace in drawn["wellbeing.json"]["figure"]["data"]] == [
        [1, 1, 1],
        [1, 1, 4],
        [2, 2, 2],
        [2, 1, 1],
    ]
    assert drawn["goal.json"]["figure"]["data"][0]["y"] == [2, 3, 6]


def test_one_answer_about_the_goal_stands_in_words(as_: As, ana: Member, code: str, answer: Answer) -> None:
    answer("parent", "1122", Family.WELLBEING, 4)
    told = told_by(as_(ana).get(f"/trajecten/{code}").text, "parent-1")
    assert "Eigen doel: rustig naar school gaan in de ochtend 4 van 10" in told


def test_the_newest_answers_come_first_and_older_ones_one_tap_away(
    as_: As, ana: Member, code: str, answer: Answer
) -> None:
    for values in ("0000", "1111", "2222", "3333", "4444"):
        answer("parent", values)
    told = told_by(as_(ana).get(f"/trajecten/{code}").text, "parent-1")
    assert told.index("ja, helemaal") < told.index("best wel") < told.index("1 eerdere check")
    assert told.index("1 eerdere check") < told.rindex("nee")


@pytest.mark.parametrize("name", ["wellbeing", "goal", "total", "parent"])
def test_a_figure_that_nobody_gave_answers_for_is_not_there(
    as_: As, ana: Member, code: str, answer: Answer, engine: SqliteEngine, name: str
) -> None:
    answer("parent", "3333")
    answer("parent", "3333")
    (who,) = [row["id"] for row in engine.rows("SELECT id FROM informant")]
    client = as_(ana)
    assert client.get(f"/trajecten/{code}/reeks/{who}/relationship.json").status_code == 200
    assert client.get(f"/trajecten/{code}/reeks/{who}/{name}.json").status_code == 404
    assert client.get(f"/trajecten/{code}/reeks/nobody/relationship.json").status_code == 404


def test_a_figure_is_for_the_coach_of_the_case_alone(
    as_: As,
    engine: SqliteEngine,
    ana: Member,
    cleo: Member,
    ben: Member,
    lea: Member,
    code: str,
    answer: Answer,
    school_of: Callable[[Member], str],
) -> None:
    answer("parent", "3333")
    answer("parent", "3333")
    (who,) = [row["id"] for row in engine.rows("SELECT id FROM informant")]
    address = f"/trajecten/{code}/reeks/{who}/relationship.json"
    assert [as_(one).get(address).status_code for one in (ana, cleo, ben, lea)] == [200, 404, 404, 404]
    other = cases.open_case(engine, school_id=school_of(cleo), by=cleo.id, at=START)
    through_own = f"/trajecten/{other}/reeks/{who}/relationship.json"
    assert as_(cleo).get(through_own).status_code == 404, "a person of another case is not in this one"


def test_a_closed_case_keeps_its_lines(
    as_: As, engine: SqliteEngine, ana: Member, code: str, answer: Answer
) -> None:
    answer("parent", "3333")
    answer("parent", "3333")
    engine.run("UPDATE \"case\" SET closed_at = '2026-06-01T00:00:00+00:00'")
    client = as_(ana)
    (address,) = figures(client.get(f"/trajecten/{code}").text)
    assert client.get(address).status_code == 200
