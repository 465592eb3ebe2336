"""The school years for which pupils are noted."""

from datetime import date, timedelta

from survey.clock import school_year

BACK = 3
A_YEAR = timedelta(days=365)


def near(day: date) -> list[str]:
    """The next school year, that of the day and the three before, the newest first."""
    return [school_year(day + A_YEAR * away) for away in range(1, -BACK - 1, -1)]
