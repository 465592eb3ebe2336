"""The form of the sign-in page."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField

from survey.mail.fields import mail_address


class SignInForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """A mail address, and the page to go to afterwards."""

    mail = EmailField(
        _("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "username", "required": True}
    )
    next = HiddenField()
