"""A trend goes on only where a sentence is still the same question; elsewhere it breaks, and says so."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.evaluation import actions
from survey.evaluation.outcome import reports
from survey.evaluation.release import reports as releases
from survey.web.texts import chart_texts
from tests.client import HouseClient, parsed, words
from tests.conftest import Clock, Member, scope_of
from tests.survey.evaluation.ballots import Ballots
from tests.survey.evaluation.outcome.conftest import CLEO, FORM, Release
from tests.survey.questionnaire.samples import Data, with_next

CHANGED, EDITORIAL = "works_in_practice", "lasts"


def in_other_words(form: Data) -> None:
    """One sentence asks something else from now on, and of one a word is put right."""
    for item in form["items"]:
        if item["key"] in {CHANGED, EDITORIAL}:
            item["change"] = "changed" if item["key"] == CHANGED else "editorial"
            item["text"] = {lang: f"{text} Nu." for lang, text in item["text"].items()}


@pytest.fixture
def later(
    app: Flask,
    tmp_path: Path,
    clock: Clock,
    released: str,
    release: Release,
    engine: SqliteEngine,
    lea: Member,
) -> str:
    """A second window, asked with the next version of the form, in which everybody disagrees."""
    app.extensions["catalog"] = with_next(tmp_path, f"{FORM}-1.0", "items", in_other_words)
    clock.forward(days=30)
    days = {"opens_at": clock(), "closes_at": clock() + timedelta(days=21), "at": clock()}
    window = actions.plan(engine, school_year="2025-2026", by=lea.id, **days)
    return release(window, (Ballots("Ana", (1,) * 12), CLEO))


def test_only_sentences_that_link_are_compared(
    app: Flask, engine: SqliteEngine, later: str, lea: Member
) -> None:
    scope, catalog = scope_of(lea, Role.LEAD), app.extensions["catalog"]
    found = releases.release(engine, scope, later, FORM)
    assert found
    assert found.version == "1.1"
    with app.test_request_context():
        outcome = reports.outcome(engine, scope, found, None, catalog=catalog, texts=chart_texts())
    assert outcome
    assert outcome.trend
    lines = {line.key: line for line in outcome.trend.result.lines}
    assert [key for key, line in lines.items() if line.breaks] == [CHANGED]
    assert [key for key, line in lines.items() if line.difference is None] == [CHANGED]
    assert len(lines) == 7


def test_the_page_names_the_sentence_that_has_new_words(
    as_: Callable[[Member], HouseClient], later: str, lea: Member
) -> None:
    text = words(parsed(as_(lea).get(f"/evaluatie/{later}/{FORM}").text))
    assert "werkt in mijn klas. Nu’ kreeg een nieuwe formulering. Daarom stopt daar de lijn." in text
    assert "niet te vergelijken" in text
    assert "maanden later nog. Nu’ kreeg een nieuwe formulering" not in text
