"""The pages of respondents: the same for everyone who gets the same form, so made and packed once."""

import gzip
from collections.abc import Collection, Hashable, Mapping
from functools import lru_cache

from flask import current_app
from msgspec import Struct

from survey.current import catalog, settings
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.questionnaire.wording import Wording, questions, words


class Page(Struct, frozen=True):
    """A page as bytes, and the same bytes packed."""

    body: bytes
    packed: bytes


class Look(Struct, frozen=True):
    """How pages are shown: whose form it is, the language and those to choose from.

    `here`: on the device of the coach, who gets it back at the end.
    """

    questionnaire: Questionnaire
    lang: str
    offered: tuple[str, ...]
    here: bool = False

    @property
    def query(self) -> str:
        """What stands behind an address to show the next page in the same way."""
        register = "&jij=1" if self.questionnaire.address == "informal" else ""
        return f"taal={self.lang}{register}{self.device}"

    @property
    def device(self) -> str:
        """The part about the device, for a link to another language."""
        return "&hier=1" if self.here else ""


def look(questionnaire: Questionnaire, wanted: str | None = None, *, here: bool = False) -> Look:
    """The language asked for where it is offered, and Dutch otherwise."""
    offered = languages(questionnaire)
    return Look(questionnaire, wanted if wanted in offered else SOURCE_LANGUAGE, offered, here)


def languages(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The languages to choose from; drafts only where the programme switched them on."""
    return tuple(
        lang
        for lang, language in questionnaire.languages.items()
        if language.status != "draft" or lang in settings().DRAFT_LANGUAGES
    )


@lru_cache(maxsize=1024)
def page(name: str, look: Look, **values: Hashable) -> Page:
    """A page without anything of one person, such as `checkin/form` or `checkin/thanks`."""
    body = filled(name, look, **values).encode()
    return Page(body, gzip.compress(body, compresslevel=9, mtime=0))


def returned(
    name: str, look: Look, *, chosen: Mapping[str, str], empty: Collection[str], **values: object
) -> str:
    """The form with what was chosen kept: `empty` names the items to answer; without any it was not saved."""
    return filled(name, look, chosen=chosen, empty=empty, returned=True, **values)


def filled(name: str, look: Look, **values: object) -> str:
    """A page with these values. Made without request, session or reader: what is not passed is not on it."""

    def say(text: str, **filled_in: object) -> Wording | None:
        return words(form, text, look.lang, **filled_in) if text in form.texts else _beside(look, text)

    form = look.questionnaire
    template = current_app.jinja_env.get_template(f"{name}.html")
    return template.render(
        say=say,
        look=look,
        lang=look.lang,
        dir=form.languages[look.lang].dir,
        is_draft=form.languages[look.lang].status == "draft",
        offered={code: form.languages[code].name for code in look.offered},
        questions=questions(form, look.lang),
        **values,
    )


def _beside(look: Look, text: str) -> Wording | None:
    """A text that belongs to no form, with Dutch beside it."""
    said = catalog().page_texts(look.questionnaire.address).get(text)
    if said is None:
        return None
    dutch = None if look.lang == SOURCE_LANGUAGE else said[SOURCE_LANGUAGE]
    lang = look.lang if look.lang in said else SOURCE_LANGUAGE
    return Wording(lang, look.questionnaire.languages[look.lang].dir, said[lang], dutch)
