"""What tests of the analysis start from: Dutch words, and tables of scores written by hand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import pandas as pd
from babel.dates import format_date

from analysis.frames import SCORES, SEGMENTS
from analysis.texts import Texts, written


def dutch(message: str, **values: object) -> str:
    """The Dutch message itself with its %(name)s places filled, as gettext would."""
    return message % values if values else message


def number(value: float, digits: int) -> str:
    return written(value, digits, ",")


def month(day: date) -> str:
    return format_date(day, "MMM yy", "nl").replace(".", "")


def full_month(day: date) -> str:
    return format_date(day, "MMMM y", "nl")


def day(at: date) -> str:
    return format_date(at, "d MMM yy", "nl").replace(".", "")


ON_ONE_LINE = dict.fromkeys(SEGMENTS.values(), 0)
TEXTS = Texts(dutch, number, month, full_month, day, "nl")


def scores_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows with the columns of SCORES as a SCORES frame; all on one line where they do not say."""
    return pd.DataFrame([{**ON_ONE_LINE, **row} for row in rows], columns=[*SCORES]).astype(dict(SCORES))


def due(month: int, submitted: int, started: int, number: int) -> list[dict[str, Any]]:
    """Coaches whose turn it was in a round of 2025, so many of them handed in and so many begun."""
    day = date(2025, month, 8)
    return [
        {"round": str(day), "moment": day, "started": n < started, "submitted": n < submitted}
        for n in range(number)
    ]
