"""What a form with a mail address needs."""

from flask_babel import lazy_gettext as _
from wtforms import Field, Form
from wtforms.validators import StopValidation

from survey.mail.address import NoAddress, normal


def mail_address(_form: Form, field: Field) -> None:
    """A validator: the field holds a mail address, from here on in the form it is stored in."""
    if not (field.data or "").strip():
        raise StopValidation(_("Vul een mailadres in."))
    try:
        field.data = normal(field.data)
    except NoAddress as error:
        raise StopValidation(_("Dit is geen mailadres. Een mailadres lijkt op naam@school.nl.")) from error
