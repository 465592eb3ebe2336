"""The register as a table: its columns, and a placement as a line of it, to hand out and to read back."""

from collections.abc import Iterable, Mapping, Sequence

from flask_babel import lazy_gettext as _

from survey.placement.register.reports import Line
from survey.placement.words import STATES, about, end_reason, hours, reason
from survey.sheets.columns import Column
from survey.sheets.tables import Cell, Table, plain
from survey.sheets.writing import harmless

COLUMNS: Mapping[str, Column] = {
    "id": Column(_("plek"), frozenset({"plek", "placement", "id"})),
    "school": Column(_("school"), frozenset({"school", "schoolnaam", "naamschool"})),
    "place": Column(_("plaats"), frozenset({"plaats", "plaatsnaam", "place", "town"})),
    "code": Column(_("BRIN"), frozenset({"brin", "brinnummer", "brincode"})),
    "coach": Column(_("coach"), frozenset({"coach", "naamcoach", "kansencoach"})),
    "email": Column(_("mailadres coach"), frozenset({"mailadrescoach", "mailadres", "email", "coachemail"})),
    "status": Column(_("stand"), frozenset({"stand", "status", "state"})),
    "starts_on": Column(_("eerste dag"), frozenset({"eerstedag", "van", "start", "begin", "firstday"})),
    "ends_on": Column(_("laatste dag"), frozenset({"laatstedag", "totenmet", "tot", "eind", "lastday"})),
    "employer": Column(_("werkgever"), frozenset({"werkgever", "employer"})),
    "click_on": Column(
        _("klikgesprek"), frozenset({"klikgesprek", "dagvanhetklikgesprek", "clickconversation"})
    ),
    "hours_agreed": Column(
        _("afgesproken uren"), frozenset({"afgesprokenuren", "afgesproken", "uren", "agreed"})
    ),
    "agreed_because": Column(_("reden bij afgesproken"), frozenset({"redenbijafgesproken"})),
    "agreed_note": Column(_("uitleg bij afgesproken"), frozenset({"uitlegbijafgesproken"})),
    "hours_needed": Column(_("nodige uren"), frozenset({"nodigeuren", "nodig", "needed"})),
    "needed_because": Column(_("reden bij nodig"), frozenset({"redenbijnodig"})),
    "needed_note": Column(_("uitleg bij nodig"), frozenset({"uitlegbijnodig"})),
}
# What the register works out itself: handed out, and not read back.
WORKED_OUT: Mapping[str, Column] = {
    "school_year": Column(_("schooljaar"), frozenset({"schooljaar", "schoolyear"})),
    "municipality": Column(_("gemeente"), frozenset({"gemeente", "municipality"})),
    "pupils": Column(_("leerlingen"), frozenset({"leerlingen", "pupils"})),
    "rule": Column(_("uren volgens de regel"), frozenset({"urenvolgensderegel", "regel", "rule"})),
    "used": Column(_("gebruikte uren"), frozenset({"gebruikteuren", "gebruikt", "used"})),
    "end_reason": Column(_("reden van stoppen"), frozenset({"redenvanstoppen", "endreason"})),
}


def table(
    lines: Iterable[Line], codes: Mapping[str, str], emails: Mapping[str, str], *, typed: bool
) -> Table:
    """The register as a table; with `typed`, numbers as people type them: what a CSV file holds.

    A sheet gets the same quote before what looks like a formula, so that both come back in alike.
    """
    header = [str(one.label) for one in (*COLUMNS.values(), *WORKED_OUT.values())]
    rows = [_row(one, codes, emails, typed=typed) for one in lines]
    if not typed:
        rows = [[harmless(cell) for cell in row] for row in rows]
    return plain(str(_("inzet")), header, rows)


def _row(line: Line, codes: Mapping[str, str], emails: Mapping[str, str], *, typed: bool) -> Sequence[Cell]:
    one = line.placement
    agreed, needed, rule, used = _hours(line, typed=typed)
    return (
        one.id,
        one.school,
        one.place,
        codes.get(one.school_id, ""),
        one.coach or "",
        emails.get(one.person_id or "", ""),
        str(STATES[one.status]),
        one.starts_on.isoformat(),
        one.ends_on.isoformat() if one.ends_on else "",
        one.employer,
        one.click_on.isoformat() if one.click_on else "",
        agreed,
        reason(one.agreed_because),
        one.agreed_note,
        needed,
        reason(one.needed_because),
        one.needed_note,
        one.school_year,
        one.municipality,
        one.pupils,
        rule,
        used,
        end_reason(one.end_reason),
    )


def _hours(line: Line, *, typed: bool) -> Sequence[Cell]:
    """Agreed and needed hours, those of the rule and used ones: as numbers, or as people type them."""
    one, four = line
    if typed:
        exact = (hours(value, missing="") for value in (one.hours_agreed, one.hours_needed))
        return (*exact, *(about(value, missing="") for value in (four.rule, four.used)))
    rounded = (None if value is None else round(value, 2) for value in (four.rule, four.used))
    return (one.hours_agreed, one.hours_needed, *rounded)
