"""The forms to add someone, to correct what is noted, to put someone in a cohort, and to make one."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    EmailField,
    Field,
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from survey.access.permissions import Role
from survey.clock import local_day, now
from survey.current import catalog
from survey.mail.fields import mail_address
from survey.people.actions import LONGEST_NAME, NoName, readable
from survey.people.words import EXPERIENCE, HERE
from survey.web.fields import WrittenDayField
from survey.web.language import screen_language

CHOOSE_ONE = _("Kies een van de antwoorden.")
NO_DAY = _("Kies een dag, zoals 1-9-2026.")
FARTHEST = timedelta(days=366)  # ahead; a day after that is a slip of the keyboard
EARLIEST = date(2000, 1, 1)


def person_name(_form: Form, field: Field) -> None:
    """A validator: the field holds a name that can be stored and read."""
    try:
        field.data = readable(field.data or "")
    except NoName as error:
        raise StopValidation(
            _("Vul een naam in van ten hoogste %(most)s tekens.", most=LONGEST_NAME)
        ) from error


def has_a_place_in_a_cohort(form: Any, field: Field) -> None:
    """A validator: only coaches and trainers are put in a cohort."""
    if field.data and not {Role.COACH, Role.TRAINER} & set(form.roles.data or ()):
        raise StopValidation(
            _("Een cohort is voor coaches en trainers. Kies een van die rollen, of kies geen cohort.")
        )


def likely_day(_form: Form, field: Field) -> None:
    """A validator: there is a day, in this century and at most a year ahead."""
    if field.data is None:
        raise StopValidation("" if field.errors else NO_DAY)  # what is no day was said already
    if not EARLIEST <= field.data <= local_day(now()) + FARTHEST:
        raise StopValidation(_("Deze dag ligt te ver weg. Kijk het jaar na."))


def _roles(label: Any, offered: Collection[Role], **options: Any) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=[SelectChoice(role.value, role.label) for role in offered],
        invalid_choice_message=_("Kies uit de rollen die hier staan."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **options,
    )


def _status() -> RadioField:
    return RadioField(
        _("Status"),
        validators=[InputRequired(CHOOSE_ONE)],
        choices=[SelectChoice(key, word) for key, word in HERE.items()],
        default="active",
        invalid_choice_message=CHOOSE_ONE,
    )


def _experience() -> SelectField:
    return SelectField(
        _("Ervaring vooraf"),
        choices=[SelectChoice("", _("niet bekend")), *(SelectChoice(*one) for one in EXPERIENCE.items())],
        default="",
        invalid_choice_message=CHOOSE_ONE,
    )


class AddPersonForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Name, mail address, roles, status, language and cohort of someone new."""

    name = StringField(_("Naam"), validators=[person_name], render_kw={"autocomplete": "off"})
    mail = EmailField(_("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "off"})
    roles = _roles(_("Rollen"), tuple(Role), validators=[InputRequired(_("Kies ten minste één rol."))])
    status = _status()
    experience = _experience()
    language = RadioField(
        _("Taal"),
        validators=[InputRequired(CHOOSE_ONE)],
        choices=[SelectChoice("nl", "Nederlands"), SelectChoice("en", "English")],
        default="nl",
        invalid_choice_message=CHOOSE_ONE,
    )
    cohort = SelectField(
        _("Cohort"),
        validators=[has_a_place_in_a_cohort],
        default="",
        invalid_choice_message=_("Dit cohort is er niet meer. Kies een ander cohort."),
    )

    def __init__(self, cohorts: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        offered = [SelectChoice(key, name) for key, name in cohorts.items()]
        self.cohort.choices = [SelectChoice("", _("geen cohort")), *offered]


class DetailsForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """What a lead can correct about someone who is here."""

    name = StringField(_("Naam"), validators=[person_name], render_kw={"autocomplete": "off"})
    mail = EmailField(_("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "off"})
    status = _status()
    experience = _experience()
    more_roles = _roles(_("Rol erbij"), tuple(Role))
    fewer_roles = _roles(_("Rol eraf"), tuple(Role))

    def __init__(self, to_add: Collection[Role], to_end: Collection[Role], **options: Any) -> None:
        super().__init__(**options)
        for field, offered in ((self.more_roles, to_add), (self.fewer_roles, to_end)):
            field.choices = [SelectChoice(role.value, role.label) for role in Role if role in offered]


class EnterForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Into which cohort, and since when."""

    cohort = SelectField(
        _("Cohort"),
        validators=[InputRequired(_("Kies een cohort."))],
        invalid_choice_message=_("Dit cohort is er niet meer. Kies een ander cohort."),
    )
    since = WrittenDayField(_("Sinds"), validators=[likely_day])

    def __init__(self, cohorts: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.cohort.choices = [SelectChoice(key, name) for key, name in cohorts.items()]


class SinceForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Another first day."""

    since = WrittenDayField(_("Sinds"), validators=[likely_day])


class LeaveForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Why someone leaves."""

    because = RadioField(
        _("Waarom?"),
        validators=[InputRequired(_("Kies een reden, of kies dat u die niet noteert."))],
        invalid_choice_message=CHOOSE_ONE,
    )

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        reasons = catalog().choices("leave_reason")
        self.because.choices = [SelectChoice(one.key, one.label[screen_language()]) for one in reasons]


class CohortForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A new cohort."""

    name = StringField(_("Naam van het cohort"), validators=[person_name], render_kw={"autocomplete": "off"})
    profile = RadioField(
        _("Profiel"), validators=[InputRequired(CHOOSE_ONE)], invalid_choice_message=CHOOSE_ONE
    )
    started_on = WrittenDayField(_("Eerste dag"), validators=[likely_day])

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        profiles = catalog().profiles
        self.profile.choices = [SelectChoice(one.profile, one.title[screen_language()]) for one in profiles]
