"""When things happen in Veenrand, counted back from the day it is loaded."""

from datetime import date, datetime, time, timedelta
from typing import Final, Self

from msgspec import Struct

from survey.clock import HOME, school_year
from survey.demo.chance import Chance
from survey.rhythm.reports import Region, are_schools_closed

REGION: Final = Region.NOORD
WEEKS_BACK: Final = (95, 76, 57, 39, 19, 0)
FRIDAY: Final = 4
ROUND_LASTS: Final = timedelta(weeks=3)
MONTHS: Final = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


class Calendar(Struct, frozen=True):
    """The six rounds of two school years. The newest opened the week before and is open now."""

    day: date
    openings: tuple[date, ...]

    @classmethod
    def of(cls, day: date) -> Self:
        newest = day - timedelta(days=day.weekday() + 7)
        return cls(day, tuple(newest - timedelta(weeks=weeks) for weeks in WEEKS_BACK))

    @property
    def yesterday(self) -> date:
        """The last day on which something happened: nothing in the region lies ahead of the visitor."""
        return self.day - timedelta(days=1)

    @property
    def first_year(self) -> int:
        """The calendar year in which the running school year began."""
        return int(school_year(self.day)[:4])

    @property
    def years(self) -> tuple[str, ...]:
        """Two finished school years and the running one, oldest first."""
        return tuple(f"{first}-{first + 1}" for first in range(self.first_year - 2, self.first_year + 1))

    @property
    def newest(self) -> int:
        return len(self.openings) - 1


def midnight(day: date) -> datetime:
    """The first moment of a day in the Netherlands."""
    return datetime.combine(day, time(), HOME)


def working_moment(chance: Chance, day: date) -> datetime:
    """A moment in school hours; a weekend becomes the Friday before."""
    return midnight(workday(day)) + timedelta(hours=8, minutes=5 * chance.randint(3, 105))


def end_of_work(day: date) -> datetime:
    """The moment just after school hours; a weekend becomes the Friday before."""
    return midnight(workday(day)) + timedelta(hours=17)


def workday(day: date) -> date:
    """The same day; a weekend becomes the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def month_name(day: date) -> str:
    """As in "mei 2025"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def open_day(day: date) -> date:
    """The same day; where schools are closed the first working day after it."""
    while day.weekday() > FRIDAY or are_schools_closed(day, REGION):
        day += timedelta(days=1)
    return day
