"""The pages of respondents: the same for everyone who gets the same form, so made and packed once."""

import gzip
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import current_app

from survey.current import settings
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.wording import Wording, questions, words


@dataclass(frozen=True, slots=True)
class Page:
    """A page as bytes, and the same bytes packed."""

    body: bytes
    packed: bytes


def languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages to choose from; drafts only where the programme switched them on."""
    return tuple(
        lang
        for lang, language in questionnaire.languages.items()
        if language.status != "draft" or lang in settings().DRAFT_LANGUAGES
    )


def language(questionnaire: Questionnaire, wanted: str | None) -> str:
    """The language asked for where it is offered, and Dutch otherwise."""
    return wanted if wanted in languages(questionnaire) else SOURCE_LANGUAGE


def blank(questionnaire: Questionnaire, lang: str) -> Page:
    """The empty form."""
    return _page("form", questionnaire, lang, languages(questionnaire))


def thanks(questionnaire: Questionnaire, lang: str) -> Page:
    """After an answer, and for whoever opens an answered link."""
    return _page("thanks", questionnaire, lang, languages(questionnaire))


def closed(questionnaire: Questionnaire, lang: str) -> Page:
    """For unknown, expired, revoked and locked links alike."""
    return _page("closed", questionnaire, lang, languages(questionnaire))


def returned(
    questionnaire: Questionnaire, lang: str, *, chosen: Mapping[str, int], empty: Collection[str]
) -> str:
    """The form with what was chosen kept: `empty` names the items to answer; without any it was not saved."""
    offered = languages(questionnaire)
    return _render("form", questionnaire, lang, offered, chosen=chosen, empty=empty, returned=True)


def not_now(questionnaire: Questionnaire, lang: str, *, back: str) -> str:
    """After "not now": help goes on, and the way back to the form."""
    return _render("not_now", questionnaire, lang, languages(questionnaire), back=back)


@lru_cache(maxsize=256)
def _page(name: str, questionnaire: Questionnaire, lang: str, offered: tuple[str, ...]) -> Page:
    body = _render(name, questionnaire, lang, offered).encode()
    return Page(body, gzip.compress(body, compresslevel=9, mtime=0))


def _render(
    name: str, questionnaire: Questionnaire, lang: str, offered: tuple[str, ...], **filled: object
) -> str:
    """Without request, session or reader: nothing of one person can end up on a page for all."""

    def say(text: str) -> Wording | None:
        return words(questionnaire, text, lang) if text in questionnaire.texts else None

    template = current_app.jinja_env.get_template(f"checkin/{name}.html")
    return template.render(
        say=say,
        lang=lang,
        dir=questionnaire.languages[lang].dir,
        is_draft=questionnaire.languages[lang].status == "draft",
        offered={code: questionnaire.languages[code].name for code in offered},
        questions=questions(questionnaire, lang),
        **filled,
    )
