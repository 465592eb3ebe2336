"""The vocabulary of a profile as frozen models: competencies, roles, tasks and the cycle of coaching."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from survey.questionnaire.definition import AskedChange, Block, Language
from survey.questionnaire.frozen import (
    Code,
    FormKey,
    Frozen,
    FrozenMap,
    Key,
    Lang,
    Many,
    OneOf,
    Text,
    Version,
)


class Measurement(StrEnum):
    """Where the answer on a competency comes from: two ways of rating, or the events somebody attended."""

    LEVEL = "level"
    OWN_ESTIMATE = "own_estimate"
    ATTENDANCE = "attendance"


class Competency(Frozen):
    key: Key
    code: Code
    block: Key
    source: str
    measurement: OneOf[Measurement]
    scale: Key | None = None
    change: AskedChange
    origin: Many[Key] = ()
    label: Text
    text: Text
    example: Text
    mark: Text | None = None
    note: str = ""

    @model_validator(mode="after")
    def _rated_on_a_scale(self) -> Self:
        if self.is_rated != bool(self.scale):
            raise PydanticCustomError("scale-and-measurement", "attendance has no scale, a rating has one")
        return self

    @property
    def is_rated(self) -> bool:
        return self.measurement is not Measurement.ATTENDANCE


class Role(Frozen):
    key: Key
    source: str
    label: Text
    description: Text


class Task(Frozen):
    key: Key
    roles: Many[Key]
    source: Many[str]
    related: Many[Code]
    sensitive: bool
    label: Text
    note: str = ""


class Phase(Frozen):
    """One phase of coaching; until a programme names it the hint helps to choose."""

    key: Key
    order: int
    official: bool
    label: Text
    hint: Text


class Cycle(Frozen):
    """The phases a coach goes through with a professional; `notice` says that names are not official yet."""

    key: Key
    source: str
    notice: Text | None = None
    phases: Many[Phase]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if [phase.order for phase in self.phases] != [*range(1, len(self.phases) + 1)]:
            raise PydanticCustomError("phase-order", "the phases do not count from 1 up")
        if self.notice is None and not all(phase.official for phase in self.phases):
            raise PydanticCustomError("notice-needed", "a phase has no official name and nothing says so")
        return self


class FactorLevel(Frozen):
    """Where a cause can lie, from the child to the school, and what to ask about it."""

    key: Key
    label: Text
    prompt: Text


class Profile(Frozen):
    """What coaches of a programme can and do: competencies by block, roles, tasks."""

    profile: FormKey
    version: Version
    date: date
    wording: Version
    title: Text
    languages: FrozenMap[Lang, Language]
    blocks: Many[Block]
    competencies: Many[Competency]
    dropped: Many[Key] = ()
    roles: Many[Role]
    tasks: Many[Task] = ()
    cycle: Cycle | None = None
    factor_levels: Many[FactorLevel] = ()

    def __hash__(self) -> int:
        return hash((self.profile, self.version))

    @property
    def rated(self) -> tuple[Competency, ...]:
        return tuple(competency for competency in self.competencies if competency.is_rated)
