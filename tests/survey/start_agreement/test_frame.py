"""The profile weighs and does not oblige; who meets the coach, and what the coach leaves, is asked."""

import io

import pytest
from docx import Document
from flask import Flask

from survey.access.permissions import Scope
from survey.current import catalog
from survey.database import SqliteEngine
from tests.client import HouseClient, every, parsed, words
from tests.conftest import Member, Signed
from tests.survey.start_agreement import making

WEIGH = "Een coach hoeft niet alles te doen wat in het profiel staat."


@pytest.fixture
def lea_at(
    app: Flask, as_: Signed, lea: Member, engine: SqliteEngine, place: str, lead: Scope
) -> HouseClient:
    with app.app_context():
        making.draft(engine, place, lead)
    return as_(lea)


def test_roles_and_tasks_are_offered_as_something_to_weigh(app: Flask, lea_at: HouseClient, url: str) -> None:
    page = parsed(lea_at.get(f"{url}/deel/taken").text)
    assert WEIGH in words(page)
    offered = {box.get("value") for box in every(page, "input") if box.get("name") in {"role", "task"}}
    with app.app_context():
        profile = catalog().profile("kansencoach")
    assert offered >= {one.key for one in profile.roles} | {one.key for one in profile.tasks}
    chosen = [box for box in every(page, "input") if box.get("name") == "task" and box.get("checked")]
    assert chosen == [], "none of the tasks is taken for granted"


def test_the_document_says_so_too(lea_at: HouseClient, url: str) -> None:
    words_file = Document(io.BytesIO(lea_at.get(f"{url}/word").data))
    assert WEIGH in [one.text for one in words_file.paragraphs]


@pytest.mark.parametrize("who", ["team", "parents", "partners"])
def test_it_asks_how_each_meets_the_coach(app: Flask, lea_at: HouseClient, url: str, who: str) -> None:
    page = parsed(lea_at.get(f"{url}/deel/afspraken").text)
    with app.app_context():
        label = catalog().choice("introduction_prompt", who).label["nl"]
    fields = {one.get("name") for one in every(page, "textarea")}
    assert f"introduction_prompt.{who}" in fields
    assert label in words(page)


def test_it_asks_what_the_coach_leaves_to_others(lea_at: HouseClient, url: str) -> None:
    page = parsed(lea_at.get(f"{url}/deel/taken").text)
    (field,) = [one for one in every(page, "textarea") if one.get("name") == "not_done"]
    assert words(field) == "De coach lost niet elke ruzie op."
