"""The words a chart is put into: this screen's language, numbers and months."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from flask_babel import format_date, gettext

from survey.web.language import month as full_month
from survey.web.language import screen_language

if TYPE_CHECKING:
    from analysis.texts import Texts


def chart_texts() -> Texts:
    """Gettext, numbers and months as this page writes them."""
    from analysis.texts import Texts, dutch_number

    language = screen_language()
    number = dutch_number if language == "nl" else english_number
    return Texts(gettext=gettext, number=number, month=short_month, full_month=full_month, locale=language)


def english_number(value: float, digits: int = 1) -> str:
    """A number with a decimal point and a real minus sign; never minus zero."""
    return f"{round(value, digits) + 0.0:.{digits}f}".replace("-", "−")


def short_month(day: date) -> str:
    """A round as "sep 25"."""
    return str(format_date(day, "MMM yy")).replace(".", "")
