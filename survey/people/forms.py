"""The form to add someone."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from survey.access.permissions import Role
from survey.mail.fields import mail_address
from survey.people.actions import LONGEST_NAME, NoName, readable

CHOOSE_ONE = _("Kies een van de antwoorden.")


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


class AddPersonForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Name, mail address, roles, status, language and cohort of someone new."""

    name = StringField(_("Naam"), validators=[person_name], render_kw={"autocomplete": "off"})
    mail = EmailField(_("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "off"})
    roles = SelectMultipleField(
        _("Rollen"),
        validators=[InputRequired(_("Kies ten minste één rol."))],
        choices=[SelectChoice(role.value, role.label) for role in Role],
        invalid_choice_message=_("Kies uit de rollen die hier staan."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    status = RadioField(
        _("Status"),
        validators=[InputRequired(CHOOSE_ONE)],
        choices=[SelectChoice("active", _("actief")), SelectChoice("aspirant", _("in opleiding"))],
        default="active",
        invalid_choice_message=CHOOSE_ONE,
    )
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
