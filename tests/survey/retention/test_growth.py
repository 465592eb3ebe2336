"""What hangs on own growth goes with the reflections: short rounds, look-backs, sharing."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.retention import actions
from tests.conftest import START, Member

AT = stamp(START)
YEAR = timedelta(days=365)


@pytest.fixture
def grown(
    engine: SqliteEngine, ana: Member, cleo: Member, ben: Member, add_round: Callable[..., str]
) -> None:
    """Ana and Cleo each answered a short round, looked back, and share their growth."""
    cohort = cohorts_of.add_cohort(engine, name="c", profile="kansencoach", started_on=START.date())
    round_id, closes = add_round(cohort), stamp(START + timedelta(days=7))
    engine.insert("micro_round", {"id": "short", "cohort_id": cohort, "opens_at": AT, "closes_at": closes})
    for member in (ana, cleo):
        key, item = member.id, {"item": "S7", "item_version": "1", "value": 3, "answered_at": AT}
        mine = {"id": key, "person_id": key}
        started = {"round_id": round_id, "revision": 1, "started_at": AT, "saved_at": AT}
        engine.insert("reflection", mine | started)
        engine.insert("lookback", {"reflection_id": key, "about_round_id": round_id} | item)
        engine.insert("micro_answer", {"micro_round_id": "short", "person_id": key, "form": "f"} | item)
        engine.insert("growth_share", mine | {"trainer_id": ben.id, "shared_at": AT, "ended_at": None})


def delete(engine: SqliteEngine, days: int) -> dict[str, int]:
    return actions.delete_old(engine, at=START + YEAR + timedelta(days=days), session_lasts=YEAR)


def test_all_of_it_goes_twelve_months_after_the_coach_left(
    engine: SqliteEngine, ana: Member, cleo: Member, grown: None
) -> None:
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"at": AT, "id": ana.id})
    assert not {"micro_answer", "lookback"} & delete(engine, 0).keys()
    gone = delete(engine, 1)
    assert [gone[table] for table in ("micro_answer", "lookback")] == [1, 1]
    assert engine.one("SELECT person_id FROM micro_answer") == {"person_id": cleo.id}
    assert engine.one("SELECT reflection_id FROM lookback") == {"reflection_id": cleo.id}


def test_whom_a_trainer_saw_one_by_one_is_known_until_that_trainer_is_gone(
    engine: SqliteEngine, ana: Member, ben: Member, grown: None
) -> None:
    """Else numbers that were withheld since they shared would show up, about those who are left."""
    engine.run("UPDATE growth_share SET ended_at = :at", {"at": AT})
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"at": AT, "id": ana.id})
    assert "growth_share" not in delete(engine, 800)
    engine.run("UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"at": AT, "id": ben.id})
    assert "growth_share" not in delete(engine, 0)
    assert delete(engine, 1)["growth_share"] == 2
