"""An advice sets a share beside that of last year only where the same sentence was asked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from survey.advice.drafting import Drafted
from survey.database import SqliteEngine
from tests.survey.advice.conftest import Release
from tests.survey.questionnaire.samples import Data, with_next

STATEMENT = "works_in_practice"


@pytest.mark.parametrize(
    ("change", "compared"),
    [("changed", {"clear_role"}), ("editorial", {"clear_role", STATEMENT})],
)
def test_a_sentence_that_asks_something_else_is_not_compared(
    app: Flask,
    tmp_path: Path,
    engine: SqliteEngine,
    drafted: Callable[..., tuple[Drafted, ...]],
    placed: str,
    release: Release,
    change: str,
    compared: set[str],
) -> None:
    def other_words(form: Data) -> None:
        (item,) = [one for one in form["items"] if one["key"] == STATEMENT]
        item["change"] = change
        item["text"] = {lang: f"{text} Nu." for lang, text in item["text"].items()}

    app.extensions["catalog"] = with_next(tmp_path, "evaluation-teacher-1.0", "items", other_words)
    release(75, year="2024-2025")
    release(80)
    engine.run("UPDATE evaluation_release SET version = '1.1' WHERE window_id = 'w-2026'")
    said = {one.about.split("/")[1] for one in drafted() if one.key == "same_as_last_year"}
    shares = {one.about.split("/")[1] for one in drafted() if one.key == "teachers_share"}
    assert shares == {"clear_role", STATEMENT}
    assert said == compared
