"""The forms of a talk: one that will be, one that was held, and something that happened."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import Field, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation

from survey.case.choices import to_agree_on
from survey.case.forms import CHOOSE_ONE, CaseForm, DayField
from survey.case.informants import Who
from survey.case.reports import Case
from survey.case.talks import company
from survey.clock import local_day, now
from survey.current import catalog
from survey.questionnaire.definition import Choice
from survey.web.fields import ClockField, boxes
from survey.web.language import screen_language

FURTHEST = timedelta(days=366)
BEFORE_THE_SIGNAL = timedelta(days=31)  # a first talk can come before someone calls it a signal
ALONE = "observation"  # one can look along in class without talking with anyone


class HeldDayField(DayField):
    """A day from a month before the signal up to today."""

    def __init__(self, label: object, **options: Any) -> None:
        super().__init__(label, validators=[_held], **options)

    @property
    def earliest(self) -> date:
        """The first day a talk of this case can have been."""
        assert self.back_from is not None  # the form knows its case
        return self.back_from


class ComingDayField(DayField):
    """A day from today up to a year ahead; empty where nothing is chosen."""

    def __init__(self, label: object, **options: Any) -> None:
        validators = [*options.pop("validators", ()), _coming]
        super().__init__(label, validators=validators, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """As for other days, but an empty control means no day."""
        self.data = None
        super().process_formdata(valuelist)

    @property
    def bounds(self) -> dict[str, str]:
        """For the date control: the days that can be chosen."""
        today = local_day(now())
        return {"min": today.isoformat(), "max": (today + FURTHEST).isoformat()}


def first_day(case: Case) -> date:
    """The first day a talk of this case can have been."""
    opened = local_day(case.opened_at)
    return min(case.signalled_on or opened, opened) - BEFORE_THE_SIGNAL


def _held(_form: CaseForm, field: DayField) -> None:
    if field.data and field.data > local_day(now()):
        raise StopValidation(_("Deze dag komt nog. Kies vandaag of een eerdere dag."))
    if field.data and field.data < field.earliest:
        raise StopValidation(_("Dit is lang voor het signaal. Kijk de dag na."))


def _coming(_form: CaseForm, field: DayField) -> None:
    today = local_day(now())
    if field.data and field.data < today:
        raise StopValidation(_("Deze dag is al geweest. Kies vandaag of een latere dag."))
    if field.data and field.data > today + FURTHEST:
        raise StopValidation(_("Deze dag is meer dan een jaar vooruit. Kijk het jaartal na."))


def _someone(form: Any, field: Field) -> None:
    if not field.data and form.kind.data != ALONE:
        raise StopValidation(_("Kies met wie het gesprek is."))


def _with_a_day(form: Any, field: Field) -> None:
    if field.data and not (form.next_day.data or form.next_day.errors):
        raise StopValidation(_("Kies ook de dag van het volgende gesprek."))


class CompanyForm(CaseForm):
    """What every talk has: with whom it is, and in which form."""

    who = boxes(_("Met wie?"), validators=[_someone])
    kind = SelectField(_("Hoe?"), default="meeting", invalid_choice_message=CHOOSE_ONE)

    def __init__(self, case: Case, known: Iterable[Who], **filled: Any) -> None:
        super().__init__(**filled)
        kinds = catalog().choices("talk_kind")
        self.kind.choices = [_option(choice) for choice in kinds if choice.key != "incident"]
        offered = company.offered(case.kind, known, filled.get("who", ()))
        self.who.choices = [SelectChoice(key, company.name_of(key)) for key in offered]


class PlanForm(CompanyForm):
    """A talk that will be."""

    day = ComingDayField(_("Op welke dag?"), validators=[InputRequired(_("Kies een dag."))])
    starts_at = ClockField(_("Hoe laat?"))

    @property
    def plan(self) -> dict[str, Any]:
        """What was filled in, as the acts on talks take it."""
        return {
            "kind": self.kind.data,
            "with_": self.who.data,
            "day": self.day.data,
            "starts_at": self.starts_at.data,
        }


class DoneForm(CompanyForm):
    """A talk that was held: also what was agreed, and when the next one is."""

    day = HeldDayField(_("Op welke dag?"))
    agreed = boxes(_("Wat spraken jullie af?"))
    next_day = ComingDayField(_("Wanneer is het volgende gesprek?"))
    next_time = ClockField(_("Hoe laat?"), validators=[_with_a_day])

    def __init__(self, case: Case, known: Iterable[Who], **filled: Any) -> None:
        super().__init__(case, known, **{"day": local_day(now()), **filled})
        self.day.back_from = first_day(case)
        self.agreed.choices = [_option(choice) for choice in to_agree_on()]

    @property
    def done(self) -> dict[str, Any]:
        """What was filled in, as the acts on talks take it."""
        return {
            "kind": self.kind.data,
            "with_": self.who.data,
            "day": self.day.data,
            "agreed": self.agreed.data,
            "next_day": self.next_day.data,
            "next_time": self.next_time.data,
        }


class IncidentForm(CaseForm):
    """Something that happened: only the day can be another one."""

    day = HeldDayField(_("Op welke dag?"))

    def __init__(self, case: Case, **filled: Any) -> None:
        super().__init__(**filled)
        self.day.back_from = first_day(case)

    @property
    def done(self) -> dict[str, Any]:
        """What was filled in, as the acts on talks take it."""
        nothing: dict[str, Any] = {"with_": (), "agreed": (), "next_day": None, "next_time": None}
        return {"kind": "incident", "day": self.day.data, **nothing}


def _option(choice: Choice) -> SelectChoice:
    return SelectChoice(choice.key, choice.label[screen_language()])
