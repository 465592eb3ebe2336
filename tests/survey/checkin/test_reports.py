"""What the coach reads of check-ins: live links wait; answers stand beside the question asked then."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

from survey.access.permissions import Role, Scope
from survey.checkin import reports
from survey.checkin.reports import Check
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog, load
from tests.conftest import START, Member
from tests.survey.checkin.conftest import Asked
from tests.survey.questionnaire.samples import check_in, item, said, write


def test_a_link_that_no_longer_works_is_not_waited_for(
    app: Flask, engine: SqliteEngine, ana: Member, link: Asked
) -> None:
    scope = Scope(ana.id, ana.name, frozenset({Role.COACH}))
    assert [one.link_id for one in reports.waiting(engine, scope, at=START)] == [link.id]
    app.secret_key = "another secret of at least 32 characters"
    assert reports.waiting(engine, scope, at=START) == []


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    """A check whose second version edits w1, changes w2, drops w3 and adds w4."""
    asked = [
        item("w1", change="editorial", text=said("Is w1 nu goed?")),
        item("w2", change="changed", text=said("Is w2 nu fijn?")),
        item("w4"),
    ]
    first = check_in(items=[item("w1"), item("w2"), item("w3")])
    return load(write(tmp_path, first, check_in(version="1.1", items=asked, dropped=["w3"])))


def check(version: str, **values: int) -> Check:
    at = datetime(2026, 1, 20, 10, tzinfo=UTC)
    return Check("link", "informant", "talk-parent", version, at, values)


def test_an_answer_never_stands_beside_a_question_that_was_not_asked(catalog: Catalog) -> None:
    new, old = check("1.1", w1=1, w2=2, w4=4), check("1.0", w1=0, w2=3, w3=4)
    assert reports.compare(catalog, [new, old], "nl").rows == (
        ("Is w1 nu goed?", ("trap 1", "trap 0")),
        ("Is w2 nu fijn?", ("trap 2", None)),
        ("Is w4 goed?", ("trap 4", "–")),
        ("Is w3 goed?", ("–", "trap 4")),
    )


def test_checks_of_one_version_stand_side_by_side(catalog: Catalog) -> None:
    rows = reports.compare(catalog, [check("1.0", w1=1, w2=2, w3=3), check("1.0", w1=0)], "nl").rows
    assert [answers for _, answers in rows] == [("trap 1", "trap 0"), ("trap 2", "–"), ("trap 3", "–")]


def test_a_form_without_the_language_of_the_screen_is_read_in_dutch(tmp_path: Path) -> None:
    dutch = {"languages": {"nl": {"name": "Nederlands", "dir": "ltr", "status": "source"}}}
    plain = _only_dutch(check_in(items=[item("w1")], **dutch))
    rows = reports.compare(load(write(tmp_path, plain)), [check("1.0", w1=1)], "en").rows
    assert rows == (("Is w1 goed?", ("trap 1",)),)


def _only_dutch(data: object) -> dict[str, object]:
    def cut(value: object) -> object:
        if isinstance(value, list):
            return [cut(each) for each in value]
        if isinstance(value, dict):
            kept = {"nl": value["nl"]} if isinstance(value.get("nl"), str) else value
            return {key: cut(each) for key, each in kept.items()}
        return value

    cut_down = cut(data)
    assert isinstance(cut_down, dict)
    return cut_down


def test_the_page_says_that_a_question_was_different(
    app: Flask, catalog: Catalog, render: Callable[..., str]
) -> None:
    table = reports.compare(catalog, [check("1.1", w2=2), check("1.0", w2=3)], "nl")
    assert "de vraag was toen anders" in render(table)


@pytest.fixture
def render(app: Flask) -> Callable[..., str]:
    def rendered(table: reports.Comparison) -> str:
        with app.test_request_context("/"):
            macros = vars(app.jinja_env.get_template("case/_checks.html").make_module({}))
            return str(macros["side_by_side"](table, "antwoorden"))

    return rendered
