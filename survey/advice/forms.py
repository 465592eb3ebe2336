"""The form of the choice: what is proposed, what belongs to it, and the reason."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, Form, RadioField, StringField, TextAreaField
from wtforms.validators import StopValidation

from survey.advice.actions import LONGEST_REASON, WITH_HOURS, Chosen, WrongWords, refuse_words
from survey.advice.document import Advice
from survey.advice.spoken import hours as written
from survey.advice.words import CHOICES, wrong_words
from survey.clock import local_day, now
from survey.current import catalog
from survey.web.fields import WrittenDayField, boxes, one_line
from survey.web.language import screen_language

MOST_OF_SCHOOL, MOST_OF_PROGRAMME = 40, 100_000


def _hours(form: Form, field: Field) -> None:
    """Hours a week, in quarters, where the choice asks for them."""
    if form.choice.data not in WITH_HOURS:
        raise StopValidation
    try:
        field.read = float((field.data or "").strip().replace(",", "."))
    except ValueError as error:
        raise StopValidation(_("Vul in hoeveel uur per week, bijvoorbeeld 4,5.")) from error
    if not 0 < field.read <= form.most or field.read * 4 % 1:
        said = _("Vul uren per week in hele kwartieren in, hooguit %(most)s.", most=form.most)
        raise StopValidation(said)


def _day(form: Form, field: Field) -> None:
    if form.choice.data == "other_role":
        if field.data is None:
            raise StopValidation(field.errors[0] if field.errors else _("Vul in vóór welke dag."))
        if field.data <= local_day(now()):
            raise StopValidation(_("Kies een dag die nog komt."))
    else:
        field.errors = []
        raise StopValidation


def _partners(form: Form, field: Field) -> None:
    if form.choice.data == "analysis" and not field.data:
        raise StopValidation(_("Kies met welke partners."))


def _reason(_form: Form, field: Field) -> None:
    field.read = one_line(field.data or "")
    try:
        refuse_words(field.read, LONGEST_REASON)
    except WrongWords as wrong:
        raise StopValidation(wrong_words(wrong, LONGEST_REASON)) from wrong


class ChoiceForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A choice of the lead; nothing is chosen beforehand."""

    choice = RadioField(_("Wat stelt u voor?"), validate_choice=False)
    hours = StringField(_("Uren per week"), validators=[_hours])
    before = WrittenDayField(_("Bespreek dit vóór"), validators=[_day])
    partners = boxes(_("Met welke partners?"), validators=[_partners])
    find_coach = BooleanField(_("Zoek ook een nieuwe coach voor de open plek"))
    reason = TextAreaField(_("Waarom?"), validators=[_reason], render_kw={"rows": 4})

    def __init__(self, *, of_school: bool, **options: Any) -> None:
        super().__init__(**options)
        self.most = MOST_OF_SCHOOL if of_school else MOST_OF_PROGRAMME
        self.choice.choices = list(CHOICES.items())
        language = screen_language()
        self.partners.choices = [(one.key, one.label[language]) for one in catalog().choices("partner")]

    @classmethod
    def of(cls, advice: Advice) -> "ChoiceForm":
        """The form with what was chosen, if anything."""
        hours = "" if advice.choice_hours is None else written(advice.choice_hours)
        stands: dict[str, Any] = {"choice": advice.choice, "hours": hours, "before": advice.choice_on}
        stands |= {"partners": list(advice.choice_with), "find_coach": advice.find_coach}
        data = {**stands, "reason": advice.reason}
        return cls(of_school=advice.school_id is not None, formdata=None, data=data)

    def validate_choice(self, field: Field) -> None:
        """One of the five."""
        if field.data not in CHOICES:
            raise StopValidation(_("Kies wat u voorstelt."))

    @property
    def chosen(self) -> Chosen:
        """What a valid form says."""
        return Chosen(
            choice=self.choice.data,
            reason=self.reason.read,
            hours=self.hours.read if self.choice.data in WITH_HOURS else None,
            before=self.before.data if self.choice.data == "other_role" else None,
            partners=tuple(self.partners.data) if self.choice.data == "analysis" else (),
            find_coach=bool(self.find_coach.data),
        )
