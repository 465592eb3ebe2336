"""The school years for which pupils are noted."""

from datetime import date

from survey.clock import school_year

BACK = 3


def near(day: date) -> list[str]:
    """The next school year, that of the day and the three before, the newest first."""
    first = int(school_year(day)[:4])
    return [f"{year}-{year + 1}" for year in range(first + 1, first - BACK - 1, -1)]
