"""Fields of several rooms: a day, a time and hours as people write them, and boxes to tick."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, Field, SelectMultipleField, StringField, TimeField
from wtforms.widgets import CheckboxInput, ListWidget

from survey.signs import one_line as one_line
from survey.web.language import hours

_HOURS = re.compile(r"(\d{1,6}(?:[.,]\d{1,2})?)\s*(?:u|uur|uren|hours?)?", re.IGNORECASE)
_QUARTERS = 4  # of an hour


class WrittenDayField(DateField):  # type: ignore[misc]  # WTForms ships no types
    """A day, or none: from a date control, or typed as people write it."""

    data: Any

    def __init__(self, label: object, **options: Any) -> None:
        super().__init__(label, format=["%Y-%m-%d", "%d-%m-%Y"], **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """None for an empty control; a ValueError when the text is no day."""
        self.data = None
        if _is_blank(self, valuelist):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Dit is geen dag. Schrijf de dag zo: 20-1-2026.")) from error


class ClockField(TimeField):  # type: ignore[misc]  # WTForms ships no types
    """A time of the day, or none: from a time control, or typed as people write it."""

    data: Any

    def __init__(self, label: object, **options: Any) -> None:
        super().__init__(label, format=["%H:%M", "%H.%M", "%H:%M:%S"], **options)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """None for an empty control; a ValueError when the text is no time."""
        self.data = None
        if _is_blank(self, valuelist):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(_("Dit is geen tijd. Schrijf de tijd zo: 15.15.")) from error


class HoursField(StringField):  # type: ignore[misc]  # WTForms ships no types
    """Hours a week in quarters, or none, as people write them: 3,5 or 3.5 uur."""

    def __init__(self, label: object = None, *, most: int = 40, **options: Any) -> None:
        super().__init__(label, **options)
        self.most = most

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """None for an empty control; a ValueError in words when the text is no number of hours."""
        self.typed, self.data = (valuelist[0].strip() if valuelist else ""), None
        if not self.typed:
            return
        found = _HOURS.fullmatch(self.typed)
        if not found:
            raise ValueError(_("Dit is geen aantal uren. Schrijf het zo: 3,5."))
        value = float(found[1].replace(",", "."))
        if value > self.most:
            raise ValueError(_("Meer dan %(most)s uur per week kan niet.", most=self.most))
        if value * _QUARTERS % 1:
            raise ValueError(_("Schrijf uren in kwartieren: 3, 3,25, 3,5 of 3,75."))
        self.data = value

    def _value(self) -> str:
        return getattr(self, "typed", None) or hours(self.data, missing="")


def _is_blank(field: Field, valuelist: Sequence[str]) -> bool:
    """Whether nothing was put; spaces are nothing, also to who asks for an answer."""
    if "".join(valuelist).strip():
        return False
    field.raw_data = []
    return True


def errors_of(form: FlaskForm) -> list[tuple[str, str]]:
    """What is wrong in a form, field by field, for the summary on top of the page."""
    return [(f"#{field.id}", str(field.errors[0])) for field in form if field.errors]


def boxes(label: object, **options: Any) -> SelectMultipleField:
    """Several boxes under one question."""
    return SelectMultipleField(
        label,
        invalid_choice_message=_("Kies uit wat hier staat."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **options,
    )
