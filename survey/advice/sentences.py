"""The sentences an advice is drafted from, and all other words of the document; reads one file, strictly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, Strict, model_validator
from pydantic_core import PydanticCustomError

from survey.questionnaire.files import ADVICE_SENTENCES, FOLDER, parse, validated
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.frozen import (
    Frozen,
    FrozenMap,
    Key,
    Lang,
    Many,
    Version,
    Words,
    placeholders,
)

Place = Literal["school", "programme"]
SECTIONS = ("placement", "hours", "yields", "evaluation", "limits", "proposal")
WRITABLE = SECTIONS[:-1]  # where a person may add a sentence; the proposal is a choice
CHOICES = ("continue", "more_hours", "fewer_hours", "other_role", "analysis")
Share = Annotated[float, Field(gt=0, le=1), Strict(False)]


class Limits(Frozen):
    """What the rules count with, and which statements of the evaluation an advice speaks of."""

    statements: Many[Key]
    least_weeks: int
    least_share_of_weeks: Share
    least_difference: Share


class Sentence(Frozen):
    """One template: filled in where its rule of the same name says so."""

    key: Key
    section: Literal["placement", "hours", "yields", "evaluation", "limits", "proposal"]
    scope: Literal["school", "programme", "both"]
    view: Key
    fixed: bool = False
    joins: bool = False
    read_on: Key | None = None
    text: Words
    fields: Many[Key]
    when: Words

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if placeholders(self.text) != set(self.fields) or len(set(self.fields)) != len(self.fields):
            raise PydanticCustomError("fields", "fields and the names between braces differ")
        if self.read_on and self.read_on not in self.fields:
            raise PydanticCustomError("read-on", "the day of reading is no field")
        return self


class Book(Frozen):
    """Every word of the document."""

    list: Literal["advice-sentences"]
    version: Version
    language: Lang
    rules: Limits
    headings: FrozenMap[Key, Words]
    titles: FrozenMap[Key, Words]
    views: FrozenMap[Key, str]
    words: FrozenMap[Key, Words]
    sentences: Many[Sentence]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        twice = [key for key, n in Counter(one.key for one in self.sentences).items() if n > 1]
        nowhere = sorted({one.view for one in self.sentences} - self.views.keys())
        headless = sorted({*SECTIONS, "document", "basis"} - self.headings.keys())
        untitled = sorted({*CHOICES, "open"} - self.titles.keys())
        wrong = [*twice, *nowhere, *headless, *untitled]
        if wrong:
            raise PydanticCustomError(
                "book", "twice, or without its words: {keys}", {"keys": ", ".join(wrong)}
            )
        return self

    def sentence(self, key: str) -> Sentence:
        """One template. Raises KeyError."""
        for one in self.sentences:
            if one.key == key:
                return one
        raise KeyError(key)

    def say(self, word: str, **values: object) -> str:
        """A word of the document, filled in."""
        return filled(self.words[word], {name: str(value) for name, value in values.items()})


def filled(text: str, fields: Mapping[str, str]) -> str:
    """The text with its names filled in, once: what is filled in is not read again.

    What begins a sentence begins with a capital. Raises KeyError for a name without a value.
    """
    first, *pieces = text.split("{")
    made = first
    for piece in pieces:
        name, _, rest = piece.partition("}")
        value = fields[name]
        made += (value[:1].upper() + value[1:] if not made or made.endswith(". ") else value) + rest
    return made


def load(folder: Path = FOLDER) -> Book:
    """The sentences of a folder. Raises BrokenQuestionnaires with all errors of the file."""
    parsed = parse(folder / ADVICE_SENTENCES)
    if isinstance(parsed, Finding):
        raise BrokenQuestionnaires((parsed,))
    book, errors = validated(Book, ADVICE_SENTENCES, parsed)
    if book is None:
        raise BrokenQuestionnaires(tuple(errors))
    return book


@lru_cache(maxsize=1)
def book() -> Book:
    """The sentences this installation drafts with."""
    return load()
