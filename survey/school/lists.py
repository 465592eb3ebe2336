"""Which columns a list of schools can have, under our names or the ministry's, and what its cells say."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from survey.school import cells
from survey.sheets.columns import Column, Head, head_of
from survey.sheets.reading import Line, Unreadable, as_text

COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        key: Column(label, frozenset(names.split()))
        for key, label, names in (
            ("brin", lazy_gettext("BRIN-nummer"), "brin brinnummer brinnr instellingscode"),
            (
                "branch",
                lazy_gettext("vestigingsnummer"),
                "vestiging vestigingsnummer vestigingsnr vestigingscode branch",
            ),
            ("name", lazy_gettext("naam"), "naam schoolnaam vestigingsnaam school name"),
            ("place", lazy_gettext("plaats"), "plaats plaatsnaam woonplaats place town"),
            ("municipality", lazy_gettext("gemeente"), "gemeente gemeentenaam municipality"),
            (
                "board",
                lazy_gettext("bestuur"),
                "bestuur schoolbestuur bevoegdgezag bevoegdgezagnaam naambevoegdgezag board",
            ),
            (
                "board_number",
                lazy_gettext("bestuursnummer"),
                "bestuursnummer bestuurnummer bevoegdgezagnummer bevoegdgezagnr",
            ),
            ("street", lazy_gettext("straat"), "straat straatnaam adres street address"),
            ("house", lazy_gettext("huisnummer"), "huisnummer huisnummertoevoeging housenumber"),
            ("postcode", lazy_gettext("postcode"), "postcode postalcode"),
            ("school_year", lazy_gettext("schooljaar"), "schooljaar jaar schoolyear"),
            ("pupils", lazy_gettext("leerlingen"), "leerlingen aantalleerlingen pupils"),
            ("weighting", lazy_gettext("schoolweging"), "schoolweging weging weighting"),
            (
                "programmes",
                lazy_gettext("klimaatprogramma’s"),
                "klimaatprogramma klimaatprogrammas programmas programmes",
            ),
        )
    }
)
READERS: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "brin": cells.brin,
        "branch": cells.whole_code,
        "name": cells.name,
        "place": cells.place,
        "municipality": cells.municipality,
        "board": lambda text: cells.line(text, cells.LONGEST_NAME),
        "board_number": cells.line,
        "street": cells.line,
        "house": cells.line,
        "postcode": cells.postcode,
        "school_year": cells.school_year,
        "pupils": cells.pupils,
        "weighting": cells.weighting,
        "programmes": cells.programmes,
    }
)


class Table(NamedTuple):
    """A list whose columns are known."""

    head: Head
    lines: Sequence[Line]

    def as_text(self) -> str:
        """The columns we read, under our names, to correct by hand and read again."""
        first = Line(1, tuple(str(COLUMNS[key].label) for key in self.head.at))
        rest = (Line(line.number, tuple(self.head.typed(line).values())) for line in self.lines)
        return as_text([first, *rest])


def table_of(lines: Sequence[Line]) -> Table:
    """The lines with what their columns are; raises Unreadable when that is not to be told."""
    head = head_of(lines, COLUMNS)
    if not any(enough <= set(head.at) for enough in ({"brin"}, {"name", "place"}, {"branch", "name"})):
        raise Unreadable(
            _(
                "De eerste regel noemt de kolommen. Daar staat ten minste “BRIN-nummer”, of “naam” en "
                "“plaats”. Die vonden we niet."
            )
        )
    if len(lines) == 1:
        raise Unreadable(_("Onder de namen van de kolommen staat nog geen school."))
    return Table(head, lines[1:])


def read(typed: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    """What the cells of a line that are not empty say by column, and what is wrong with the others."""
    told: dict[str, Any] = {}
    problems = []
    for key, text in typed.items():
        if not text:
            continue
        try:
            told[key] = READERS[key](text)
        except ValueError as error:
            problems.append(f"{COLUMNS[key].label}: {error}")
    whole, branch = told.get("branch", (None, cells.WHOLE_SCHOOL))
    brin = told.get("brin", whole)
    if whole not in {None, brin}:
        problems.append(_("%(brin)s en %(whole)s zijn twee scholen.", brin=brin, whole=typed["branch"]))
    told |= {"brin": brin, "branch": branch}
    if "house" in told:
        told["street"] = f"{told.get('street', '')} {told.pop('house')}".strip()
    return told, problems
