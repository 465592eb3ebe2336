"""The lines of a table read as people to invite, and every problem of every line in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from survey.access.permissions import Role
from survey.people import cells
from survey.people.actions import Newcomer
from survey.people.cells import Around, Holder, Start
from survey.sheets import preview as previews
from survey.sheets.columns import Column, head_of
from survey.sheets.preview import each_once
from survey.sheets.reading import Line, Unreadable

COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        "name": Column(lazy_gettext("naam"), frozenset({"naam", "name"})),
        "email": Column(
            lazy_gettext("mailadres"),
            frozenset({"mailadres", "mail", "email", "emailadres", "emailaddress", "mailaddress"}),
        ),
        "roles": Column(lazy_gettext("rollen"), frozenset({"rollen", "rol", "roles", "role"})),
        "status": Column(lazy_gettext("status"), frozenset({"status"})),
        "language": Column(lazy_gettext("taal"), frozenset({"taal", "language"})),
        "cohort": Column(lazy_gettext("cohort"), frozenset({"cohort"})),
        "since": Column(
            lazy_gettext("sinds"), frozenset({"sinds", "since", "startdatum", "begindatum", "startdate"})
        ),
        "experience": Column(lazy_gettext("ervaring"), frozenset({"ervaring", "experience"})),
    }
)


Checked = previews.Checked[Holder, Newcomer]
Preview = previews.Preview[Holder, Newcomer]


def check(lines: Sequence[Line], around: Around) -> Preview:
    """Read a table with its head; nothing is left out in silence. Raises Unreadable.

    A line has somebody `before` where that person is there under this name and address.
    """
    head = head_of(lines, COLUMNS)
    if not {"name", "email"} <= set(head.at):
        raise Unreadable(
            _(
                "De eerste regel noemt de kolommen. Daar staan ten minste “naam” en “mailadres”. "
                "Die vonden we niet allebei."
            )
        )
    if len(lines) == 1:
        raise Unreadable(_("Onder de namen van de kolommen staat nog niemand."))
    found = [_checked(line.number, head.typed(line), around) for line in lines[1:]]
    return Preview(each_once(found, lambda line: line.typed["email"].lower(), _said_before), head.unread)


def is_done(preview: Preview) -> bool:
    """Whether all of these are there already: the same table came in twice."""
    return all(line.before for line in preview.lines)


def _checked(number: int, typed: Mapping[str, str], around: Around) -> Checked:
    problems: list[str] = []

    def read(key: str, reader: Callable[..., Any], *more: Any) -> Any:
        try:
            return reader(typed.get(key, ""), *more)
        except ValueError as error:
            problems.append(str(error))
            return None

    name, email = read("name", cells.name), read("email", cells.email)
    roles = read("roles", cells.roles)
    cohort = read("cohort", cells.cohort, around)
    person = {
        "name": name,
        "email": email,
        "roles": roles,
        "status": read("status", cells.status),
        "language": read("language", cells.language),
        "experience": read("experience", cells.experience),
        "since": read("since", cells.day, around),
        "cohort_id": cohort.id if cohort else None,
    }
    problems += _misfits(typed, roles, cohort, person["since"])
    holder = around.holders.get(email or "")
    if holder:
        problems.append(_held(holder))
    is_there = holder is not None and holder.is_here and holder.name == name
    newcomer = None if problems else Newcomer(**person)
    return Checked(number, typed, tuple(problems), holder if is_there else None, newcomer)


def _misfits(
    typed: Mapping[str, str], roles: frozenset[Role] | None, cohort: Start | None, since: date | None
) -> list[str]:
    """What is right by itself and does not go together."""
    found = []
    if cohort and roles is not None and not roles & {Role.COACH, Role.TRAINER}:
        found.append(
            _("Een cohort is voor coaches en trainers. Haal het cohort weg, of kies een van die rollen.")
        )
    if since and not typed.get("cohort"):
        found.append(_("Bij “sinds” hoort een cohort. Vul het cohort in, of haal de dag weg."))
    if since and cohort and since < cohort.started_on:
        first = cohort.started_on.strftime("%d-%m-%Y")
        found.append(
            _("Het cohort %(name)s begint op %(day)s. “Sinds” ligt daarvoor.", name=cohort.name, day=first)
        )
    return found


def _said_before(number: int) -> str:
    return str(_("Dit mailadres staat ook op regel %(n)s.", n=number))


def _held(holder: Holder) -> str:
    if holder.is_here:
        return str(_("Er is al iemand met dit mailadres: %(name)s.", name=holder.name))
    return str(
        _(
            "Dit mailadres is van %(name)s, die vertrokken is. Komt die persoon terug? "
            "Haal de regel weg en open de pagina van die persoon.",
            name=holder.name,
        )
    )
