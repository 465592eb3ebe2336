"""When a round is open and whom it asks; pure rules, no database and no request."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from survey.clock import HOME, local_day, moment
from survey.database import Row


@dataclass(frozen=True, slots=True)
class Round:
    """One measuring round of a cohort, as seen by a coach in it."""

    id: str
    form: str
    version: str
    opens_at: datetime
    closes_at: datetime
    started_on: date

    @classmethod
    def of(cls, row: Row) -> Self:
        return cls(
            id=row["id"],
            form=row["form"],
            version=row["version"],
            opens_at=moment(row["opens_at"]),
            closes_at=moment(row["closes_at"]),
            started_on=date.fromisoformat(row["started_on"]),
        )

    def is_open(self, at: datetime) -> bool:
        """Open from the opening moment up to, and not at, the closing moment."""
        return self.opens_at <= at < self.closes_at

    def has_opened(self, at: datetime) -> bool:
        return self.opens_at <= at

    @property
    def closes_at_midnight(self) -> bool:
        """Whether people can say "up to and including" the last day."""
        return self.closes_at.astimezone(HOME).time() == time.min

    @property
    def last_day(self) -> date:
        return local_day(self.closes_at - timedelta(seconds=1))

    @property
    def day(self) -> date:
        """The day it opens, in the Netherlands: memberships are counted in days."""
        return local_day(self.opens_at)


def asked(row: Row) -> bool:
    """Whether a member since `since`, perhaps until `until`, takes part in the round of this row.

    Who joins later is asked from the next round on; who has left before the opening day is not asked.
    """
    opening_day = local_day(row["opens_at"]).isoformat()
    return bool(row["since"] <= opening_day and (row["until"] is None or opening_day <= row["until"]))
