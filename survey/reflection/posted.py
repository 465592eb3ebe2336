"""What a page of answers posted: what was chosen, what that changes, and what is wrong with it."""

import re
from collections.abc import Mapping

from flask_babel import gettext as _
from msgspec import Struct

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.fields import Answer
from survey.questionnaire.form import Posted, foreign_keys, read_reply
from survey.questionnaire.wording import words

WAS = "was-"
BESIDES = ("csrf_token", "revision", "go", "clear")
REVISION = re.compile(r"[0-9]{1,6}")


class Answers(Struct, frozen=True):
    """All valid answers, those among them that are news, and by item (or "" for the page) what is wrong.

    An answer the reader did not touch is not written again: the page may be older than what another
    device saved since. None takes an answer back.
    """

    chosen: Mapping[str, Answer]
    news: Mapping[str, Answer | None]
    cleared: str | None
    revision: int
    errors: Mapping[str, str]


def read(form: Questionnaire, posted: Posted, block: str | None, lang: str) -> Answers:
    """Read a posted page, or with block None some answers of any page."""
    items = [item.key for item in form.in_block(block)]
    reply = read_reply(form, posted, block, require_all=False)
    cleared, revision = _one(posted, "clear"), read_revision(posted)
    errors = {item: words(form, error, lang).text for item, error in reply.errors.items()}
    foreign = foreign_keys(posted, form, block, besides=[*BESIDES, *(f"{WAS}{item}" for item in items)])
    if foreign or revision is None or (cleared and cleared not in items):
        errors[""] = _("Er kwam iets binnen dat niet op deze pagina hoort. Er is niets bewaard.")
    news: dict[str, Answer | None] = {
        item: answer
        for item, answer in reply.answers.items()
        if answer.posted != _one(posted, f"{WAS}{item}")
    }
    if cleared:
        news[cleared] = None
    return Answers(reply.answers, news, cleared or None, revision or 0, errors)


def read_revision(posted: Posted) -> int | None:
    """Which revision a page writes to; None when what came in names none."""
    number = _one(posted, "revision")
    return int(number) if REVISION.fullmatch(number) else None


def _one(posted: Posted, name: str) -> str:
    return next(iter(posted.getlist(name)), "")
