"""A questionnaire and its parts as frozen models; knows no file, form or database."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
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
    placeholders,
)
from survey.questionnaire.vocabulary import Change, Family, Kind, Moment, Respondent, Visibility

GOAL = "goal"
LADDER = range(11)
LONGEST_LINE = 200


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
    effect: str = ""
    label: Text


class Block(Frozen):
    key: Key
    code: Code
    label: Text
    intro: Text


class Item(Frozen):
    """One question: the key keeps its meaning over versions, `change` says what happened to the wording.

    `origin`: the items of the version before that this one was split off from, or merged out of.
    """

    key: Key
    concept: Key
    kind: OneOf[Kind]
    scale: Key
    change: AskedChange
    origin: Many[Key] = ()
    text: Text
    note: str = ""
    source: str = ""
    code: Code | None = None
    block: Key | None = None
    label: Text | None = None
    example: Text | None = None
    mark: Text | None = None
    optional: bool = False


class Ladder(Frozen):
    """A last question that may be left out: how far someone's own goal is, from 0 to 10."""

    intro: Text
    prompt: Text
    low: Text
    high: Text
    mark: Text

    @model_validator(mode="after")
    def _asks_for_the_goal(self) -> Self:
        if any(placeholders(words) != {"goal"} for words in self.prompt.values()):
            raise PydanticCustomError("ladder-without-goal", "the prompt does not name the {goal}")
        return self


class OpenQuestion(Frozen):
    """A last line in own words that may be left out; of anonymous forms it is published apart, in a batch."""

    prompt: Text
    help: Text
    max_length: Annotated[int, Field(ge=1, le=LONGEST_LINE)]


class Choice(Frozen):
    """One entry of a list: the key is stored and stays, the label is shown and may be improved."""

    key: Key
    label: Text
    direction: Literal["up", "down", "stay"] | None = None
    sensitive: bool = False
    counts_for_attendance: bool = False
    needs_text: bool = False
    leaves_vacancy: bool = False
    respondents: Many[OneOf[Respondent]] = ()
    examples: FrozenMap[Lang, Many[Words]] | None = None

    @model_validator(mode="after")
    def _nothing_to_fill_in(self) -> Self:
        if any(placeholders(words) for words in self.label.values()):
            raise PydanticCustomError("label-with-placeholder", "nobody fills in what stands between braces")
        return self

    def __hash__(self) -> int:
        return hash(self.key)


class Questionnaire(Frozen):
    """One published version of a form; `(form, version)` names it everywhere, also beside stored answers.

    `editorial_scales`: those that read otherwise than in the version before while each level means the same.
    Of forms whose answers are published: `top_two` are the values that count as agreeing, `release_k` how
    many persons the smallest group has, `release_level` that nothing below the programme is published.
    """

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
    editorial_scales: Many[Key] = ()
    non_scores: Many[NonScore] = ()
    ladder: Ladder | None = None
    top_two: Many[int] = ()
    release_k: int | None = None
    release_level: Literal["programme"] | None = None
    open_question: OpenQuestion | None = None

    def __hash__(self) -> int:
        return hash((self.form, self.version, self.goal))

    @property
    def family(self) -> Family:
        """The check-in this form is one of. Raises ValueError for any other form."""
        return Family.of(self.form)

    @property
    def goal(self) -> str | None:
        """The key of the goal this form asks for, if it does."""
        last = self.items[-1] if self.items else None
        return last.concept if last and last.kind is Kind.LADDER else None

    def with_goal(self, goal: Choice) -> Questionnaire:
        """The same form and version with the ladder of this goal last; the same object every time.

        Raises ValueError for a form without a ladder, KeyError for a goal that lacks a language of the form.
        """
        return _with_goal(self, goal)

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


@lru_cache(maxsize=256)
def _with_goal(form: Questionnaire, goal: Choice) -> Questionnaire:
    if form.ladder is None or form.goal:
        raise ValueError(f"{form.form} {form.version} has no ladder to add")
    prompt = {lang: words.replace("{goal}", goal.label[lang]) for lang, words in form.ladder.prompt.items()}
    item = Item(
        key=GOAL,
        concept=goal.key,
        kind=Kind.LADDER,
        scale=GOAL,
        change=Change.NEW,
        text=prompt,
        mark=form.ladder.mark,
        optional=True,
    )
    grown = {
        "items": (*form.items, item),
        "scales": MappingProxyType({**form.scales, GOAL: _rungs(form.ladder)}),
        "texts": MappingProxyType({**form.texts, "intro": form.ladder.intro}),
    }
    return form.model_copy(update=grown)


def _rungs(ladder: Ladder) -> tuple[Level, ...]:
    """The numbers 0 to 10, the first and the last with what they stand for."""
    meaning = {LADDER[0]: ladder.low, LADDER[-1]: ladder.high}
    return tuple(
        Level(value=n, label=dict.fromkeys(ladder.prompt, str(n)), anchor=meaning.get(n)) for n in LADDER
    )
