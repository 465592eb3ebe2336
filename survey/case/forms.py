"""The forms of a case: what it is about, and what parents and pupil say about asking the pupil."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from msgspec.structs import asdict
from wtforms import Form, HiddenField, RadioField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, StopValidation

from survey.case.agreement.rules import FROM_12, NO, NOT_APPLICABLE, UNDER_12, YES, Given
from survey.clock import local_day, now
from survey.current import catalog
from survey.web.fields import WrittenDayField, errors_of
from survey.web.language import full_date, screen_language

FURTHEST_BACK = timedelta(days=731)  # two years, also when one of them is longer
CHOOSE_ONE = _("Kies een van de antwoorden.")
CHOOSE_SCHOOL = _("Kies de school van dit traject.")
NOT_ASKED = ""
ANSWERS = [
    SelectChoice(YES, _("akkoord")),
    SelectChoice(NO, _("niet akkoord")),
    SelectChoice(NOT_ASKED, _("nog niet gevraagd")),
]

ASKED = {"default": NOT_ASKED, "invalid_choice_message": CHOOSE_ONE}


class DayField(WrittenDayField):
    """A day up to two years back: from a date control, or typed as people write it. Empty is as it was."""

    back_from: date | None = None

    def __init__(self, label: object, **options: Any) -> None:
        options.setdefault("validators", [_lately])
        super().__init__(label, **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep today for an empty control; a ValueError when the text is no day."""
        if "".join(valuelist).strip():
            super().process_formdata(valuelist)

    @property
    def earliest(self) -> date:
        """Two years back, from today or from `back_from` where that is set."""
        return (self.back_from or local_day(now())) - FURTHEST_BACK

    @property
    def bounds(self) -> dict[str, str]:
        """For the date control: the days that can be chosen."""
        return {"min": self.earliest.isoformat(), "max": local_day(now()).isoformat()}


def _lately(_form: Form, field: DayField) -> None:
    if field.data and field.data > local_day(now()):
        raise StopValidation(_("Deze dag komt nog. Kies vandaag of een eerdere dag."))
    if field.data and field.data < field.earliest:
        raise StopValidation(_("Deze dag is te lang geleden. Kijk het jaartal na."))


class AgreedDayField(DayField):
    """A day on which was agreed: never before what was agreed earlier ended."""

    ended_on: date | None = None

    def __init__(self, label: object, **options: Any) -> None:
        super().__init__(label, validators=[_not_before_the_end, _lately], **options)

    @property
    def earliest(self) -> date:
        """The day what was agreed earlier ended, where it did."""
        return max(self.ended_on or date.min, super().earliest)


def _not_before_the_end(_form: Form, field: AgreedDayField) -> None:
    if field.data and field.ended_on and field.data < field.ended_on:
        raise StopValidation(
            _("Een eerder akkoord stopte op %(day)s. Kies die dag of later.", day=full_date(field.ended_on))
        )


class CaseForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """What all forms of a case share."""

    @property
    def wrong(self) -> list[tuple[str, str]]:
        """What is still wrong: where it is, and what it is."""
        return [*errors_of(self), *(("#agreement", error) for error in self.form_errors)]


class AboutForm(CaseForm):
    """What a case is about: everything has an answer that is right most of the time."""

    kind = RadioField(_("Waar gaat het om?"), default="pupil", invalid_choice_message=CHOOSE_ONE)
    signalled_by = RadioField(_("Wie gaf het signaal?"), default="teacher", invalid_choice_message=CHOOSE_ONE)
    signalled_on = DayField(_("Op welke dag?"))
    theme = SelectField(_("Thema"), default="", invalid_choice_message=CHOOSE_ONE)

    def __init__(self, **filled: Any) -> None:
        super().__init__(**{"signalled_on": local_day(now()), **filled})
        self.kind.choices = _choices("case_kind")
        self.signalled_by.choices = _choices("signalled_by")
        self.theme.choices = [SelectChoice("", _("nog niet duidelijk")), *_choices("case_theme")]

    @property
    def about(self) -> dict[str, Any]:
        """What was filled in, as the acts on cases take it."""
        return {
            "kind": self.kind.data,
            "signalled_by": self.signalled_by.data,
            "signalled_on": self.signalled_on.data,
            "theme": self.theme.data or None,
        }


class OpenCaseForm(AboutForm):
    """A new case: also at which school, answered already where there is one only."""

    school = RadioField(
        _("Op welke school?"), validators=[DataRequired(CHOOSE_SCHOOL)], invalid_choice_message=CHOOSE_SCHOOL
    )

    def __init__(self, schools: Mapping[str, str], **filled: Any) -> None:
        only = next(iter(schools)) if len(schools) == 1 else None
        super().__init__(**{"school": only, **filled})
        self.school.choices = [SelectChoice(key, name) for key, name in schools.items()]


class AgreementForm(CaseForm):
    """What each holder of authority says, and from 12 years on the pupil."""

    age_band = RadioField(
        _("Hoe oud is de leerling?"),
        validators=[InputRequired(_("Kies hoe oud de leerling is."))],
        choices=[SelectChoice(UNDER_12, _("jonger dan 12")), SelectChoice(FROM_12, _("12 jaar of ouder"))],
        invalid_choice_message=_("Kies hoe oud de leerling is."),
    )
    first_parent = RadioField(_("Ouder met gezag"), choices=ANSWERS, **ASKED)
    second_parent = RadioField(
        _("Andere ouder met gezag"),
        choices=[*ANSWERS, SelectChoice(NOT_APPLICABLE, _("die is er niet"))],
        **ASKED,
    )
    pupil = RadioField(_("De leerling zelf"), choices=ANSWERS, **ASKED)
    agreed_on = AgreedDayField(_("Op welke dag?"))
    seen = HiddenField()

    def __init__(self, **filled: Any) -> None:
        super().__init__(**filled)
        for field in self:
            field.id = f"agreed-{field.id}"  # stands on a page with other forms

    @classmethod
    def about(cls, given: Given | None, **options: Any) -> "AgreementForm":
        """The form with what was noted before, to be changed today."""
        filled = {name: value or NOT_ASKED for name, value in asdict(given).items()} if given else {}
        return cls(**{**filled, "agreed_on": local_day(now()), **options})

    @property
    def given(self) -> Given:
        """The answers; a pupil below 12 is not asked."""
        band = self.age_band.data
        return Given(
            age_band=band,
            first_parent=self.first_parent.data or None,
            second_parent=self.second_parent.data or None,
            pupil=(self.pupil.data or None) if band == FROM_12 else None,
            agreed_on=self.agreed_on.data,
        )


def _choices(name: str) -> list[SelectChoice]:
    return [SelectChoice(choice.key, choice.label[screen_language()]) for choice in catalog().choices(name)]
