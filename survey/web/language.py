"""The language of the screens, Dutch unless someone chose otherwise; dates and hours in words."""

from datetime import date, datetime
from pathlib import Path

from flask import Flask, g
from flask import session as cookie
from flask_babel import Babel, LazyString, format_decimal, get_locale
from flask_babel import format_date as in_words
from markupsafe import Markup, escape

from survey.access.permissions import Scope
from survey.clock import HOME, years
from survey.clock import moment as parsed
from survey.web.respondent import is_respondent_page

LANGUAGES = {"nl": "Nederlands", "en": "English"}
HOUSE_LANGUAGE = "nl"
TRANSLATIONS = Path(__file__).parents[1] / "translations"


def _escaped(lazy: LazyString) -> Markup:
    return escape(str(lazy))


# The library says that such a text is markup, also where somebody typed a part of it.
LazyString.__html__ = _escaped


def init_app(app: Flask) -> None:
    """Set up gettext with Dutch as the language of the msgids, and the filters for dates."""
    Babel(
        app,
        default_locale=HOUSE_LANGUAGE,
        default_translation_directories=str(TRANSLATIONS),
        default_timezone=HOME.key,
        locale_selector=chosen,
    )
    app.jinja_env.globals.update(screen_language=screen_language, LANGUAGES=LANGUAGES)
    app.jinja_env.filters.update(
        day=day, date=full_date, month=month, short_month=short_month, time=time, years=years
    )
    app.jinja_env.filters.update(decimal=format_decimal, hours=hours, about=about)  # 31,4, in English 31.4


def screen_language() -> str:
    """The language this page is written in, as a code."""
    return str(get_locale() or HOUSE_LANGUAGE)


def speak(language: str) -> None:
    """Write this page in the given language as far as the screens know it; respondents choose by link."""
    g.language = language


def chosen() -> str:
    """What someone chose: on this page, in their account, or on this device."""
    wanted = g.get("language") or _of_reader()
    return wanted if wanted in LANGUAGES else HOUSE_LANGUAGE


def _of_reader() -> str | None:
    if is_respondent_page():
        return None
    # Only what the guard looked up: a page about a broken database must not ask the database.
    reader: Scope | None = g.get("scope")
    return reader.language if reader else cookie.get("language")


def day(at: str | date | datetime) -> str:
    """dinsdag 20 januari"""
    return str(in_words(_local(at), "EEEE d MMMM"))


def full_date(at: str | date | datetime) -> str:
    """20 januari 2026"""
    return str(in_words(_local(at), "d MMMM y"))


def month(at: str | date | datetime) -> str:
    """januari 2026"""
    return str(in_words(_local(at), "LLLL y"))


def short_month(at: str | date | datetime) -> str:
    """jan, as on a leaf of a calendar"""
    return str(in_words(_local(at), "LLL")).removesuffix(".")


def time(at: str | datetime) -> str:
    """10.42, in English 10:42"""
    return f"{_local(at):{'%H:%M' if screen_language() == 'en' else '%H.%M'}}".removeprefix("0")


def hours(value: float | None, *, missing: str = "–") -> str:
    """Hours a week as 3,0 or 3,25; a dash where nothing is known."""
    return missing if value is None else _with_mark(f"{value:.2f}".removesuffix("0"))


def about(value: float | None, *, missing: str = "–") -> str:
    """Hours a week to one decimal: what comes out of a sum."""
    return missing if value is None else _with_mark(f"{value:.1f}")


def _with_mark(number: str) -> str:
    return number.replace(".", ",") if screen_language() == "nl" else number


def _local(at: str | date | datetime) -> date | datetime:
    """The moment on the wall clock of the Netherlands; a day without a time stays that day."""
    if isinstance(at, str):
        at = parsed(at) if "T" in at else date.fromisoformat(at)
    if isinstance(at, datetime) and at.tzinfo:
        at = at.astimezone(HOME)
    return at
