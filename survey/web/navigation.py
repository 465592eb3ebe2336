"""The main menu: who may open what, in one table."""

from typing import NamedTuple

from flask import Flask, request
from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from msgspec import Struct

from survey.access import session
from survey.access.permissions import Permission, Scope
from survey.web.respondent import is_respondent_page

WIDEST = 5  # places in the bar of a phone


class Entry(Struct, frozen=True):
    """One line of the menu."""

    word: LazyString
    icon: str
    path: str
    permission: Permission

    @property
    def current(self) -> bool:
        """Whether the page of this request lies under this line."""
        return f"{request.path}/".startswith(f"{self.path}/")


MENU = (
    Entry(_("Vandaag"), "today", "/vandaag", Permission.SEE_TODAY),
    Entry(_("Reflectie"), "mirror", "/reflectie", Permission.REFLECT),
    Entry(_("Groei"), "growth", "/groei", Permission.SEE_OWN_GROWTH),
    Entry(_("Trajecten"), "talk", "/trajecten", Permission.KEEP_CASES),
    Entry(_("Agenda"), "calendar", "/agenda", Permission.TAKE_PART),
    Entry(_("Inzet"), "house", "/inzet", Permission.KEEP_REGISTER),
    Entry(_("Cohorten"), "people", "/cohorten", Permission.SEE_COHORTS),
    Entry(_("Mensen"), "people", "/mensen", Permission.MANAGE_PEOPLE),
    Entry(_("Evaluatie"), "question", "/evaluatie", Permission.RUN_EVALUATION),
    Entry(_("Advies"), "paper", "/advies", Permission.WRITE_ADVICE),
    Entry(_("Jaarplan"), "year", "/jaarplan", Permission.MANAGE_COHORTS),
)


class Menu(NamedTuple):
    """The lines that stand in the bar of a phone, and those under "more" there."""

    bar: list[Entry]
    more: list[Entry]


def init_app(app: Flask) -> None:
    """Give templates the reader and the menu."""
    app.jinja_env.globals.update(reader=reader, navigation=navigation)


def reader() -> Scope | None:
    """Who is signed in and reads this page; never anyone on a page for respondents."""
    return None if is_respondent_page() else session.current()


def navigation() -> Menu:
    """The lines of the menu that the reader may open; what does not fit a phone stands under "more"."""
    scope = reader()
    found = [entry for entry in MENU if scope is not None and scope.can(entry.permission)]
    fits = len(found) if len(found) <= WIDEST else WIDEST - 1
    return Menu(found[:fits], found[fits:])
