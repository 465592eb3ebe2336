"""The list of words that texts avoid and of names that may stand nowhere; reads one file."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Strict

from survey.questionnaire.files import FOLDER, PLAIN_WORDS, parse, validated
from survey.questionnaire.finding import BrokenQuestionnaires, Finding
from survey.questionnaire.frozen import Frozen, Lang, Many, Version, Words

Audience = Literal["respondent", "staff"]
Number = Annotated[float, Strict(False)]


class Limits(Frozen):
    flesch_douma_min: Number
    lix_max: Number
    respondent_sentence_words_max: int
    staff_sentence_words_max: int


class Banned(Frozen):
    """A word and what to write instead; `staff` bans it for respondents too."""

    word: Words
    match: Literal["stem", "word"]
    audience: Audience
    instead: Words

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        word = re.escape(self.word)
        return re.compile(word if self.match == "stem" else rf"(?<!\w){word}(?!\w)", re.IGNORECASE)


class BannedInAdvice(Frozen):
    word: Words


class ForbiddenNames(Frozen):
    """Names of protected instruments."""

    abbreviations: Many[Words]
    full: Many[Words]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        full = "|".join(r"\s+".join(map(re.escape, name.split())) for name in self.full)
        short = "|".join(map(re.escape, self.abbreviations))
        return re.compile(rf"(?<!\w)(?:{short}|(?i:{full}))(?!\w)")


class PlainWords(Frozen):
    list: Literal["plain-words"]
    version: Version
    language: Lang
    limits: Limits
    banned: Many[Banned]
    banned_in_advice: Many[BannedInAdvice]
    forbidden_names: ForbiddenNames

    def banned_for(self, audience: Audience) -> tuple[Banned, ...]:
        return tuple(word for word in self.banned if audience == "respondent" or word.audience == "staff")


def load_plain_words(folder: Path = FOLDER) -> PlainWords:
    """The list of a folder. Raises BrokenQuestionnaires with all its errors."""
    parsed = parse(folder / PLAIN_WORDS)
    if isinstance(parsed, Finding):
        raise BrokenQuestionnaires((parsed,))
    words, errors = validated(PlainWords, PLAIN_WORDS, parsed)
    if words is None:
        raise BrokenQuestionnaires(tuple(errors))
    return words


@lru_cache
def _shipped() -> ForbiddenNames:
    return load_plain_words().forbidden_names


def forbidden_names_in(text: str, names: ForbiddenNames | None = None) -> tuple[str, ...]:
    """The names of protected instruments in any text, such as a template; the shipped list by default."""
    pattern = (names or _shipped()).pattern
    return tuple(match.group() for match in pattern.finditer(text))
