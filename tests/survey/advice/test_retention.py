"""An advice is kept for seven years after it was signed, and then goes with every sentence."""

from datetime import timedelta

import pytest

from survey.access.permissions import Scope
from survey.advice import actions
from survey.advice.actions import Chosen
from survey.database import SqliteEngine
from survey.retention import actions as retention
from tests.survey.advice.conftest import JUNE

YEARS = timedelta(days=7 * 365)
SIGNED = JUNE + timedelta(days=30)


@pytest.fixture
def signed(engine: SqliteEngine, lead: Scope, written: str) -> str:
    chosen = Chosen("continue", "De school wil verder.", 4.5)
    actions.renew(engine, advice_id=written, by=lead, at=SIGNED)
    actions.choose(engine, advice_id=written, chosen=chosen, shown=None, by=lead, at=SIGNED)
    actions.sign(engine, advice_id=written, shown=None, by=lead, at=SIGNED)
    return written


def gone(engine: SqliteEngine, days: int) -> dict[str, int]:
    at = SIGNED + YEARS + timedelta(days=days)
    found = retention.delete_old(engine, at=at, session_lasts=timedelta(days=14))
    return {table: number for table, number in found.items() if table.startswith("advice")}


def test_a_signed_advice_goes_seven_years_after_signing(engine: SqliteEngine, signed: str) -> None:
    (row,) = engine.rows("SELECT count(*) AS n FROM advice_sentence")
    assert gone(engine, 0) == {}
    assert gone(engine, 3) == {"advice": 1, "advice_sentence": row["n"]}
    assert engine.rows("SELECT id FROM advice_sentence") == []


def test_a_draft_that_nobody_signed_goes_seven_years_after_it_was_made(
    engine: SqliteEngine, written: str
) -> None:
    assert gone(engine, -26).keys() == {"advice", "advice_sentence"}
