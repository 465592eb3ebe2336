"""An agreement that waits for a signature and has a remark asks for attention once: for the remark."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from survey.clock import stamp
from survey.database import Row, SqliteEngine
from survey.programme import reports
from survey.programme.reports import Kind
from tests.client import HouseClient
from tests.conftest import START, Member
from tests.survey.programme.sums import LEAD


@pytest.fixture
def asked(engine: SqliteEngine, ana: Member) -> Callable[..., None]:
    """An agreement of Ana at a school of that name that was sent to somebody to sign."""

    def add(school: str, **said: str) -> None:
        engine.insert("school", {"id": school, "name": school, "place": "Veenrand"})
        place = {"id": school, "school_id": school, "school_year": "2025-2026", "person_id": ana.id}
        engine.insert("placement", {**place, "status": "active", "starts_on": "2026-01-19"})
        row = {"id": f"a-{school}", "placement_id": school, "version": 1, "state": "asked"}
        row |= {"profile": "kansencoach", "profile_version": "2.0", "made_at": stamp(START)}
        engine.insert("start_agreement", {**row, "saved_at": stamp(START)})
        signature = {"id": f"s-{school}", "agreement_id": row["id"], "partner": "director", **said}
        signature |= {"token_hash": school.ljust(64, "0"), "expires_at": stamp(START)}
        engine.insert("start_signature", signature)

    return add


REMARK = {"remark": "Graag ook de ouderraad.", "remarked_at": stamp(START)}


def matters(app: Flask, engine: SqliteEngine) -> dict[Kind, list[str]]:
    with app.app_context():
        found = reports.matters(engine, LEAD, START)
    return {one.kind: [entry.about for entry in one.entries] for one in found}


def test_each_agreement_stands_under_one_heading(
    app: Flask, engine: SqliteEngine, asked: Callable[..., None]
) -> None:
    asked("Stil")
    asked("Gezegd", **REMARK)
    asked("Toch", **REMARK, signed_at=stamp(START), name="Joris")
    assert matters(app, engine) == {Kind.SIGNATURES: ["Stil", "Toch"], Kind.REMARKS: ["Gezegd"]}


def test_many_agreements_ask_the_database_no_more_than_one(
    app: Flask, engine: SqliteEngine, asked: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    questions, read = [], SqliteEngine.rows

    def rows(self: SqliteEngine, *told: Any) -> list[Row]:
        questions.append(told)
        return read(self, *told)

    monkeypatch.setattr(SqliteEngine, "rows", rows)
    asked("Stil")
    asked("Gezegd", **REMARK)
    matters(app, engine)
    of_two = len(questions)
    for number in range(5):
        asked(f"Stil {number}")
        asked(f"Gezegd {number}", **REMARK)
    assert len(matters(app, engine)[Kind.REMARKS]) == 6
    assert len(questions) == 2 * of_two


def test_the_page_names_it_once(
    asked: Callable[..., None], as_: Callable[[Member], HouseClient], lea: Member
) -> None:
    asked("Gezegd", **REMARK)
    assert as_(lea).get("/programma").text.count('href="/inzet/Gezegd/startafspraak"') == 1
