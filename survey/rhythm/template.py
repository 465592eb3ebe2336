"""What a school year holds before the holidays move it, as its file tells it."""

from datetime import date, time
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from survey.questionnaire.frozen import Frozen, Key, Many, OneOf, Words
from survey.rhythm import files
from survey.rhythm.spans import DAY, Span, days_of

SHIPPED = Path(__file__).with_name("template.toml")
WEEK = 7


class Weekday(StrEnum):
    """The days on which something can begin, in order."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"


class When(Frozen):
    """The nth such weekday of a month."""

    month: Annotated[int, Field(ge=1, le=12)]
    nth: Annotated[int, Field(ge=1, le=4)]
    weekday: OneOf[Weekday]

    def wanted(self, year: str) -> date:
        """That day in a school year."""
        whole = days_of(year)
        first = date((whole.first if self.month >= whole.first.month else whole.last).year, self.month, 1)
        ahead = (list(Weekday).index(self.weekday) - first.weekday()) % WEEK
        return first + (ahead + WEEK * (self.nth - 1)) * DAY


class FullRound(When):
    """A round on the whole profile, perhaps with a look back."""

    days: Annotated[int, Field(ge=1, le=60)]
    lookback: bool = False


class ShortRound(When):
    """A round on focus items only."""

    days: Annotated[int, Field(ge=1, le=30)]


class Meeting(When):
    """A meeting of the cohort."""

    kind: Key
    title: Words
    starts: Annotated[time, Field(alias="from")]
    ends: Annotated[time, Field(alias="until")]

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends <= self.starts:
            raise PydanticCustomError("ends-before-it-begins", "it ends before it begins")
        return self


class Template(Frozen):
    """All that a school year holds."""

    gap_days: Annotated[int, Field(ge=0, le=30)]
    rounds: Many[FullRound]
    short_rounds: Many[ShortRound]
    events: Many[Meeting]


@cache
def shipped() -> Template:
    """The template of this installation."""
    return files.load(Template, SHIPPED)


def of_month(day: date) -> Span:
    """The days of the month of this day, from it on."""
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Span(day, following - DAY)
