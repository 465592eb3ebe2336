"""The wellbeing check with someone's own goal: a fifth question from 0 to 10, stored apart, never needed."""

import gzip
import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.checkin import actions
from survey.database import SqliteEngine
from survey.web import pages
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START
from tests.survey.checkin.conftest import ANSWERS, HOW_IT_GOES, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
LANGUAGES = ["nl", "en", "ar", "uk", "pl", "tr", "ti"]
REPLY = {item: int(value) for item, value in HOW_IT_GOES.items()}


@pytest.fixture
def link(ask: Ask) -> Asked:
    return ask(family="wellbeing", goal="calm_start")


def rungs(page: str) -> list[str]:
    return [each.get("value") for each in every(parsed(page), "input") if each.get("name") == "goal"]


@pytest.mark.parametrize("kind", ["parent", "pupil"])
def test_the_goal_is_the_fifth_question_with_eleven_answers(client: HouseClient, ask: Ask, kind: str) -> None:
    page = client.get(ask(kind, family="wellbeing", goal="calm_start").path).text
    assert rungs(page) == [str(number) for number in range(11)]
    last = [words(legend) for legend in every(parsed(page), "legend")][-1]
    assert "Vraag 5 van 5" in last
    assert "rustig naar school gaan in de ochtend" in last
    for said in (
        "0: het lukt nog niet",
        "10: het lukt helemaal",
        "mag deze vraag overslaan",
        "Vijf korte vragen",
    ):
        assert said in page


@pytest.mark.parametrize("kind", ["parent", "pupil", "teacher"])
def test_without_a_goal_there_are_four_questions(client: HouseClient, ask: Ask, kind: str) -> None:
    page = client.get(ask(kind, family="wellbeing").path).text
    assert rungs(page) == []
    assert page.count("<fieldset") == 4
    assert page.count("<i>") == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_asks_for_the_goal_in_its_own_words(
    client: HouseClient, link: Asked, app: Flask, lang: str
) -> None:
    goal = app.extensions["catalog"].goal("calm_start").label
    page = client.get(f"{link.path}?taal={lang}").text
    assert goal[lang] in page
    assert goal["nl"] in page
    assert rungs(page) == [str(number) for number in range(11)]


@pytest.mark.parametrize("value", ["0", "4", "5", "10"])
def test_the_goal_is_stored_apart_from_the_answers(
    engine: SqliteEngine, client: HouseClient, link: Asked, value: str
) -> None:
    assert client.post(link.path, data={**HOW_IT_GOES, "goal": value}).status_code == 303
    stored = {row["item"]: row["value"] for row in engine.rows("SELECT item, value FROM checkin_answer")}
    assert stored == REPLY
    assert engine.rows("SELECT goal, value FROM goal_answer") == [{"goal": "calm_start", "value": int(value)}]


def test_the_goal_may_be_skipped(engine: SqliteEngine, client: HouseClient, link: Asked) -> None:
    assert client.post(link.path, data=HOW_IT_GOES).status_code == 303
    assert len(engine.rows("SELECT item FROM checkin_answer")) == 4
    assert engine.rows("SELECT goal FROM goal_answer") == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"goal": "11"}, 422),
        ({"goal": "-1"}, 422),
        ({"goal": "7.5"}, 422),
        ({"goal": "٧"}, 422),
        ({"goal": ["3", "4"]}, 422),
        ({"goal": "zeven"}, 422),
        ({"doel": "7"}, 400),
    ],
)
def test_a_faulty_goal_stores_nothing_and_keeps_the_rest(
    client: HouseClient, link: Asked, dump: Dump, body: dict[str, str], status: int
) -> None:
    before = dump()
    page = client.post(link.path, data={**HOW_IT_GOES, **body})
    assert page.status_code == status
    assert page.text.count(" checked") == (4 if status == 422 else 0)
    assert dump() == before


def test_a_goal_that_was_chosen_comes_back_with_what_misses(client: HouseClient, link: Asked) -> None:
    page = client.post(link.path, data={"u1": "3", "goal": "10"})
    assert page.status_code == 422
    assert 'id="goal-10" name="goal" value="10" checked' in page.text


@pytest.mark.parametrize(("family", "answers"), [("relationship", ANSWERS), ("wellbeing", HOW_IT_GOES)])
def test_a_goal_nobody_asked_for_is_refused(
    client: HouseClient, ask: Ask, dump: Dump, family: str, answers: dict[str, str]
) -> None:
    link = ask(family=family)
    before = dump()
    assert client.post(link.path, data={**answers, "goal": "3"}).status_code == 400
    assert dump() == before


@pytest.mark.parametrize("goal", [{"goal": "6"}, {}], ids=["another", "none"])
def test_the_same_answers_with_another_goal_are_another_answer(
    client: HouseClient, link: Asked, dump: Dump, goal: dict[str, str]
) -> None:
    client.post(link.path, data={**HOW_IT_GOES, "goal": "5"})
    before = dump()
    assert client.post(link.path, data={**HOW_IT_GOES, "goal": "5"}).status_code == 303
    assert client.post(link.path, data={**HOW_IT_GOES, **goal}).status_code == 409
    assert dump() == before


@pytest.mark.parametrize("value", [-1, 11])
def test_the_act_refuses_what_the_form_does_not_offer(
    engine: SqliteEngine, link: Asked, dump: Dump, value: int
) -> None:
    before = dump()
    with pytest.raises(ValueError, match="goal"):
        actions.submit(engine, token=link.token, reply={**REPLY, "goal": value}, clock=lambda: START)
    assert dump() == before


def test_a_page_is_made_once_for_each_goal(client: HouseClient, ask: Ask, app: Flask) -> None:
    catalog = app.extensions["catalog"]
    form = catalog.get("wellbeing-parent")
    calm, likes = (pages.look(form.with_goal(catalog.goal(key))) for key in ("calm_start", "likes_school"))
    first, second = (client.get(ask(family="wellbeing", goal="calm_start").path).data for _parent in range(2))
    assert first == second == pages.page("checkin/form", calm).body
    assert pages.page("checkin/form", calm) is pages.page("checkin/form", calm)
    assert (
        pages.page("checkin/form", likes).body
        != pages.page("checkin/form", calm).body
        != pages.page("checkin/form", pages.look(form)).body
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_with_a_goal_is_light(plain: FlaskClient, link: Asked, lang: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = plain.get(f"{link.path}?taal={lang}&hier=1", headers=packed)
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', gzip.decompress(page.data).decode())
    sizes = [len(page.data), *(len(plain.get(address, headers=packed).data) for address in addresses)]
    assert len(sizes) == 3
    assert sum(sizes) <= 14 * 1024, f"{lang}: {sizes}"
