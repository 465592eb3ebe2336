"""The one clock: UTC, whole seconds, replaceable in tests and demos through the app's CLOCK."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import cast
from zoneinfo import ZoneInfo

import click
from flask import current_app

HOME = ZoneInfo("Europe/Amsterdam")
DAY = click.DateTime(formats=["%Y-%m-%d"])  # how an operator types a day
FIRST_MONTH = 8  # of a school year


def system_clock() -> datetime:
    """The machine's time in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """The current moment in UTC, to the second."""
    clock = cast("Callable[[], datetime]", current_app.config["CLOCK"])
    return clock().replace(microsecond=0)


def stamp(moment: datetime) -> str:
    """ISO text as stored: UTC, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def moment(text: str) -> datetime:
    """A stored time as datetime."""
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    """A stored time as datetime, where there is one."""
    return moment(text) if text else None


def local_day(text: str | datetime) -> date:
    """The day in the Netherlands of a stored time."""
    at = moment(text) if isinstance(text, str) else text
    return at.astimezone(HOME).date()


def day_or_none(text: str | None) -> date | None:
    """A stored day as date, where there is one."""
    return date.fromisoformat(text) if text else None


def last_day(closes_at: datetime) -> date:
    """The last day of what closes at this moment, in the Netherlands."""
    return local_day(closes_at - timedelta(seconds=1))


def is_midnight(at: datetime) -> bool:
    """Whether a day begins at this moment, in the Netherlands."""
    return at.astimezone(HOME).time() == time.min


def school_year(day: date) -> str:
    """The school year of a day, as '2026-2027': it begins on 1 August."""
    first = day.year if day.month >= FIRST_MONTH else day.year - 1
    return f"{first}-{first + 1}"


def years(school_year: str) -> str:
    """A school year as people write it: 2025–2026."""
    return school_year.replace("-", "–")


@lru_cache(maxsize=1_000)
def days_of_school_year(name: str) -> tuple[date, date]:
    """The first and the last day of a school year. Raises ValueError for what is no '2026-2027'."""
    first, dash, last = name.partition("-")
    if not (dash and first.isascii() and first.isdigit() and len(first) == len("2026")):
        raise ValueError(name)
    if last != str(int(first) + 1):
        raise ValueError(name)
    return date(int(first), FIRST_MONTH, 1), date(int(last), FIRST_MONTH, 1) - timedelta(days=1)


@lru_cache(maxsize=1_000)
def days_of_month(month: str) -> tuple[date, date]:
    """The first and the last day of a month, as '2026-09'."""
    first = date.fromisoformat(f"{month}-01")
    after = (first + timedelta(days=31)).replace(day=1)
    return first, after - timedelta(days=1)


def year_before(name: str) -> str:
    """The school year before this one. Raises ValueError as above."""
    return school_year(days_of_school_year(name)[0] - timedelta(days=1))


def year_after(name: str) -> str:
    """The school year after this one. Raises ValueError as above."""
    return school_year(days_of_school_year(name)[1] + timedelta(days=1))
