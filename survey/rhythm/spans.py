"""Days from the first to the last, both included; pure."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Self

from msgspec import Struct

from survey.clock import HOME, days_of_school_year, last_day, local_day

DAY = timedelta(days=1)


class Span(Struct, frozen=True, order=True):
    """Some days in a row: a holiday, a round, a day with a meeting."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, days: int) -> Self:
        """So many days from the first on."""
        return cls(first, first + (days - 1) * DAY)

    @classmethod
    def between(cls, opens_at: datetime, closes_at: datetime) -> Self:
        """The days that lie, whole or in part, between two moments."""
        return cls(local_day(opens_at), last_day(closes_at))

    @property
    def opens_at(self) -> datetime:
        """The first moment of the first day, in the Netherlands."""
        return datetime.combine(self.first, time(), HOME)

    @property
    def closes_at(self) -> datetime:
        """The moment after the last day, in the Netherlands."""
        return datetime.combine(self.last + DAY, time(), HOME)

    @property
    def days(self) -> int:
        """How many days, the first and the last included."""
        return (self.last - self.first).days + 1

    def meets(self, other: Self) -> bool:
        """Whether they have a day in common."""
        return self.first <= other.last and other.first <= self.last

    def widened(self, days: int) -> Self:
        """With so many days more before it and after it."""
        return type(self)(self.first - days * DAY, self.last + days * DAY)


def meets_any(span: Span, others: Iterable[Span]) -> bool:
    """Whether some of the others has a day in common with it."""
    return any(span.meets(other) for other in others)


def days_of(year: str) -> Span:
    """All days of a school year such as '2026-2027'. Raises ValueError for anything else."""
    return Span(*days_of_school_year(year))
