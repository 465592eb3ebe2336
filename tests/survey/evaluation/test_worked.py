"""Who worked at a school in the days a window looks back on."""

import pytest

from survey.database import SqliteEngine
from survey.evaluation import store
from tests.conftest import Member

SINCE, UNTIL = "2025-10-01", "2026-05-01"
HELD = {
    "school_id": "s",
    "school_year": "2025-2026",
    "status": "active",
    "starts_on": "2025-09-01",
    "hours_agreed": 3.5,
}


@pytest.mark.parametrize(
    ("told", "works"),
    [
        ({}, True),
        ({"status": "paused"}, True),
        ({"status": "ended", "ends_on": "2026-01-12"}, True),
        ({"status": "ended", "ends_on": SINCE}, True),
        ({"starts_on": UNTIL}, True),
        ({"status": "ended", "ends_on": "2025-09-30"}, False),
        ({"starts_on": "2026-05-02"}, False),
        ({"status": "agreed"}, False),
        ({"status": "click_conversation"}, False),
    ],
)
def test_only_who_worked_there_in_these_days_stands_in_the_tree(
    engine: SqliteEngine, ana: Member, told: dict[str, str], works: bool
) -> None:
    engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
    engine.insert("placement", {"id": "p", "person_id": ana.id, **HELD, **told})
    found = store.places(engine, since=SINCE, until=UNTIL)
    assert [(row["person_id"], row["hours"]) for row in found] == ([(ana.id, 3.5)] if works else [])


def test_hours_count_of_places_where_somebody_works_and_no_others(engine: SqliteEngine, ana: Member) -> None:
    engine.insert("school", {"id": "s", "name": "De Kraanheide", "place": "Veenrand"})
    for key, told in {
        "autumn": {"status": "ended", "ends_on": "2025-12-31", "hours_agreed": 2.0},
        "spring": {"starts_on": "2026-01-01", "hours_agreed": 3.0},
        "hoped": {"starts_on": "2026-02-01", "status": "agreed", "hours_agreed": 8.0},
    }.items():
        engine.insert("placement", {"id": key, "person_id": ana.id, **HELD, **told})
    (found,) = store.places(engine, since=SINCE, until=UNTIL)
    assert found["hours"] == 5.0
