"""Days as a school counts them."""

from datetime import UTC, date, datetime

import pytest

from survey.clock import days_of_school_year, is_midnight, last_day, school_year, year_after, year_before


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), "2025-2026"),
        (date(2026, 8, 1), "2026-2027"),
        (date(2026, 12, 31), "2026-2027"),
        (date(2027, 1, 1), "2026-2027"),
        (date(1999, 9, 1), "1999-2000"),
    ],
)
def test_a_school_year_begins_on_the_first_of_august(day: date, year: str) -> None:
    assert school_year(day) == year


def test_a_school_year_lasts_until_the_next_one() -> None:
    assert days_of_school_year("2026-2027") == (date(2026, 8, 1), date(2027, 7, 31))
    assert (year_before("2026-2027"), year_after("2026-2027")) == ("2025-2026", "2027-2028")


@pytest.mark.parametrize("name", ["", "2026", "2026-2028", "26-27", "२०२६-2027", "2026-2027-2028"])
def test_what_is_no_school_year_has_no_days(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        days_of_school_year(name)


@pytest.mark.parametrize(
    ("closes_at", "day", "whole"),
    [
        (datetime(2026, 1, 31, 23, 0, tzinfo=UTC), date(2026, 1, 31), True),
        (datetime(2026, 7, 31, 22, 0, tzinfo=UTC), date(2026, 7, 31), True),
        (datetime(2026, 1, 31, 22, 59, 59, tzinfo=UTC), date(2026, 1, 31), False),
        (datetime(2026, 1, 31, 23, 0, 1, tzinfo=UTC), date(2026, 2, 1), False),
    ],
)
def test_the_last_day_of_what_closes_is_counted_in_the_netherlands(
    closes_at: datetime, day: date, whole: bool
) -> None:
    assert (last_day(closes_at), is_midnight(closes_at)) == (day, whole)
