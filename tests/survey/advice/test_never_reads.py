"""No advice reads reflections, cases or checks: the database itself says which tables are read."""

import ast
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from survey.access.permissions import Scope
from survey.advice import actions, reports
from survey.database import SqliteEngine
from survey.database.request import engine as of_request
from tests.client import HouseClient
from tests.conftest import Member
from tests.survey.advice.conftest import JUNE, SCHOOL, YEAR, Release

ROOM = Path(__file__).parents[3] / "survey" / "advice"
MAY_READ = {
    "advice",
    "advice_sentence",
    "audit",
    "evaluation_about",
    "evaluation_form",
    "evaluation_invitation",
    "evaluation_node",
    "evaluation_release",
    "evaluation_window",
    "hours_log",
    "intended_yield",
    "named_talk",
    "person",
    "placement",
    "role_grant",
    "school",
    "school_climate",
    "school_count",
    "start_agreement",
    "start_choice",
    "start_line",
    "start_signature",
    "yield_review",
}
OF_A_VISIT = {"session", "rate_limit", "setting", "outbox", "cohort", "notice"}
NEVER = {
    "ballot",
    "ballot_answer",
    "ballot_line",
    "named_answer",
    "named_line",
    "sealed_ballot",
    "reflection",
    "reflection_answer",
    "micro_answer",
    "focus",
    "lookback",
    "case",
    "talk",
    "note",
    "checkin",
    "checkin_answer",
    "goal_answer",
    "hint_talk",
    "informant",
    "agreement",
}


def watch(engine: SqliteEngine, read: set[str]) -> None:
    """From now on every table that this connection reads is noted, as the database tells it."""

    def note(action: int, table: str | None, *_: object) -> int:
        if action == sqlite3.SQLITE_READ and table:
            read.add(table)
        return sqlite3.SQLITE_OK

    engine._connection.set_authorizer(note)


@contextmanager
def watched(engine: SqliteEngine) -> Iterator[set[str]]:
    """The tables that are read meanwhile."""
    read = set[str]()
    watch(engine, read)
    try:
        yield read
    finally:
        engine._connection.set_authorizer(None)


@pytest.fixture
def everything(agreement: str, release: Release) -> None:
    release(80, 70)
    release(80, form="evaluation-director-programme")
    release(75, year="2024-2025")


@pytest.mark.parametrize("about", [SCHOOL, None])
def test_drafting_reads_no_reflection_no_case_and_no_ballot(
    engine: SqliteEngine, lead: Scope, everything: None, about: str | None
) -> None:
    with watched(engine) as read:
        key = actions.draft(engine, school_id=about, school_year=YEAR, by=lead, at=JUNE)
        actions.renew(engine, advice_id=key, by=lead, at=JUNE)
        chosen = actions.Chosen("continue", "Samen verder.", 4.5)
        actions.choose(engine, advice_id=key, chosen=chosen, shown=None, by=lead, at=JUNE)
        actions.sign(engine, advice_id=key, shown=None, by=lead, at=JUNE)
        reports.progress(engine, lead, YEAR)
    assert {"placement", "evaluation_release", "advice_sentence"} <= read
    assert read <= MAY_READ
    assert not read & NEVER


def test_the_watch_sees_a_table_that_is_read(engine: SqliteEngine) -> None:
    with watched(engine) as read:
        engine.rows('SELECT id FROM "case"')
    assert read == {"case"}
    assert read <= NEVER


def test_its_pages_read_no_more(
    engine: SqliteEngine,
    lead: Scope,
    everything: None,
    as_: Callable[[Member], HouseClient],
    lea: Member,
) -> None:
    key = actions.draft(engine, school_id=SCHOOL, school_year=YEAR, by=lead, at=JUNE)
    client, read = as_(lea), set[str]()
    pages_ask = of_request()  # the connection of every request while the context of the test is open
    assert isinstance(pages_ask, SqliteEngine)
    watch(pages_ask, read)
    pages = ["/advies", f"/advies/{key}", f"/advies/{key}/tekst", f"/advies/{key}/keuze"]
    for path in [*pages, f"/advies/{key}/ondertekenen", f"/advies/{key}/advies.docx"]:
        assert client.get(path).status_code == 200
    pages_ask._connection.set_authorizer(None)
    assert "advice_sentence" in read
    assert not read & NEVER
    assert read <= MAY_READ | OF_A_VISIT


def test_the_room_imports_no_room_that_knows_them() -> None:
    named = {
        name
        for path in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module
        for name in [node.module.split(".")[1] if node.module.startswith("survey.") else ""]
    }
    assert not named & {"reflection", "case", "checkin", "cohort", "coaching", "hint", "talk"}
