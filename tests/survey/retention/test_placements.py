"""Placements are kept seven years after they end, with their history and hours."""

from datetime import timedelta
from typing import Any

import pytest

from survey.clock import stamp
from survey.database import SqliteEngine
from tests.conftest import START, Member
from tests.survey.retention.test_retention import delete

SEVEN_YEARS_ON = START.replace(year=2033)
PLACED: dict[str, Any] = {
    "id": "p", "school_id": "s", "school_year": "2025-2026", "status": "ended",
    "starts_on": "2025-09-01", "ends_on": "2026-01-20",
}  # fmt: skip


@pytest.fixture
def school(engine: SqliteEngine) -> str:
    engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
    return "s"


def test_a_placement_goes_with_its_history_and_hours(engine: SqliteEngine, school: str, ana: Member) -> None:
    engine.insert("placement", PLACED | {"person_id": ana.id})
    engine.insert("placement", PLACED | {"id": "q", "starts_on": "2026-01-21", "ends_on": "2026-07-31",
                                         "follows": "p"})  # fmt: skip
    engine.insert("placement_change", {"id": "c", "placement_id": "p", "at": stamp(START),
                                       "field": "status", "after": "ended"})  # fmt: skip
    engine.insert(
        "hours_log", {"placement_id": "p", "month": "2025-09", "hours": 3, "noted_at": stamp(START)}
    )
    early = delete(engine, SEVEN_YEARS_ON - timedelta(days=1))
    assert not {"placement", "placement_change", "hours_log"} & set(early)
    gone = delete(engine, SEVEN_YEARS_ON + timedelta(days=1))
    assert {name: gone[name] for name in ("placement", "placement_change", "hours_log")} == {
        "placement": 1, "placement_change": 1, "hours_log": 1,
    }  # fmt: skip
    assert engine.rows("SELECT id, follows FROM placement") == [{"id": "q", "follows": None}]


@pytest.mark.parametrize(
    ("status", "with_a_coach", "goes"), [("active", True, False), ("wanted", False, True)]
)
def test_where_a_coach_may_still_work_is_kept(
    engine: SqliteEngine, school: str, ana: Member, status: str, with_a_coach: bool, goes: bool
) -> None:
    person = ana.id if with_a_coach else None
    engine.insert("placement", PLACED | {"status": status, "ends_on": None, "person_id": person})
    gone = delete(engine, SEVEN_YEARS_ON)
    assert ("placement" in gone) is goes
