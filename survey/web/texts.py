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
    from analysis.texts import Texts, written

    language = screen_language()
    mark = "," if language == "nl" else "."
    return Texts(
        gettext,
        lambda value, digits: written(value, digits, mark),
        short_month,
        full_month,
        short_day,
        language,
    )


def short_month(day: date) -> str:
    """A round as "sep 25"."""
    return str(format_date(day, "MMM yy")).replace(".", "")


def short_day(day: date) -> str:
    """A check as "23 sep 25"."""
    return str(format_date(day, "d MMM yy")).replace(".", "")
