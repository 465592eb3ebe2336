"""Hours of a placement: the rule, the weeks of school in a period, and what hours come to over weeks.

Hours are hours a week, in quarters. This is the one home of the rule and of which weeks count.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache

from msgspec import Struct

from survey.clock import days_of_month, days_of_school_year

RULE_HOURS, RULE_PUPILS = 4, 150
MOST = 40  # hours a week that one person can be placed for
WITHOUT_SCHOOL = frozenset({7, 8})  # months in which no week counts
FIRST_MONDAY = date(1990, 1, 1)  # before any placement


class Hours(Struct, frozen=True):
    """Hours a week of one placement, four ways; None where nothing is known.

    `used` is the mean of the months that were written down, each by its weeks of school; `calculation` is
    how the rule comes to its hours.
    """

    rule: float | None
    calculation: str
    agreed: float | None
    needed: float | None
    used: float | None
    weeks_logged: int
    weeks_total: int


def rule(pupils: int) -> float:
    """The hours a week a school of this many pupils gets."""
    return pupils * RULE_HOURS / RULE_PUPILS


def calculation(pupils: int | None) -> str:
    """How the rule comes to its hours, to print beside them; empty where nobody counted."""
    return "" if pupils is None else f"{pupils} × {RULE_HOURS} / {RULE_PUPILS}"


def in_quarters(value: float) -> float:
    """Hours as they are agreed: in whole quarters of an hour."""
    return round(value * 4) / 4


def first_day(school_year: str) -> date:
    """The first day of a school year."""
    return days_of_school_year(school_year)[0]


def last_day(school_year: str) -> date:
    """The last day of a school year."""
    return days_of_school_year(school_year)[1]


def month_of(day: date) -> str:
    """The month of a day, as stored."""
    return f"{day:%Y-%m}"


def weeks(first: date, last: date) -> int:
    """The Mondays from `first` to `last`, both included, that lie in a month with school."""
    return max(_mondays_until(last) - _mondays_until(first - date.resolution), 0)


@lru_cache(maxsize=10_000)
def weeks_in(month: str, first: date, last: date) -> int:
    """The weeks of school of a month that lie in a period."""
    begins, ends = days_of_month(month)
    return weeks(max(begins, first), min(ends, last))


@lru_cache(maxsize=10_000)
def months(first: date, last: date) -> tuple[str, ...]:
    """The months of a period with a week of school in it, in order."""
    found, day = [], first.replace(day=1)
    while day <= last:
        month = month_of(day)
        if weeks_in(month, first, last):
            found.append(month)
        day = days_of_month(month)[1] + timedelta(days=1)
    return tuple(found)


@cache
def _mondays_until(day: date) -> int:
    """The Mondays that count, from long ago up to and with a day."""
    number = (day - FIRST_MONDAY).days // 7 + 1
    return sum((FIRST_MONDAY + timedelta(weeks=week)).month not in WITHOUT_SCHOOL for week in range(number))


def used(logged: Iterable[tuple[str, float]], first: date, last: date) -> tuple[float | None, int]:
    """The mean hours a week over the months that were written down, by their weeks, and those weeks."""
    counted = [(weeks_in(month, first, last), hours) for month, hours in logged]
    total = sum(number for number, _ in counted)
    return (sum(number * hours for number, hours in counted) / total if total else None), total
