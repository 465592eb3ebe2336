"""Everything that is wrong with a folder of questionnaires, at once."""

from __future__ import annotations

from pathlib import Path

from survey.questionnaire.catalog import load
from survey.questionnaire.files import read
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.lint import lint
from survey.questionnaire.plain_words import load_plain_words


def problems(folder: Path) -> list[Finding]:
    """Every finding in a folder: what keeps it from loading first, then what is not plain enough."""
    found: list[Finding] = []
    try:
        load(folder)
    except BrokenQuestionnaires as broken:
        found += broken.errors
    try:
        found += lint(read(folder), load_plain_words(folder))
    except BrokenQuestionnaires as broken:
        found += broken.errors
    return found
