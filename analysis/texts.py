"""The words of a screen, injected: translation, numbers and months. Dutch unless the caller brings others."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

FULL_MONTHS: Final = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
MONTHS: Final = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def untranslated(message: str, **values: object) -> str:
    """The Dutch message itself with its %(name)s places filled, as gettext would."""
    return message % values if values else message


def dutch_number(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and a real minus sign; never minus zero."""
    text = f"{round(value, digits) + 0.0:.{digits}f}"
    return text.replace(".", ",").replace("-", "−")


def dutch_month(day: date) -> str:
    """A round as "sep 25"."""
    return f"{MONTHS[day.month - 1]} {day:%y}"


def dutch_full_month(day: date) -> str:
    """A round inside a sentence, as "september 2025"."""
    return f"{FULL_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Texts:
    """gettext(message, **values), number(value, digits), month(day) in a table or figure, full_month(day) in
    a sentence, and the locale of the drawing script."""

    gettext: Callable[..., str] = untranslated
    number: Callable[[float, int], str] = dutch_number
    month: Callable[[date], str] = dutch_month
    full_month: Callable[[date], str] = dutch_full_month
    locale: str = "nl"
