"""Every number of an advice equals a sum that SQL works out by itself, also on random data."""

from datetime import date

import pytest

from survey.advice import reports
from survey.database import SqliteEngine
from survey.placement import reports as placements
from tests.conftest import Member
from tests.survey.advice.conftest import YEAR
from tests.survey.advice.sums import LEAD, check
from tests.survey.placement.test_sums import random_register


@pytest.mark.parametrize("seed", range(4))
def test_the_numbers_of_a_random_register_are_those_of_plain_sql(
    engine: SqliteEngine, ana: Member, cleo: Member, seed: int
) -> None:
    random_register(engine, [ana.id, cleo.id], seed)
    said = set[str]()
    for day in (date(2025, 11, 3), date(2026, 6, 9)):
        for school in (None, *(f"s{number}" for number in range(25))):
            said |= check(engine, school, YEAR, day)
    assert said >= {"hours_differ_without_reason", "hours_log_incomplete", "programme_hours_uncounted"}


def test_the_numbers_of_a_place_that_runs_over_stop_at_the_day_of_reading(
    engine: SqliteEngine, school: str, ana: Member
) -> None:
    place = {"id": "over", "school_id": school, "person_id": ana.id, "status": "active"}
    engine.insert("placement", {**place, "school_year": "2024-2025", "starts_on": "2024-08-01"})
    months = [f"2024-{month:02}" for month in (9, 10, 11, 12)] + [f"2025-{month:02}" for month in range(1, 7)]
    for month in (*months, "2025-09", "2025-10"):
        row = {"placement_id": "over", "month": month, "hours": 2.0 if month < "2025-09" else 6.0}
        engine.insert("hours_log", {**row, "noted_by": ana.id, "noted_at": "2025-11-01T10:00:00+00:00"})
    today = date(2025, 11, 3)
    assert "hours_used" in check(engine, school, "2024-2025", today)
    assert "hours_used" in check(engine, school, "2025-2026", today)
    (said,) = [
        one
        for one in reports.drafted(engine, LEAD, school_id=school, school_year="2024-2025", today=today)
        if one.key == "hours_used"
    ]
    assert said.fields["hours_used"] == "2,0"
    assert said.period == "1 augustus 2024 tot en met 30 juni 2025"
    hours = placements.hours(engine, LEAD, "over")
    assert hours
    assert (hours.weeks_logged, hours.weeks_total) == (53, 53)
