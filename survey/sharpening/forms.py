"""The forms of a proposal and of the answer to it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from survey.questionnaire.profile import Profile

LONGEST = 500  # characters, as the schema has it
TAKEN, NOT_TAKEN = "taken", "not_taken"


def _fits(_form: Form, field: Field) -> None:
    """Words that can be stored and read, on one or more lines."""
    lines = (field.data or "").replace("\r\n", "\n").splitlines()
    field.data = "\n".join("".join(c if c.isprintable() else " " for c in line).rstrip() for line in lines)
    field.data = field.data.strip()
    if len(field.data) > LONGEST:
        over = len(field.data) - LONGEST
        raise StopValidation(_("Maak dit %(over)s tekens korter. Er passen er %(n)s.", over=over, n=LONGEST))


def _said(_form: Form, field: Field) -> None:
    if not field.data:
        raise StopValidation(_("Schrijf in een paar zinnen wat er beter kan."))


class ProposalForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A proposal about one competency, or about a profile as a whole."""

    about = SelectField(_("Waar gaat het over?"), invalid_choice_message=_("Kies uit de lijst."))
    change = TextAreaField(_("Wat kan er beter, en waarom?"), validators=[_fits, _said])

    def __init__(self, profiles: Sequence[Profile], lang: str, **options: Any) -> None:
        super().__init__(**options)
        self.about.choices = [
            SelectChoice(f"{profile.profile}:{item}", label, optgroup=profile.title[lang])
            for profile in profiles
            for item, label in (
                ("", gettext("Het profiel als geheel")),
                *((one.key, one.label[lang]) for one in profile.competencies),
            )
        ]

    @property
    def profile(self) -> str:
        return str(self.about.data).partition(":")[0]

    @property
    def item(self) -> str | None:
        return str(self.about.data).partition(":")[2] or None


class DecisionForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """What comes of a proposal, with an answer to whoever proposed it."""

    taken = RadioField(
        _("Wat doen we ermee?"),
        choices=[
            SelectChoice(TAKEN, _("Dit nemen we mee")),
            SelectChoice(NOT_TAKEN, _("Dit nemen we niet mee")),
        ],
        invalid_choice_message=_("Kies een van de antwoorden."),
        validators=[InputRequired(_("Kies een van de antwoorden."))],
    )
    answer = TextAreaField(_("Uw antwoord"), validators=[_fits])

    def validate_answer(self, field: Field) -> None:
        """Who hears no, hears why."""
        if self.taken.data == NOT_TAKEN and not field.data:
            raise StopValidation(_("Schrijf waarom niet. Wie het voorstelde, leest dit."))
