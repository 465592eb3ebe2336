"""The mail that asks for the evaluation: in Dutch, with one line for every other language of the form."""

from collections.abc import Sequence

from flask_babel import force_locale
from msgspec import Struct

from survey.current import catalog, settings
from survey.evaluation.groups import FORMS, Form
from survey.evaluation.windows import Window
from survey.mail import letter
from survey.mail.letter import Letter
from survey.questionnaire.frozen import SOURCE_LANGUAGE
from survey.web import pages


class Part(Struct, frozen=True):
    """One link: what it asks, at which school, who reads the answer."""

    title: str
    kind: str
    school: str | None
    who_sees: str
    url: str
    stop: str
    elsewhere: tuple[tuple[str, str], ...]


def asking(parts: Sequence[Part], window: Window, *, again: bool) -> Letter:
    """One mail with every link of one person."""
    values = {"parts": parts, "window": window, "again": again, "programme": settings().PROGRAMME}
    with force_locale(SOURCE_LANGUAGE):
        return letter.write("evaluation", None, **values)


def part(form: str, version: str, school: str | None, url: str) -> Part:
    """What the mail says about one link."""
    questionnaire = catalog().get(form, version)
    others = [lang for lang in pages.languages(questionnaire) if lang != SOURCE_LANGUAGE]
    titles = questionnaire.texts["title"]
    return Part(
        title=titles[SOURCE_LANGUAGE],
        kind=_kind(FORMS[form]),
        school=school,
        who_sees=questionnaire.texts["who_sees"][SOURCE_LANGUAGE],
        url=url,
        stop=questionnaire.texts["stop_asking"][SOURCE_LANGUAGE],
        elsewhere=tuple((titles[lang], f"{url}?taal={lang}") for lang in others),
    )


def _kind(form: Form) -> str:
    """What tells two links in one letter apart."""
    if form.is_named:
        return "Over uw eigen coach, met uw naam:"
    return "Over het hele programma, zonder uw naam:" if form.is_about_programme else ""
