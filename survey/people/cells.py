"""What a cell of an imported table says; each reader raises ValueError with what is wrong, in plain words."""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from flask_babel import gettext as _
from msgspec import Struct

from survey.access.permissions import Role
from survey.mail.address import NoAddress, normal
from survey.people.actions import LONGEST_NAME, NoName, readable
from survey.people.forms import EARLIEST, FARTHEST
from survey.people.words import EXPERIENCE, HERE
from survey.sheets import cells

ROLES = {
    "coach": Role.COACH,
    "trainer": Role.TRAINER,
    "programmaleider": Role.LEAD,
    "leider": Role.LEAD,
    "lead": Role.LEAD,
    "programme lead": Role.LEAD,
    "program lead": Role.LEAD,
}
BETWEEN_ROLES = re.compile(r"[,+/;&]|\s(?:en|and)\s", re.IGNORECASE)
STATUSES = {
    "actief": "active",
    "active": "active",
    "in opleiding": "aspirant",
    "in training": "aspirant",
    "aspirant": "aspirant",
}
LANGUAGES = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}

BANDS = {
    "no": "none",
    "none": "none",
    "nee": "none",
    "geen": "none",
    "minder dan 1 jaar": "under_1",
    "less than 1 year": "under_1",
    "1 tot 3 jaar": "1_to_3",
    "1 to 3 years": "1_to_3",
    "meer dan 3 jaar": "over_3",
    "more than 3 years": "over_3",
}
YEARS = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:jaar|jaren|years?)?", re.IGNORECASE)


class Holder(NamedTuple):
    """Who has a mail address already."""

    name: str
    is_here: bool


class Start(NamedTuple):
    """A cohort someone can enter."""

    id: str
    name: str
    started_on: date


class Around(Struct, frozen=True):
    """What a line is held against: who and what is there, by address and by name in small letters."""

    holders: Mapping[str, Holder]
    cohorts: Mapping[str, Start]
    today: date


def name(text: str) -> str:
    try:
        return readable(text)
    except NoName as error:
        raise ValueError(
            _("Vul een naam in van ten hoogste %(most)s tekens.", most=LONGEST_NAME)
            if text
            else _("De naam ontbreekt.")
        ) from error


def email(text: str) -> str:
    try:
        return normal(text)
    except NoAddress as error:
        raise ValueError(
            _("“%(text)s” is geen mailadres. Een mailadres lijkt op naam@school.nl.", text=text)
            if text
            else _("Het mailadres ontbreekt.")
        ) from error


def roles(text: str) -> frozenset[Role]:
    """Several are apart by a comma, a plus, a stroke, “en” or “and”; nothing means coach."""
    known = ROLES | {str(role.label).lower(): role for role in Role}
    named = [part.strip().lower() for part in BETWEEN_ROLES.split(text) if part.strip()]
    unknown = [part for part in named if part not in known]
    if unknown:
        raise ValueError(
            _("“%(text)s” is geen rol. Kies uit coach, trainer of programmaleider.", text=unknown[0])
        )
    return frozenset(known[part] for part in named) or frozenset({Role.COACH})


def status(text: str) -> str:
    """Nothing means active."""
    return cells.one_of(text, STATUSES | _said(HERE), "active", _("status"), HERE.values())


def language(text: str) -> str:
    """Nothing means Dutch."""
    return cells.one_of(text, LANGUAGES, "nl", _("taal"), ("nl", "en"))


def experience(text: str) -> str | None:
    """A band, or a number of years."""
    if not text:
        return None
    bands = BANDS | _said(EXPERIENCE) | {key: key for key in EXPERIENCE}
    if text.lower() in bands:
        return bands[text.lower()]
    number = YEARS.fullmatch(text)
    years = float(number[1].replace(",", ".")) if number else -1
    if not 0 <= years <= 60:
        raise ValueError(
            _(
                "“%(text)s” kennen we niet bij ervaring. Vul een aantal jaren in, of kies uit: %(offered)s.",
                text=text,
                offered=", ".join(map(str, EXPERIENCE.values())),
            )
        )
    return "none" if years == 0 else "under_1" if years < 1 else "1_to_3" if years <= 3 else "over_3"


def day(text: str, around: Around) -> date | None:
    return cells.day(text, earliest=EARLIEST, latest=around.today + FARTHEST)


def cohort(text: str, around: Around) -> Start | None:
    if not text:
        return None
    if text.lower() in around.cohorts:
        return around.cohorts[text.lower()]
    names = ", ".join(one.name for one in around.cohorts.values())
    if not names:
        raise ValueError(_("Er is nog geen cohort “%(text)s”. Maak het eerst, bij Cohorten.", text=text))
    raise ValueError(_("Er is geen cohort “%(text)s”. Wel: %(names)s.", text=text, names=names))


def _said(words: Mapping[str, object]) -> dict[str, str]:
    """What stands for each key, by the words of the screen."""
    return {str(word).lower(): key for key, word in words.items()}
