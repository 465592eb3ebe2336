"""The words a questionnaire is described in: who answers, when, who sees it, how, and what changed."""

from enum import StrEnum
from typing import Self


class Visibility(StrEnum):
    """Who sees one answer; fixed before the first answer and never converted."""

    OWN = "own"
    TOGETHER = "together"
    ANONYMOUS = "anonymous"
    NAMED = "named"


class Respondent(StrEnum):
    COACH = "coach"
    PARENT = "parent"
    PUPIL = "pupil"
    TEACHER = "teacher"
    IB = "ib"
    DIRECTOR = "director"


class Moment(StrEnum):
    ROUND = "round"
    START_OF_TALK = "start_of_talk"
    END_OF_TALK = "end_of_talk"
    YEARLY_WINDOW = "yearly_window"


class Family(StrEnum):
    """The two check-ins of a case: each is a family of forms, one for each kind of respondent."""

    RELATIONSHIP = "relationship"
    WELLBEING = "wellbeing"

    @classmethod
    def of(cls, form: str) -> Self:
        """The family a form belongs to. Raises ValueError for a form that is no check-in."""
        return cls(form.partition("-")[0])

    def form_for(self, respondent: str) -> str:
        """The name of the form for one kind of respondent: `wellbeing-parent`."""
        return f"{self}-{respondent}"


class Change(StrEnum):
    """What happened to an item since the version before; trend lines run on over same and editorial only."""

    SAME = "same"
    EDITORIAL = "editorial"
    CHANGED = "changed"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


class Kind(StrEnum):
    """How an item is answered; `fields.FIELDS` holds the field of each."""

    SCALE5 = "scale5"
    LEVEL = "level"
    OWN_ESTIMATE = "own_estimate"
    LADDER = "ladder11"
