"""Days as a school counts them."""

from datetime import date

import pytest

from survey.clock import school_year


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
