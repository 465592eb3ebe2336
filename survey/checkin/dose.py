"""How often someone may be asked: a pause after every answer, and quiet after an incident. Pure rules."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from msgspec import Struct

from survey.clock import local_day
from survey.questionnaire.vocabulary import Family

PAUSE: Mapping[Family, timedelta] = MappingProxyType(
    {Family.RELATIONSHIP: timedelta(days=14), Family.WELLBEING: timedelta(days=28)}
)
QUIET = timedelta(days=7)  # after an incident nobody in the case is asked anything


class Because(StrEnum):
    """Why someone is better not asked now."""

    RECENT = "recent"
    INCIDENT = "incident"


class Dose(Struct, frozen=True):
    """Whether someone can be asked now, and if not: since which day, why, and from which day on they can."""

    because: Because | None = None
    since: date | None = None
    free_from: date | None = None

    @property
    def free(self) -> bool:
        """Whether nothing stands in the way."""
        return self.because is None


FREE = Dose()


class Doses(Struct, frozen=True):
    """The dose of everyone in one case: when each person last answered each check, and the incidents."""

    answered: Mapping[tuple[str, Family], datetime]
    incidents: Collection[date]
    at: datetime

    def last(self, informant_id: str | None, family: Family) -> date | None:
        """The day this person last answered this check."""
        found = self.answered.get((informant_id or "", family))
        return local_day(found) if found else None

    def of(self, informant_id: str | None, family: Family) -> Dose:
        """The dose of one person for one check; None is someone who is new."""
        found = self.answered.get((informant_id or "", family))
        return dose(family, [found] if found else [], self.incidents, self.at)


def dose(family: Family, answered: Sequence[datetime], incidents: Iterable[date], at: datetime) -> Dose:
    """What the two rules say about asking one person for one check.

    `answered` holds the moments this person answered a check of this family: links without an answer do not
    count. `incidents` are days in the life of the case. Days count, not hours, as on a calendar at home.
    """
    today = local_day(at)
    found = [Dose(Because.INCIDENT, day, day + QUIET) for day in incidents if day <= today]
    if answered:
        last = local_day(max(answered))
        found.append(Dose(Because.RECENT, last, last + PAUSE[family]))
    in_the_way = [one for one in found if one.free_from is not None and today < one.free_from]
    return max(in_the_way, key=lambda one: one.free_from or today, default=FREE)


def due(doses: Mapping[Family, Dose], *, talked_today: bool = False) -> Family | None:
    """The check to ask for now, given the dose of each; None while both have to wait.

    A talk begins with how things are, about every four weeks, and ends with how the talk was: so wellbeing
    comes first where it is free again, unless today's talk with this person is over.
    """
    order = (
        (Family.RELATIONSHIP, Family.WELLBEING) if talked_today else (Family.WELLBEING, Family.RELATIONSHIP)
    )
    return next((family for family in order if doses[family].free), None)
