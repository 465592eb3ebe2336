"""The forms of the lead: the days of a window, who is asked at a school, where a coach stands in the tree."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_babel import lazy_ngettext
from flask_wtf import FlaskForm
from wtforms import Field, Form, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, StopValidation

from survey.clock import HOME, local_day, now, years
from survey.evaluation.actions import WrongDays
from survey.evaluation.groups import AT_SCHOOL, FORMS, WITH_A_NAME
from survey.evaluation.invitation.actions import MOST_CARDS
from survey.evaluation.invitation.addresses import MOST, read
from survey.evaluation.windows import LONGEST
from survey.mail.fields import mail_address
from survey.web.fields import WrittenDayField, one_line
from survey.web.language import full_date

LONGEST_NAME, LONGEST_CLUSTER, SHOWN = 120, 80, 3
DAY, YEARS_AHEAD = timedelta(days=1), 2


def _near(_form: Form, field: Field) -> None:
    if field.data and abs(field.data.year - local_day(now()).year) > YEARS_AHEAD:
        raise StopValidation(_("Deze dag is ver weg. Kijk het jaartal na."))


def _name(most: int) -> Callable[[Form, Field], None]:
    """A name of one line."""

    def check(_form: Form, field: Field) -> None:
        field.data = one_line(field.data or "")
        if not 0 < len(field.data) <= most:
            raise StopValidation(_("Vul een naam in van ten hoogste %(most)s tekens.", most=most))

    return check


class DaysForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """From which day up to and including which day people can answer."""

    opens = WrittenDayField(_("Eerste dag"), validators=[InputRequired(_("Kies de eerste dag.")), _near])
    closes = WrittenDayField(_("Laatste dag"), validators=[InputRequired(_("Kies de laatste dag.")), _near])

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the moment after the last one, in the Netherlands."""
        return _midnight(self.opens.data), _midnight(self.closes.data + DAY)

    def refuse(self, error: WrongDays, *, only_last: bool = False) -> None:
        """Say at the field what is wrong with these days."""
        if error.reason == "past":
            words = _("Deze dag is al voorbij. Kies vandaag of later.")
        elif error.reason == "order":
            words = _("De laatste dag ligt voor de eerste. Kijk de dagen na.")
        elif error.reason == "long":
            words = _("Dit is te lang. Een evaluatie is hooguit %(days)d dagen open.", days=LONGEST.days)
        else:
            words = _(
                "Er is dan al een evaluatie open, van %(first)s tot en met %(last)s. Kies andere dagen.",
                first=full_date(error.other.first_day) if error.other else "",
                last=full_date(error.other.last_day) if error.other else "",
            )
        is_first = error.reason == "past" and self.opens.data < self.closes.data and not only_last
        field = self.opens if is_first else self.closes
        field.errors = [words]


class PlanForm(DaysForm):
    """A new window, with the school year it looks back on."""

    school_year = SelectField(_("Schooljaar"))

    def __init__(self, offered: list[str], **options: Any) -> None:
        super().__init__(**options)
        self.school_year.choices = [SelectChoice(year, years(year)) for year in offered]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), HOME)


class ClusterForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """In which cluster a coach stands."""

    cluster = StringField(
        _("Cluster"),
        validators=[_name(LONGEST_CLUSTER)],
        render_kw={"maxlength": LONGEST_CLUSTER, "list": "clusters"},
    )


class AddressesForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Addresses of teachers or of parents of one school."""

    form = RadioField(
        _("Wie vraagt u?"),
        choices=[SelectChoice(key, FORMS[key].people) for key in AT_SCHOOL],
        validators=[InputRequired(_("Kies wie u vraagt."))],
    )
    addresses = TextAreaField(_("Mailadressen"), render_kw={"rows": 6})
    found: tuple[str, ...] = ()

    def validate_addresses(self, field: TextAreaField) -> None:
        """At least one address, every piece an address, and not too many at once."""
        pasted = read(field.data or "")
        if pasted.wrong:
            shown = ", ".join(piece[:60] for piece in pasted.wrong[:SHOWN])
            raise StopValidation(
                lazy_ngettext(
                    "Dit is geen mailadres: %(pieces)s. Verbeter het, of haal het weg.",
                    "Dit zijn geen mailadressen (%(num)d): %(pieces)s. Verbeter ze, of haal ze weg.",
                    len(pasted.wrong),
                    pieces=shown + (" …" if len(pasted.wrong) > SHOWN else ""),
                )
            )
        if not pasted.addresses:
            raise StopValidation(_("Vul minstens één mailadres in."))
        if len(pasted.addresses) > MOST:
            raise StopValidation(
                _(
                    "Dit zijn %(number)d adressen. Voeg er hooguit %(most)d tegelijk toe.",
                    number=len(pasted.addresses),
                    most=MOST,
                )
            )
        self.found = pasted.addresses


class CardsForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """Cards with a code for one person each."""

    form = RadioField(
        _("Voor wie zijn de kaarten?"),
        choices=[SelectChoice(key, FORMS[key].people) for key in AT_SCHOOL],
        validators=[InputRequired(_("Kies voor wie de kaarten zijn."))],
    )
    number = IntegerField(
        _("Hoeveel kaarten?"),
        validators=[
            InputRequired(_("Vul in hoeveel kaarten u nodig hebt.")),
            NumberRange(1, MOST_CARDS, _("Maak 1 tot %(most)d kaarten tegelijk.", most=MOST_CARDS)),
        ],
        render_kw={"inputmode": "numeric"},
    )


class NamedForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The internal supervisor or the director of one school."""

    respondent = RadioField(
        _("Functie"),
        choices=[SelectChoice(*one) for one in WITH_A_NAME.items()],
        validators=[InputRequired(_("Kies een functie."))],
    )
    name = StringField(
        _("Naam"),
        validators=[_name(LONGEST_NAME)],
        render_kw={"maxlength": LONGEST_NAME, "autocomplete": "off"},
    )
    mail = StringField(_("Mailadres"), validators=[mail_address], render_kw={"autocomplete": "off"})


class TalkForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types
    """The day on which a coach talked about a named form."""

    day = WrittenDayField(_("Besproken op"), validators=[InputRequired(_("Kies een dag."))])
