"""The mail that asks for a check: in the words of the form, in the chosen language and in Dutch."""

from msgspec import Struct

from survey.mail import letter
from survey.mail.letter import Letter
from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.frozen import SOURCE_LANGUAGE


class Part(Struct, frozen=True):
    """What the mail says in one language."""

    title: str
    intro: str
    url: str
    who_sees: str
    draft_mark: str


def asking(questionnaire: Questionnaire, language: str, *, address: str, by: str) -> Letter:
    """The mail of a link; Dutch follows another language, so that somebody can help to read."""
    spoken = dict.fromkeys((language, SOURCE_LANGUAGE))
    return letter.write("check", None, parts=[_part(questionnaire, lang, address) for lang in spoken], by=by)


def _part(questionnaire: Questionnaire, lang: str, address: str) -> Part:
    texts = questionnaire.texts
    is_draft = questionnaire.languages[lang].status == "draft"
    return Part(
        title=texts["title"][lang],
        intro=texts["intro"][lang],
        url=address if lang == SOURCE_LANGUAGE else f"{address}?taal={lang}",
        who_sees=texts["who_sees"][lang],
        draft_mark=texts["draft_mark"][lang] if is_draft else "",
    )
