"""Every number of the register equals a sum that SQL works out by itself, also on random data."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.placement import reports
from survey.placement.hours import first_day, last_day
from survey.placement.reports import Filters
from tests.conftest import START, Member
from tests.survey.placement.conftest import YEAR
from tests.survey.placement.sums import LEAD, check_totals, check_used

STATUSES = (
    "wanted",
    "click_conversation",
    "agreed",
    "active",
    "paused",
    "vacant_funded",
    "vacant_unfunded",
    "ended",
)
MUNICIPALITIES, EMPLOYERS = ("Veenrand", "Heidewold", ""), ("Zorggroep", "Turfstreek", "")


def random_register(engine: SqliteEngine, people: list[str], seed: int) -> None:
    """Schools and placements without any order, as no act would make them."""
    chance = Random(seed)
    for number in range(25):
        school = {"id": f"s{number}", "name": f"School {number}", "place": f"Plaats {number}"}
        engine.insert("school", school | {"municipality": chance.choice(MUNICIPALITIES)})
        if chance.random() < 0.8:
            count = {"school_id": f"s{number}", "school_year": YEAR, "pupils": chance.randint(0, 400)}
            engine.insert("school_count", count)
    for number in range(150):
        status = chance.choice(STATUSES)
        starts = first_day(YEAR) + timedelta(days=chance.randrange(365))
        ends = starts + timedelta(days=chance.randrange((last_day(YEAR) - starts).days + 1))
        someone = status in {"click_conversation", "agreed", "active", "paused", "ended"}
        engine.insert(
            "placement",
            {
                "id": f"p{number}",
                "school_id": f"s{chance.randrange(25)}",
                "school_year": YEAR,
                "person_id": chance.choice(people) if someone else None,
                "status": status,
                "starts_on": starts.isoformat(),
                "ends_on": ends.isoformat() if status == "ended" or chance.random() < 0.5 else None,
                "employer": chance.choice(EMPLOYERS),
                "hours_agreed": chance.choice([None, 0.25, 2.5, 4.0, 7.75]),
                "hours_needed": chance.choice([None, 3.0, 5.5]),
            },
        )
        for month in ("2025-09", "2025-10", "2026-02", "2026-06"):
            if chance.random() < 0.5:
                row = {"placement_id": f"p{number}", "month": month, "hours": chance.choice([0, 2.25, 6.0])}
                engine.insert("hours_log", row | {"noted_at": "2026-01-20T10:00:00+00:00"})


@pytest.mark.parametrize("seed", range(4))
def test_the_sums_of_a_random_register_are_those_of_plain_sql(
    engine: SqliteEngine, ana: Member, cleo: Member, seed: int
) -> None:
    random_register(engine, [ana.id, cleo.id], seed)
    for day in (first_day(YEAR), date(2025, 11, 3), START.date(), last_day(YEAR)):
        check_totals(engine, YEAR, day)
    check_used(engine, YEAR)


@pytest.mark.parametrize("seed", range(4))
def test_a_total_of_filters_adds_up_the_lines_that_are_shown(
    engine: SqliteEngine, ana: Member, cleo: Member, seed: int
) -> None:
    random_register(engine, [ana.id, cleo.id], seed)
    day = START.date()
    for filters in (Filters(), Filters(status="active"), Filters(employer="Zorggroep", text="1")):
        asked: dict[str, Any] = {"school_year": YEAR, "day": day, "filters": filters}
        lines = [one.placement for one in reports.every(engine, LEAD, **asked)]
        running = [one for one in lines if one.runs_on(day)]
        total = reports.totals(engine, LEAD, **asked).all
        assert total.places == len(running)
        assert total.needed == pytest.approx(sum(one.hours_needed or 0 for one in running))
        assert reports.register(engine, LEAD, **asked).number == len(lines)
