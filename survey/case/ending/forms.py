"""The forms at the end of a case: how it ended, and who takes over what."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from survey.case.ending.closing import direction
from survey.case.ending.reports import Kept
from survey.current import catalog
from survey.web.language import full_date, screen_language

CHOOSE_OUTCOME = _("Kies hoe dit traject eindigt.")
CHOOSE_REASON = _("Kies waarom.")
CHOOSE_CASES = _("Kies ten minste één traject.")
CHOOSE_COACH = _("Kies een coach.")


def reason_that_way(form: Any, field: Field) -> None:
    """A validator: where the outcome says that help grows or shrinks, the reason for that is chosen."""
    needed = field.name == direction(form.outcome.data or "")
    if needed and field.data not in {choice.value for choice in field.choices}:
        raise StopValidation(CHOOSE_REASON)


def _choices(name: str, way: str | None = None) -> list[SelectChoice]:
    return [
        SelectChoice(choice.key, choice.label[screen_language()])
        for choice in catalog().choices(name)
        if way in {None, choice.direction}
    ]


class CloseForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """The outcome, why help grows or shrinks, and what helped most."""

    outcome = RadioField(
        _("Hoe eindigt dit traject?"),
        validators=[InputRequired(CHOOSE_OUTCOME)],
        invalid_choice_message=CHOOSE_OUTCOME,
    )
    up = RadioField(_("Waarom komt er meer hulp?"), validators=[reason_that_way], validate_choice=False)
    down = RadioField(
        _("Waarom kunnen ouders en school zelf verder?"), validators=[reason_that_way], validate_choice=False
    )
    helped = RadioField(
        _("Wat hielp het meest?"), validators=[Optional()], invalid_choice_message=_("Kies een antwoord.")
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.outcome.choices = _choices("outcome")
        self.up.choices = _choices("scale_reason", "up")
        self.down.choices = _choices("scale_reason", "down")
        self.helped.choices = _choices("helped")

    @property
    def reason(self) -> str | None:
        """The reason that goes with the outcome."""
        way = direction(self.outcome.data)
        return str(self[way].data) if way else None


class HandOverForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Which cases go, and to whom."""

    cases = SelectMultipleField(
        _("Welke trajecten draagt u over?"),
        validators=[InputRequired(CHOOSE_CASES)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    to = RadioField(
        _("Aan wie?"), validators=[InputRequired(CHOOSE_COACH)], invalid_choice_message=CHOOSE_COACH
    )

    def __init__(self, kept: Kept, **options: Any) -> None:
        super().__init__(**options)
        self.cases.choices = [
            SelectChoice(
                case.code, _("%(code)s, gestart op %(day)s", code=case.code, day=full_date(case.opened_at))
            )
            for case in kept.cases
        ]
        self.to.choices = [SelectChoice(coach.id, coach.name) for coach in kept.successors]
