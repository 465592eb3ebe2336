"""The words of a screen, injected: translation, numbers and months; how a number is written."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct


def written(value: float, digits: int, mark: str) -> str:
    """A number with this decimal mark and a real minus sign; never minus zero."""
    text = f"{round(value, digits) + 0.0:.{digits}f}"
    return text.replace(".", mark).replace("-", "−")


class Texts(Struct, frozen=True):
    """gettext(message, **values), number(value, digits), month(day) and day(day) in a table or figure,
    full_month(day) in a sentence, and the locale of the drawing script."""

    gettext: Callable[..., str]
    number: Callable[[float, int], str]
    month: Callable[[date], str]
    full_month: Callable[[date], str]
    day: Callable[[date], str]
    locale: str
