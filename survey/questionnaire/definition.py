"""The vocabulary of profile and questionnaires as frozen models; knows no file, form or database."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, model_validator
from pydantic_core import PydanticCustomError

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
    Words,
)


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


class Moment(StrEnum):
    ROUND = "round"
    END_OF_TALK = "end_of_talk"


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


class Measurement(StrEnum):
    """Where the answer on a competency comes from: two ways of rating, or the events somebody attended."""

    LEVEL = "level"
    OWN_ESTIMATE = "own_estimate"
    ATTENDANCE = "attendance"


def _declared(change: Change) -> Change:
    if change is Change.DROPPED:
        raise PydanticCustomError("dropped-item", "a dropped item is still asked")
    return change


AskedChange = Annotated[OneOf[Change], AfterValidator(_declared)]


class Language(Frozen):
    name: Words
    dir: Literal["ltr", "rtl"]
    status: Literal["source", "draft", "reviewed"]
    reviewer: str = ""
    reviewed_on: date | None = None

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if (self.status == "reviewed") != bool(self.reviewer and self.reviewed_on):
            raise PydanticCustomError(
                "reviewed-without-reviewer", "status, reviewer and reviewed_on do not agree"
            )
        return self


class Level(Frozen):
    value: int
    label: Text
    anchor: Text | None = None
    picture: str | None = None


class NonScore(Frozen):
    """A real answer that is not a level: never zero, never missing."""

    key: Key
    code: Code
    effect: str
    label: Text


class Block(Frozen):
    key: Key
    code: Code
    label: Text
    intro: Text


class Item(Frozen):
    """One question: the key keeps its meaning over versions, `change` says what happened to the wording."""

    key: Key
    concept: Key
    kind: OneOf[Kind]
    scale: Key
    change: AskedChange
    text: Text
    note: str = ""
    source: str = ""
    code: Code | None = None
    block: Key | None = None
    label: Text | None = None
    example: Text | None = None
    mark: Text | None = None


class Competency(Frozen):
    key: Key
    code: Code
    block: Key
    source: str
    measurement: OneOf[Measurement]
    scale: Key | None = None
    change: AskedChange
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
    tasks: Many[Task]

    def __hash__(self) -> int:
        return hash((self.profile, self.version))

    @property
    def rated(self) -> tuple[Competency, ...]:
        return tuple(competency for competency in self.competencies if competency.is_rated)


class Questionnaire(Frozen):
    """One published version of a form; `(form, version)` names it everywhere, also beside stored answers."""

    form: FormKey
    version: Version
    respondent: OneOf[Respondent]
    visibility: OneOf[Visibility]
    moment: OneOf[Moment]
    address: Literal["formal", "informal"] = "formal"
    reading_level: Literal["A2", "B1"]
    min_age: int | None = None
    needs_recorded_agreement: bool = False
    items_from: Literal["profile"] | None = None
    languages: FrozenMap[Lang, Language]
    texts: FrozenMap[Key, Text]
    items: Many[Item] = ()
    dropped: Many[Key] = ()
    blocks: Many[Block] = ()
    scales: FrozenMap[Key, Many[Level]]
    non_scores: Many[NonScore] = ()

    def __hash__(self) -> int:
        return hash((self.form, self.version))

    def in_block(self, block: str | None) -> tuple[Item, ...]:
        """The items of one page: a block, or the whole questionnaire when None."""
        if block is not None and block not in {known.key for known in self.blocks}:
            raise KeyError(f"{self.form} {self.version} has no block {block!r}")
        return tuple(item for item in self.items if block is None or item.block == block)

    def item(self, key: str) -> Item:
        for item in self.items:
            if item.key == key:
                return item
        raise KeyError(f"{self.form} {self.version} has no item {key!r}")

    @property
    def items_by_block(self) -> dict[str, list[str]]:
        """The keys of the items of each block, in order."""
        return {block.key: [item.key for item in self.in_block(block.key)] for block in self.blocks}

    def levels(self, item: Item) -> tuple[Level, ...]:
        return self.scales[item.scale]
