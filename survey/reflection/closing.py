"""What was typed on the last page: focus points with their aims and the private line."""

from collections.abc import Mapping

from flask_babel import gettext as _
from msgspec import Struct, field

from survey.questionnaire.definition import Questionnaire
from survey.questionnaire.form import Posted
from survey.questionnaire.wording import words
from survey.reflection.posted import read_revision

FOCUS_MOST = 3
AIM_LONGEST = 280
LINE_LONGEST = 500


class Closing(Struct, frozen=True):
    """Focus items with their aims, the line, which revision they belong to, and by field what is wrong."""

    focus: Mapping[str, str]
    line: str
    revision: int
    errors: Mapping[str, str] = field(default_factory=dict)


def read(form: Questionnaire, posted: Posted, lang: str) -> Closing:
    """Read the posted page; everything typed is kept, also where it cannot be stored."""
    chosen = posted.getlist("focus")
    known = {item.key for item in form.items}
    focus = {item: _one(posted, f"aim-{item}") for item in chosen if item in known}
    line = _one(posted, "line")
    errors = {
        f"aim-{item}": _("Maak dit korter: hooguit %(n)s tekens.", n=AIM_LONGEST)
        for item, aim in focus.items()
        if len(aim) > AIM_LONGEST
    }
    if len(focus) > FOCUS_MOST:
        errors["focus"] = words(form, "focus_full", lang).text
    if len(focus) != len(chosen):
        errors["focus"] = _("Kies focuspunten uit deze lijst, elk één keer.")
    if len(line) > LINE_LONGEST:
        errors["line"] = _("Maak dit korter: hooguit %(n)s tekens.", n=LINE_LONGEST)
    revision = read_revision(posted)
    if revision is None:
        errors[""] = _("Er kwam iets binnen dat niet op deze pagina hoort. Er is niets bewaard.")
    return Closing(focus, line, revision or 0, errors)


def _one(posted: Posted, name: str) -> str:
    """The typed words with plain line ends; what a field holds twice is joined, so that nothing is lost."""
    return " ".join(posted.getlist(name)).replace("\r\n", "\n").strip()
