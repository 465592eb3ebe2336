"""What a cell of any table says; each reader raises ValueError with what is wrong, in plain words."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from flask_babel import gettext as _

from survey.sheets.reading import FORMULA
from survey.sheets.writing import as_it_was

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")
# What a spreadsheet makes of a number or a code that it takes for a day: 4-3 becomes 4 March.
TAKEN_FOR_A_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[-/ ][a-z]{3,9}\.?([-/ ]\d{2,4})?", re.IGNORECASE
)
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
WHOLE = re.compile(r"-?\d+([.,]0+)?")


def typed(text: str) -> str:
    """What someone typed, or what we wrote ourselves so that it would not run; a formula is refused."""
    if text.startswith(FORMULA):
        raise ValueError(_("Hier staat een formule. Zet de uitkomst er zelf neer, als tekst of getal."))
    return as_it_was(text)


def code(text: str) -> str:
    """A code as it was typed, not a day that a spreadsheet made of it."""
    if TAKEN_FOR_A_DAY.fullmatch(typed(text)):
        raise ValueError(
            _(
                "Hier staat een datum: “%(text)s”. Het rekenblad maakte die er zelf van. "
                "Zet het vak op Tekst en typ het opnieuw.",
                text=text,
            )
        )
    return text


def number(text: str, *, least: float, most: float) -> float:
    """A number with a comma or a point before its decimals."""
    if not NUMBER.fullmatch(code(text)):
        raise ValueError(_("“%(text)s” is geen getal. Schrijf een getal zo: 28,5.", text=text))
    value = float(text.replace(",", "."))
    if not least <= value <= most:
        raise ValueError(
            _(
                "%(text)s kan niet. Het ligt tussen %(least)s en %(most)s.",
                text=text,
                least=f"{least:g}",
                most=f"{most:g}",
            )
        )
    return value


def whole(text: str, *, least: int, most: int) -> int:
    """A number without decimals."""
    if not WHOLE.fullmatch(code(text)):
        raise ValueError(_("“%(text)s” is geen heel getal. Schrijf het zo: 112.", text=text))
    return int(number(text, least=least, most=most))


def day(text: str, *, earliest: date, latest: date) -> date | None:
    """A day as people or spreadsheets write it; nothing is no day."""
    if not text:
        return None
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if not earliest <= day <= latest:
            raise ValueError(_("“%(text)s” ligt te ver weg. Kijk het jaar na.", text=text))
        return day
    raise ValueError(_("“%(text)s” is geen dag. Schrijf de dag zo: 1-9-2026.", text=text))


def one_of(text: str, known: Mapping[str, str], default: str, column: str, offered: Iterable[object]) -> str:
    """What stands for one of the known words; nothing means the default."""
    if not text:
        return default
    if text.lower() not in known:
        raise ValueError(
            _(
                "“%(text)s” kennen we niet bij %(column)s. Kies uit: %(offered)s.",
                text=text,
                column=column,
                offered=", ".join(map(str, offered)),
            )
        )
    return known[text.lower()]
