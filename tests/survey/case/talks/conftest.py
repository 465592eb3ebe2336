"""Ana's device at the talks of her case, and how the pages of talks are read."""

from collections.abc import Callable

import pytest

from survey.database import SqliteEngine
from survey.talk import reports
from survey.talk.reports import Talk
from tests.client import every, parsed, words
from tests.conftest import Member, scope_of
from tests.survey.case.asking import case_id

TODAY = "2026-01-20"
HELD = {"who": ["parent-1"], "kind": "phone", "day": TODAY, "agreed": ["change_pace"], "line": "Rustig aan"}
COMING = {"who": ["parent-1", "teacher-1"], "kind": "meeting", "day": "2026-01-27", "starts_at": "15:15"}


@pytest.fixture
def page(code: str) -> str:
    return f"/trajecten/{code}"


@pytest.fixture
def noted(engine: SqliteEngine, ana: Member, code: str) -> Callable[[], list[Talk]]:
    """Every talk of the case as Ana reads it."""
    return lambda: reports.talks(engine, scope_of(ana), case_id(engine, code))


def buttons(text: str, value: str | None = None) -> list[str]:
    """The words on the buttons, or on those that send this name."""
    return [
        words(button)
        for button in every(parsed(text), "button")
        if value is None or button.get("name") == value
    ]


def filled(text: str, name: str) -> list[str]:
    """What the controls of this name hold: chosen boxes and options, typed text."""
    tree = parsed(text)
    boxes = [
        one.get("value")
        for one in every(tree, "input")
        if one.get("name") == name and (one.get("type") != "checkbox" or one.get("checked") is not None)
    ]
    chosen = [
        option.get("value")
        for select in every(tree, "select")
        if select.get("name") == name
        for option in every(select, "option")
        if option.get("selected") is not None
    ]
    typed = ["".join(one.itertext()) for one in every(tree, "textarea") if one.get("name") == name]
    return [*boxes, *chosen, *typed]
