"""The forms of a school: what is noted, its pupils in a school year, and its last day."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import Field, Form, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, StopValidation

from survey.clock import local_day, now, years
from survey.school import cells
from survey.school.actions import Details
from survey.school.reports import Count, School
from survey.web.fields import WrittenDayField

BACK, AHEAD = timedelta(days=3653), timedelta(days=366)  # a last day beyond is a slip of the keyboard


def read_by(reader: Callable[[str], Any]) -> Callable[[Form, Field], None]:
    """A validator: the field says what the reader reads; what was typed stays in `raw_data`."""

    def validate(_form: Form, field: Field) -> None:
        try:
            field.read = reader((field.data or "").strip())
        except ValueError as error:
            raise StopValidation(str(error)) from error

    return validate


def _line(label: Any, reader: Callable[[str], Any] = cells.line, **options: Any) -> StringField:
    return StringField(label, validators=[read_by(reader)], **options)


class SchoolForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """What is noted of a school."""

    name = _line(_("Naam"), cells.name)
    place = _line(_("Plaats"), cells.place)
    municipality = _line(_("Gemeente"), cells.municipality)
    brin = _line(_("BRIN-nummer"), cells.brin)
    branch = _line(_("Vestiging"), lambda text: cells.branch(text or cells.WHOLE_SCHOOL))
    board = _line(_("Bestuur"), lambda text: cells.line(text, cells.LONGEST_NAME))
    street = _line(_("Straat en huisnummer"))
    postcode = _line(_("Postcode"), cells.postcode)
    programmes = TextAreaField(
        _("Programma’s voor een goed klimaat"), validators=[read_by(cells.programmes)], render_kw={"rows": 3}
    )

    @classmethod
    def of(cls, school: School) -> "SchoolForm":
        """The form with what is noted now."""
        stands = {field: getattr(school, field) for field in _FIELDS}
        return cls(formdata=None, data={**stands, "programmes": "\n".join(school.programmes)})

    @property
    def details(self) -> Details:
        """What a valid form says."""
        return Details(**{field: self[field].read for field in (*_FIELDS, "programmes")})


_FIELDS = ("name", "place", "municipality", "brin", "branch", "board", "street", "postcode")


class CountForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """Pupils and school weighting of a school year."""

    school_year = SelectField(_("Schooljaar"), invalid_choice_message=_("Kies een schooljaar uit de lijst."))
    pupils = _line(_("Leerlingen op 1 oktober"), cells.pupils, render_kw={"inputmode": "numeric"})
    weighting = _line(_("Schoolweging"), cells.weighting, render_kw={"inputmode": "decimal"})

    def __init__(self, offered: Sequence[str], **filled: Any) -> None:
        super().__init__(**filled)
        self.school_year.choices = [(year, years(year)) for year in offered]

    @property
    def counted(self) -> Count:
        """What a valid form says."""
        return Count(self.school_year.data, self.pupils.read, self.weighting.read)


def _near(_form: Form, field: Field) -> None:
    today = local_day(now())
    if field.data and not today - BACK <= field.data <= today + AHEAD:
        raise StopValidation(_("Deze dag ligt te ver weg. Kijk het jaar na."))


class CloseForm(FlaskForm):  # type: ignore[misc]  # WTForms ships no types
    """The last day of a school."""

    last_day = WrittenDayField(_("Laatste schooldag"), validators=[InputRequired(_("Kies een dag.")), _near])
