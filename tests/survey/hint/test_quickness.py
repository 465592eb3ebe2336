"""Vandaag asks for the hints of all open cases at once, and has them in a blink."""

from datetime import timedelta
from time import process_time

import pytest

from survey.case.hints import noticed
from survey.clock import stamp
from survey.database import Row, SqliteEngine
from tests.conftest import START
from tests.survey.hint.answering import Answering

CASES, PEOPLE, CHECKS = 30, 3, 6
GENEROUS = 0.060  # seconds; a machine that does much else needs four times what it takes


def fill(case: Answering) -> None:
    """Thirty open cases of this coach, each with three people who answered six checks."""
    tables: dict[str, list[Row]] = {"informant": [], "checkin_link": [], "checkin": [], "checkin_answer": []}
    for number in range(CASES):
        case.engine.run(
            'INSERT INTO "case" (id, code, coach_id, school_id, opened_at) '
            'SELECT :id, :id, coach_id, school_id, opened_at FROM "case" WHERE id = :like',
            {"id": f"c{number}", "like": case.id},
        )
        for person in range(PEOPLE):
            _person(tables, f"c{number}", person)
    with case.engine.atomic():
        for table, rows in tables.items():
            case.engine.insert(table, rows)


def _person(tables: dict[str, list[Row]], case_id: str, number: int) -> None:
    who = f"{case_id}-{number}"
    tables["informant"].append({"id": who, "case_id": case_id, "kind": "parent", "number": number + 1})
    for n in range(CHECKS):
        key, at = f"{who}-{n}", START - timedelta(days=14 * n)
        tables["checkin_link"].append(
            {
                "id": key,
                "informant_id": who,
                "form": "relationship-parent",
                "version": "1.0",
                "token_hash": f"{key:0>64}",
                "created_at": stamp(at),
                "expires_at": stamp(at + timedelta(days=2)),
            }
        )
        tables["checkin"].append({"id": key, "link_id": key, "answered_at": stamp(at)})
        tables["checkin_answer"] += [
            {"checkin_id": key, "item": f"w{item}", "item_version": "1.0", "value": 3 - (n == 0)}
            for item in range(1, 5)
        ]


def test_thirty_open_cases_are_asked_about_at_once(case: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = SqliteEngine.rows

    def counted(engine: SqliteEngine, sql: str, params: Row | None = None) -> list[Row]:
        asked.append(sql)
        return rows(engine, sql, params)

    monkeypatch.setattr(SqliteEngine, "rows", counted)
    fill(case)
    asked.clear()
    with case.app.test_request_context():
        found = noticed.waiting(case.engine, case.scope, at=START)
    assert len(found) > CASES
    assert len(asked) == 3  # the checks, what was talked about, the thresholds


def test_thirty_open_cases_take_a_blink(case: Answering) -> None:
    fill(case)
    with case.app.test_request_context():
        times = []
        for _ in range(7):
            start = process_time()
            noticed.waiting(case.engine, case.scope, at=START)
            times.append(process_time() - start)
    assert min(times) < GENEROUS, f"{min(times) * 1000:.1f} ms"
