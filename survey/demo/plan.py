"""What is going to happen in a case, laid down or drawn by chance, before rows are made of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from survey.questionnaire.vocabulary import Family

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"
UNDER_12, FROM_12 = "under_12", "12_to_15"
QUIET: Final = 7  # days after an incident on which nobody is asked anything


class Ask(Struct, frozen=True):
    """One check someone is asked for in a talk; without values it stays unanswered."""

    who: str
    family: Family
    values: tuple[int, ...] | None = None
    goal: int | None = None
    declined: bool = False
    reason: str | None = None
    dose_reason: str | None = None
    stops: bool = False
    talked: str | None = None


class Talk(Struct, frozen=True):
    """One talk, or an incident, with what was asked in it."""

    day: date
    kind: str
    with_: tuple[str, ...] = ()
    state: str = "done"
    agreed: tuple[str, ...] = ()
    line: str = ""
    asks: tuple[Ask, ...] = ()
    starts_at: str | None = None


class Asked(Struct, frozen=True):
    """One check that was asked for; `talked` is what was agreed on its hints where a story says so."""

    link_id: str
    who: str
    family: Family
    at: datetime
    values: tuple[int, ...] | None
    talked: str | None
    stops: bool


class Agreement(Struct, frozen=True):
    """What parents, and from 12 years on the pupil, answered; `ended` is the day it stopped counting."""

    noted: date
    age_band: str = UNDER_12
    first_parent: str | None = YES
    second_parent: str | None = YES
    pupil: str | None = None
    ended: date | None = None
    because: str | None = None

    @property
    def allows(self) -> bool:
        """Whether the pupil may be asked while this counts."""
        pupil = self.age_band == UNDER_12 or self.pupil == YES
        return pupil and self.first_parent == YES and self.second_parent in {YES, NOT_APPLICABLE}

    def holds_on(self, day: date) -> bool:
        """Whether the pupil may be asked on a day; on its first and last day nobody does."""
        return self.allows and self.noted < day and (self.ended is None or day < self.ended)


class Course(Struct, frozen=True):
    """All that happens in one case: who has which goal, what was agreed, every talk from old to new."""

    people: Sequence[str]
    goals: Mapping[str, str]
    agreements: Sequence[Agreement]
    talks: Sequence[Talk]
