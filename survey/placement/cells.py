"""What a cell of the register says; each reader raises ValueError with what is wrong, in plain words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from msgspec import Struct

from survey.current import catalog
from survey.placement.forms import EARLIEST_YEAR, LONGEST_EMPLOYER, YEARS_AHEAD
from survey.placement.hours import MOST, in_quarters
from survey.placement.places import HOURS_REASONS, STATUSES
from survey.placement.reports import At, Who
from survey.placement.telling import LONGEST_NOTE
from survey.placement.words import STATES
from survey.sheets import cells
from survey.sheets.columns import bare


class Around(Struct, frozen=True):
    """What lines are held against: schools and coaches by what people call them, and today."""

    schools: Mapping[str, list[At]]
    codes: Mapping[str, At]
    emails: Mapping[str, Who]
    names: Mapping[str, list[Who]]
    today: date


def around(schools: Sequence[At], people: Sequence[Who], today: date) -> Around:
    """The schools and coaches of the register, by their names."""
    by_name, by_person = defaultdict[str, list[At]](list), defaultdict[str, list[Who]](list)
    for one in schools:
        by_name[bare(one.name)].append(one)
    for who in people:
        by_person[bare(who.name)].append(who)
    codes = {one.code.upper(): one for one in schools if one.code}
    return Around(by_name, codes, {who.email.lower(): who for who in people}, by_person, today)


def text(cell: str, longest: int = LONGEST_NOTE) -> str:
    """Words, without the quote that our own files put before what looks like a formula."""
    cell = cells.typed(cell)
    if len(cell) > longest:
        raise ValueError(_("Maak dit korter: hooguit %(n)s tekens.", n=longest))
    return cell


def employer(cell: str) -> str:
    return text(cell, LONGEST_EMPLOYER)


def day(cell: str, around: Around) -> date | None:
    """A day in a school year that a register can hold."""
    latest = date(around.today.year + YEARS_AHEAD, 12, 31)
    return cells.day(cells.typed(cell), earliest=date(EARLIEST_YEAR, 1, 1), latest=latest)


def hours(cell: str) -> float | None:
    """Hours a week in quarters; nothing is not known."""
    if not cell:
        return None
    value = cells.number(cell, least=0, most=MOST)
    if value != in_quarters(value):
        raise ValueError(_("Schrijf uren in kwartieren: 3, 3,25, 3,5 of 3,75."))
    return value


def status(cell: str) -> str:
    """A state, as the register or the list of states words it; empty where nothing is said."""
    known = {str(word).lower(): key for key, word in STATES.items()} | _labels(STATUSES)
    return cells.one_of(cells.typed(cell), known, "", _("stand"), STATES.values())


def because(cell: str) -> str | None:
    """A reason of hours, in words; nothing is no reason."""
    offered = [one.label["nl"] for one in catalog().choices(HOURS_REASONS)]
    return cells.one_of(cells.typed(cell), _labels(HOURS_REASONS), "", _("reden"), offered) or None


def school(name: str, place: str, code: str, around: Around, stands: str | None = None) -> At:
    """The school with this BRIN number, or else with this name and place.

    It takes part, or the place `stands` there already, by id.
    """
    found = _school(name, place, code, around)
    if not found.takes_part and found.id != stands:
        raise ValueError(_("%(name)s doet nu niet mee. Zet dat eerst goed bij de school.", name=found.name))
    return found


def _school(name: str, place: str, code: str, around: Around) -> At:
    if code and code.upper() in around.codes:
        return around.codes[code.upper()]
    if code:
        raise ValueError(_("Er is geen school met BRIN %(code)s. Voeg de school eerst toe.", code=code))
    if not name:
        raise ValueError(_("De naam van de school ontbreekt."))
    found = around.schools.get(bare(name), [])
    if place:
        found = [one for one in found if bare(one.place) == bare(place)]
    if not found:
        raise ValueError(_("“%(name)s” is hier geen school. Voeg de school eerst toe.", name=name))
    if len(found) > 1:
        raise ValueError(
            _("Er zijn meer scholen die %(name)s heten. Zet de plaats of het BRIN erbij.", name=name)
        )
    return found[0]


def coach(name: str, email: str, around: Around) -> str | None:
    """Who coaches, by mail address, or else by name; nobody where both are empty."""
    if email:
        who = around.emails.get(email.lower())
        if who is None:
            raise ValueError(_("Geen coach heeft het mailadres %(email)s.", email=email))
        return who.id
    if not name:
        return None
    found = around.names.get(bare(name), [])
    if not found:
        raise ValueError(_("“%(name)s” is hier geen coach. Voeg de coach eerst toe bij Mensen.", name=name))
    if len(found) > 1:
        raise ValueError(_("Er zijn meer coaches die %(name)s heten. Zet het mailadres erbij.", name=name))
    return found[0].id


def _labels(listed: str) -> dict[str, str]:
    return {
        word.lower(): one.key for one in catalog().choices(listed) for word in (one.key, *one.label.values())
    }
