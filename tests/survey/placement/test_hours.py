"""The rule, the weeks that count, and what written hours come to."""

from datetime import date

import pytest

from survey.placement import hours


@pytest.mark.parametrize(
    ("pupils", "expected"), [(0, 0.0), (75, 2.0), (112, 2.99), (150, 4.0), (205, 5.47), (300, 8.0)]
)
def test_a_school_of_150_pupils_gets_four_hours_and_others_in_proportion(
    pupils: int, expected: float
) -> None:
    assert hours.rule(pupils) == pytest.approx(expected, abs=0.005)
    assert hours.calculation(pupils) == f"{pupils} × 4 / 150"


def test_a_school_that_nobody_counted_has_no_calculation() -> None:
    assert hours.calculation(None) == ""


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2025, 9, 1), date(2025, 9, 1), 1),  # a Monday
        (date(2025, 9, 2), date(2025, 9, 7), 0),
        (date(2025, 9, 1), date(2025, 9, 30), 5),
        (date(2025, 8, 1), date(2025, 8, 31), 0),
        (date(2025, 7, 1), date(2025, 9, 7), 1),
        (date(2025, 8, 1), date(2026, 7, 31), 44),  # September to June
        (date(2025, 9, 8), date(2025, 9, 1), 0),
    ],
)
def test_weeks_are_mondays_outside_july_and_august(first: date, last: date, expected: int) -> None:
    assert hours.weeks(first, last) == expected


def test_the_weeks_of_a_period_are_those_of_its_months() -> None:
    first, last = date(2025, 9, 17), date(2026, 3, 4)
    months = hours.months(first, last)
    assert months[0] == "2025-09"
    assert months[-1] == "2026-03"
    assert sum(hours.weeks_in(month, first, last) for month in months) == hours.weeks(first, last)


def test_a_month_without_a_week_in_the_period_is_not_asked_for() -> None:
    assert hours.months(date(2025, 6, 30), date(2025, 9, 1)) == ("2025-06", "2025-09")
    assert hours.months(date(2025, 10, 28), date(2025, 11, 2)) == ()


@pytest.mark.parametrize(
    ("logged", "mean", "weeks"),
    [
        ([], None, 0),
        ([("2025-09", 3.0)], 3.0, 5),
        ([("2025-09", 3.0), ("2025-10", 6.0)], (5 * 3 + 4 * 6) / 9, 9),
        ([("2025-08", 9.0), ("2025-09", 3.0)], 3.0, 5),  # a week of the holidays weighs nothing
    ],
)
def test_used_hours_are_a_mean_by_weeks(
    logged: list[tuple[str, float]], mean: float | None, weeks: int
) -> None:
    assert hours.used(logged, date(2025, 8, 1), date(2026, 7, 31)) == (mean, weeks)


def test_a_half_month_weighs_half() -> None:
    mean, weeks = hours.used([("2025-09", 2.0), ("2025-10", 4.0)], date(2025, 9, 22), date(2026, 7, 31))
    assert weeks == 2 + 4
    assert mean == pytest.approx((2 * 2 + 4 * 4) / 6)


@pytest.mark.parametrize(("value", "kept"), [(3.1, 3.0), (3.13, 3.25), (3.5, 3.5), (3.99, 4.0)])
def test_hours_are_kept_in_quarters(value: float, kept: float) -> None:
    assert hours.in_quarters(value) == kept


def test_a_school_year_runs_from_august_to_july() -> None:
    assert (hours.first_day("2025-2026"), hours.last_day("2025-2026")) == (
        date(2025, 8, 1),
        date(2026, 7, 31),
    )
