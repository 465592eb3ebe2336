"""Fields of several rooms: a day and a time as people write them, and boxes to tick."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, Field, SelectMultipleField, TimeField
from wtforms.widgets import CheckboxInput, ListWidget


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


def _is_blank(field: Field, valuelist: Sequence[str]) -> bool:
    """Whether nothing was put; spaces are nothing, also to who asks for an answer."""
    if "".join(valuelist).strip():
        return False
    field.raw_data = []
    return True


def one_line(text: str) -> str:
    """The text as it can be stored and read: what is no sign, or stood between words, becomes one space."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def boxes(label: object, **options: Any) -> SelectMultipleField:
    """Several boxes under one question."""
    return SelectMultipleField(
        label,
        invalid_choice_message=_("Kies uit wat hier staat."),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **options,
    )
