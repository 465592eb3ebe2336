"""What a page shows of a questionnaire in one language, with Dutch beside it; computed once, then shared."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from survey.questionnaire.definition import Item, Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.frozen import SOURCE_LANGUAGE


class Wording(Struct, frozen=True):
    """Words in the chosen language; `dutch` stands beside them and is None where they are Dutch already."""

    lang: str
    dir: str
    text: str
    dutch: str | None

    def __str__(self) -> str:
        return self.text


class Option(Struct, frozen=True):
    """One answer to choose: `value` is what the form posts."""

    value: str
    label: Wording
    anchor: Wording | None = None


class Question(Struct, frozen=True):
    """One item as a page shows it: levels in the order of the scale, then the answers that are no level."""

    key: str
    number: int
    total: int
    text: Wording
    levels: tuple[Option, ...]
    others: tuple[Option, ...]
    progress: Wording | None = None
    label: Wording | None = None
    example: Wording | None = None
    mark: Wording | None = None


def words(questionnaire: Questionnaire, text: str, lang: str, **values: object) -> Wording:
    """A text of the form by its key, its {names} filled in: `words(q, "progress", "ar", n=1, total=4)`.

    A value that reads otherwise in each language, such as a date, is a function of the language.
    """
    return _wording(questionnaire, questionnaire.texts[text], lang, values)


@lru_cache(maxsize=1024)
def questions(questionnaire: Questionnaire, lang: str, block: str | None = None) -> tuple[Question, ...]:
    """The questions of one page, in order. Raises KeyError for a language or block the form does not have."""
    items = questionnaire.in_block(block)
    return tuple(_question(questionnaire, item, lang, n, len(items)) for n, item in enumerate(items, start=1))


def _question(questionnaire: Questionnaire, item: Item, lang: str, number: int, total: int) -> Question:
    def say(text: Mapping[str, str] | None) -> Wording | None:
        return None if text is None else _wording(questionnaire, text, lang)

    return Question(
        key=item.key,
        number=number,
        total=total,
        text=_wording(questionnaire, item.text, lang),
        levels=tuple(
            Option(
                value=Answer(level.value).posted,
                label=_wording(questionnaire, level.label, lang),
                anchor=say(level.anchor),
            )
            for level in questionnaire.levels(item)
        ),
        others=tuple(
            Option(Answer(None, other.code).posted, _wording(questionnaire, other.label, lang))
            for other in questionnaire.non_scores
        ),
        progress=words(questionnaire, "progress", lang, n=number, total=total)
        if "progress" in questionnaire.texts
        else None,
        label=say(item.label),
        example=say(item.example),
        mark=say(item.mark),
    )


def _wording(
    questionnaire: Questionnaire, text: Mapping[str, str], lang: str, values: Mapping[str, object] = {}
) -> Wording:
    dutch = None if lang == SOURCE_LANGUAGE else _filled(text, SOURCE_LANGUAGE, values)
    return Wording(lang, questionnaire.languages[lang].dir, _filled(text, lang, values), dutch)


def _filled(text: Mapping[str, str], lang: str, values: Mapping[str, object]) -> str:
    said = {name: value(lang) if callable(value) else value for name, value in values.items()}
    return text[lang].format_map(said)
