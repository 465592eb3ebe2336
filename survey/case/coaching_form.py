"""The form of a coaching: the phase it is in, and since when."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from survey.case.forms import CaseForm
from survey.case.reports import Case
from survey.case.talks.forms import HeldDayField, first_day
from survey.clock import local_day, now
from survey.questionnaire.profile import Phase

CHOOSE_PHASE = _("Kies een fase.")


class PhaseForm(CaseForm):
    """Any phase, also one that was there before; today unless another day is chosen."""

    phase = RadioField(
        _("In welke fase bent u nu?"),
        validators=[InputRequired(CHOOSE_PHASE)],
        invalid_choice_message=CHOOSE_PHASE,
    )
    entered_on = HeldDayField(_("Sinds welke dag?"))

    def __init__(self, case: Case, phases: Iterable[Phase], **filled: Any) -> None:
        super().__init__(**{"entered_on": local_day(now()), **filled})
        self.phase.choices = [SelectChoice(phase.key, str(phase.order)) for phase in phases]
        self.entered_on.back_from = first_day(case)
