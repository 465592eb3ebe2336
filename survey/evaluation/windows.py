"""A window in which the evaluation is open: its days and how far it is."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Self

from msgspec import Struct

from survey.clock import days_of_school_year, last_day, local_day, moment, moment_or_none, stamp
from survey.database import Row
from survey.fingerprint import fingerprint

LONGEST = timedelta(days=100)


class State(StrEnum):
    """How far a window is."""

    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"  # and not counted yet
    COUNTED = "counted"


class Window(Struct, frozen=True):
    """One window; `seal` tells whether the key of its answers is still the same."""

    id: str
    school_year: str
    opens_at: datetime
    closes_at: datetime
    opened_at: datetime | None
    counted_at: datetime | None
    seal: str | None

    @classmethod
    def of(cls, row: Row) -> Self:
        """From a row of the table."""
        return cls(
            id=row["id"],
            school_year=row["school_year"],
            opens_at=moment(row["opens_at"]),
            closes_at=moment(row["closes_at"]),
            opened_at=moment_or_none(row["opened_at"]),
            counted_at=moment_or_none(row["counted_at"]),
            seal=row["seal"],
        )

    @property
    def first_day(self) -> date:
        """The first day on which people can answer."""
        return local_day(self.opens_at)

    @property
    def last_day(self) -> date:
        """The last day on which people can answer."""
        return last_day(self.closes_at)

    @property
    def fingerprint(self) -> str:
        """The mark of its days: another one where somebody changed them."""
        return fingerprint(stamp(self.opens_at), stamp(self.closes_at))

    @property
    def days(self) -> dict[str, str]:
        """The days it looks back on, as stores take them: its school year, until the day it opened."""
        first, last = days_of_school_year(self.school_year)
        until = max(first, min(last, self.first_day))
        return {"since": first.isoformat(), "until": until.isoformat()}

    def state(self, at: datetime) -> State:
        """How far it is; planned until it was opened, for without that nobody was asked."""
        if self.counted_at:
            return State.COUNTED
        if self.opened_at is None:
            return State.PLANNED
        return State.OPEN if at < self.closes_at else State.CLOSED
