"""What a cell of an imported table says; each reader raises ValueError with what is wrong, in plain words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from flask_babel import gettext as _

from survey.access.permissions import Role
from survey.mail.address import NoAddress, normal
from survey.people.actions import LONGEST_NAME, NoName, readable
from survey.people.forms import EARLIEST, FARTHEST
from survey.people.words import EXPERIENCE

DAYS = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y")

ROLES = {
    "coach": Role.COACH,
    "trainer": Role.TRAINER,
    "programmaleider": Role.LEAD,
    "leider": Role.LEAD,
    "lead": Role.LEAD,
}
STATUSES = {"actief": "active", "active": "active", "in opleiding": "aspirant", "aspirant": "aspirant"}
LANGUAGES = {"nl": "nl", "nederlands": "nl", "dutch": "nl", "en": "en", "engels": "en", "english": "en"}


class Holder(NamedTuple):
    """Who has a mail address already."""

    name: str
    is_here: bool


class Start(NamedTuple):
    """A cohort someone can enter."""

    id: str
    name: str
    started_on: date


@dataclass(frozen=True, slots=True)
class Around:
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
    """Several are apart by a comma, a plus, a stroke or “en”; nothing means coach."""
    parts = text.replace("+", ",").replace("/", ",").replace(";", ",").replace(" en ", ",").split(",")
    named = [part.strip().lower() for part in parts if part.strip()]
    unknown = [part for part in named if part not in ROLES]
    if unknown:
        raise ValueError(
            _("“%(text)s” is geen rol. Kies uit coach, trainer of programmaleider.", text=unknown[0])
        )
    return frozenset(ROLES[part] for part in named) or frozenset({Role.COACH})


def one_of(text: str, known: Mapping[str, str], default: str, column: str, offered: Sequence[object]) -> str:
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


def experience(text: str) -> str | None:
    """A band, or a number of years."""
    if not text:
        return None
    by_word = {str(word): key for key, word in EXPERIENCE.items()} | {"no": "none", "nee": "none"}
    if text.lower() in by_word:
        return by_word[text.lower()]
    if text in EXPERIENCE:
        return text
    try:
        years = float(text.lower().removesuffix("jaar").strip().replace(",", "."))
    except ValueError:
        years = -1
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
    if not text:
        return None
    for form in DAYS:
        try:
            day = datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if not EARLIEST <= day <= around.today + FARTHEST:
            raise ValueError(_("“%(text)s” ligt te ver weg. Kijk het jaar na.", text=text))
        return day
    raise ValueError(_("“%(text)s” is geen dag. Schrijf de dag zo: 1-9-2026.", text=text))


def cohort(text: str, around: Around) -> Start | None:
    if not text:
        return None
    if text.lower() in around.cohorts:
        return around.cohorts[text.lower()]
    names = ", ".join(one.name for one in around.cohorts.values())
    if not names:
        raise ValueError(_("Er is nog geen cohort “%(text)s”. Maak het eerst, bij Cohorten.", text=text))
    raise ValueError(_("Er is geen cohort “%(text)s”. Wel: %(names)s.", text=text, names=names))
