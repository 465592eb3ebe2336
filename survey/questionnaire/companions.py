"""The files beside profile and forms: lists to choose from, goals, texts of pages without a form, hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Literal, Self, TypeVar

from msgspec import Struct
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from survey.questionnaire.definition import Choice, Language, Questionnaire
from survey.questionnaire.files import Files, validated
from survey.questionnaire.finding import Finding
from survey.questionnaire.frozen import Frozen, FrozenMap, Key, Lang, Many, Text
from survey.questionnaire.hints import HintRules

GOALS = "goals"
F = TypeVar("F", bound=Frozen)


class Lists(Frozen):
    """Lists to choose from, by name."""

    languages: FrozenMap[Lang, Language]
    choices: FrozenMap[Key, Many[Choice]]


class Goals(Frozen):
    """Goals for the ladder, each with the respondents to whom it is offered."""

    audience: Literal["respondent"]
    languages: FrozenMap[Lang, Language]
    goals: Many[Choice]


class PageTexts(Frozen):
    """Texts of respondents' pages: those that all read, and those that address grown-ups or children."""

    audience: Literal["respondent"]
    languages: FrozenMap[Lang, Language]
    both: FrozenMap[Key, Text]
    formal: FrozenMap[Key, Text]
    informal: FrozenMap[Key, Text]

    @model_validator(mode="after")
    def _said_to_all(self) -> Self:
        if uneven := sorted(self.formal.keys() ^ self.informal.keys()):
            raise PydanticCustomError(
                "one-register", "said to some only: {keys}", {"keys": ", ".join(uneven)}
            )
        if twice := sorted(self.both.keys() & self.formal.keys()):
            raise PydanticCustomError("two-registers", "said twice: {keys}", {"keys": ", ".join(twice)})
        return self


class Beside(Struct, frozen=True):
    """What stands beside profile and forms; empty where a folder has no such file."""

    choices: Mapping[str, tuple[Choice, ...]]
    page_texts: Mapping[str, Mapping[str, Text]]
    goal_languages: frozenset[str]
    hint_rules: HintRules | None
    findings: tuple[Finding, ...]


def read(files: Files) -> Beside:
    """The companions of a folder, and why one is missing."""
    findings: list[Finding] = []

    def model(kind: type[F], name: str) -> F | None:
        if name not in files.companions:
            return None
        made, errors = validated(kind, f"{name}.toml", files.companions[name])
        findings.extend(errors)
        return made

    lists, goals, pages = model(Lists, "lists"), model(Goals, GOALS), model(PageTexts, "respondent-pages")
    hint_rules = model(HintRules, "hints")
    choices = {**(lists.choices if lists else {}), GOALS: goals.goals if goals else ()}
    registers = {"formal": pages.formal, "informal": pages.informal} if pages else {}
    both = pages.both if pages else {}
    return Beside(
        MappingProxyType(choices),
        MappingProxyType({name: MappingProxyType({**both, **own}) for name, own in registers.items()}),
        frozenset(goals.languages if goals else ()),
        hint_rules,
        tuple(findings),
    )


def unsaid(languages: Iterable[str], forms: Iterable[Questionnaire]) -> Iterator[Finding]:
    """Languages in which a form asks for a goal and the goals are not there."""
    for form in forms:
        for lang in form.languages if form.ladder else ():
            if lang not in languages:
                text = f"{form.form} {form.version} asks for a goal in this language"
                todo = "Add the language and write every goal in it."
                yield Finding(f"{GOALS}.toml", f"languages.{lang}", "missing-language", text, todo)
