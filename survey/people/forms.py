"""The form to add someone."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, Field, Form, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from survey.access.permissions import Role
from survey.mail.fields import mail_address
from survey.people.actions import LONGEST_NAME, NoName, readable


def person_name(_form: Form, field: Field) -> None:
    """A validator: the field holds a name that can be stored and read."""
    try:
        field.data = readable(field.data or "")
    except NoName as error:
        raise StopValidation(
            _("Vul een naam in van ten hoogste %(most)s tekens.", most=LONGEST_NAME)
        ) from error


def at_least_one(_form: Form, field: Field) -> None:
    """A validator: one or more boxes are ticked."""
    if not field.data:
        raise StopValidation(_("Kies ten minste één rol."))


class Choice(RadioField):  # type: ignore[misc]  # WTForms ships no types
    """One choice of a few; what was not offered is answered in our own words."""

    def pre_validate(self, form: Form) -> None:
        """Refuse what was not offered."""
        if self.data not in self.choices:
            raise StopValidation(_("Kies een van de antwoorden."))


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several choices as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Form) -> None:
        """Refuse what was not offered."""
        if not set(self.data or ()) <= set(self.choices):
            raise StopValidation(_("Kies uit de rollen die hier staan."))


class Cohort(SelectField):  # type: ignore[misc]
    """No cohort, or one of those there are now."""

    def pre_validate(self, form: Any) -> None:
        """Refuse a cohort that is not there, and a cohort for someone who does not belong in one."""
        if self.data not in self.choices:
            raise StopValidation(_("Dit cohort is er niet meer. Kies een ander cohort."))
        if self.data and not {Role.COACH, Role.TRAINER} & set(form.roles.data or ()):
            raise StopValidation(
                _("Een cohort is voor coaches en trainers. Kies een van die rollen, of kies geen cohort.")
            )


class AddPersonForm(FlaskForm):  # type: ignore[misc]
    """Name, mail address, roles, status, language and cohort of someone new."""

    name = StringField(_("Naam"), validators=[person_name], render_kw={"autocomplete": "off"})
    mail = EmailField(_("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "off"})
    roles = Boxes(_("Rollen"), validators=[at_least_one], choices={role.value: role.label for role in Role})
    status = Choice(
        _("Status"), choices={"active": _("actief"), "aspirant": _("in opleiding")}, default="active"
    )
    language = Choice(_("Taal"), choices={"nl": "Nederlands", "en": "English"}, default="nl")
    cohort = Cohort(_("Cohort"), default="")

    def __init__(self, cohorts: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.cohort.choices = {"": _("geen cohort"), **cohorts}
