"""A lead reads no reflection and no case: the database says what each page, export and document asks."""

import re
import sqlite3
from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from survey.access.permissions import Allow, mark_of
from survey.database import SqliteEngine
from survey.database.request import engine as of_request
from tests.client import HouseClient
from tests.conftest import Member, Signed

# What people said, chose and wrote of themselves or in a case. How many took part is no secret to a lead.
PRIVATE = {
    "reflection_answer", "micro_answer", "focus", "lookback", "task_emphasis", "checkin_answer",
    "goal_answer", "note", "hint_talk", "talk_agreed", "scale_decision", "factor_level", "phase_entry",
    "case_closing", "shared_focus", "reflection.open_line", "case.theme",
}  # fmt: skip
OWN = "/eigen-gegevens/"  # what everybody takes along of themselves: rows of the reader alone
Walk = Callable[[Member], dict[str, set[str]]]


@pytest.fixture
def walk(app: Flask, values: dict[str, str], as_: Signed) -> Iterator[Walk]:
    """Opens every address that asks to sign in; of those that open, what was read of what is private."""

    def everywhere(member: Member) -> dict[str, set[str]]:
        client, read = as_(member), set[str]()
        asks = of_request()  # the connection of every request while the context of the test is open
        assert isinstance(asks, SqliteEngine)

        def note(action: int, table: str | None, column: str | None, *_: object) -> int:
            if action == sqlite3.SQLITE_READ:
                read.update({f"{table}", f"{table}.{column}"} & PRIVATE)
            return sqlite3.SQLITE_OK

        asks._connection.set_authorizer(note)
        found = dict[str, set[str]]()
        for path in _addresses(app, values):
            read.clear()
            if _opens(client, path):
                found[path] = set(read)
        asks._connection.set_authorizer(None)
        return found

    with app.app_context():
        yield everywhere


def _addresses(app: Flask, values: dict[str, str]) -> list[str]:
    marked = {name: mark_of(view) for name, view in app.view_functions.items()}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    rules = [rule for rule in rules if isinstance(marked[rule.endpoint], Allow)]
    return [re.sub(r"<(?:\w+:)?(\w+)>", lambda name: values[name[1]], rule.rule) for rule in rules]


def _opens(client: HouseClient, path: str) -> bool:
    with client.get(path) as reply:
        assert reply.status_code < 500, path
        return bool(reply.status_code == 200 and reply.get_data())


def test_no_page_export_or_document_of_a_lead_reads_them(walk: Walk, lea: Member) -> None:
    found = walk(lea)
    assert len(found) > 70
    assert {path: read for path, read in found.items() if read and not path.startswith(OWN)} == {}


def test_the_walk_notices_what_a_coach_reads(walk: Walk, ana: Member) -> None:
    read = set[str]().union(*walk(ana).values())
    assert read >= {"reflection_answer", "focus", "checkin_answer", "note", "case.theme"}
    assert "reflection.open_line" in read
