"""A placement as it stands, and what its status says; touches nothing."""

from datetime import date
from typing import Final

from msgspec import Struct

from survey.clock import school_year as year_of
from survey.database import Row
from survey.placement.hours import last_day

STATUSES: Final = "placement_status"  # lists of the catalogue
END_REASONS: Final = "end_reason"
HOURS_REASONS: Final = "hours_reason"
WISH: Final = "placement_wish"

WITH_A_COACH: Final = frozenset({"agreed", "active", "paused", "ended"})
WITH_A_CANDIDATE: Final = frozenset({"click_conversation"})
WITHOUT_A_COACH: Final = frozenset({"wanted", "vacant_funded", "vacant_unfunded"})
OPEN: Final = frozenset({"wanted", "click_conversation", "vacant_funded"})  # somebody is looked for
END_OF_YEAR: Final = "end_of_school_year"  # why a placement ends that goes on in the next
FREE: Final = frozenset({"vacant_funded", "click_conversation"})  # paid for, and nobody there yet
WISHES: Final = ("continue", "more_hours", "fewer_hours", "other_role", "stop")


class Placement(Struct, frozen=True):
    """A place for a coach at a school in a period of one school year.

    `coach` is who fills it, or the candidate; None while it is vacant. Hours are hours a week; `pupils` is
    what the school counted that year, None where it did not.
    """

    id: str
    school_id: str
    school: str
    place: str
    municipality: str
    pupils: int | None
    school_year: str
    person_id: str | None
    coach: str | None
    status: str
    starts_on: date
    ends_on: date | None
    employer: str
    click_on: date | None
    hours_agreed: float | None
    agreed_because: str | None
    agreed_note: str
    hours_needed: float | None
    needed_because: str | None
    needed_note: str
    wish: str | None
    wish_note: str
    end_reason: str | None
    follows: str | None
    revision: int

    @property
    def until(self) -> date:
        """The last day that counts for its school year, also while no end is noted."""
        return self.ends_on or last_day(self.school_year)

    def runs_on(self, day: date) -> bool:
        """Whether this day lies in its period; a place without an end runs on."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def shares_a_day_with(self, other: "Placement") -> bool:
        """Whether both run on some day."""
        return (other.ends_on is None or self.starts_on <= other.ends_on) and (
            self.ends_on is None or other.starts_on <= self.ends_on
        )

    def runs_over(self, day: date) -> bool:
        """Whether it is left over from an earlier school year: to be continued or ended."""
        return self.school_year < year_of(day) and self.ends_on is None and self.status != "ended"

    def state(self, day: date) -> str:
        """Its status as it reads on a day: one that is to end still runs, one that is over has ended."""
        if self.status == "ended" and self.person_id and self.until >= day:
            return "active"
        if self.ends_on is not None and self.ends_on < day:
            return "ended"
        return self.status

    @property
    def is_open(self) -> bool:
        """Whether somebody is looked for."""
        return self.status in OPEN


def placement(row: Row) -> Placement:
    """A placement as its store reads it."""
    names = ("starts_on", "ends_on", "click_on")
    days = {name: row[name] and date.fromisoformat(row[name]) for name in names}
    return Placement(**{**row, **days})
