"""Which column of a table is which, by the names on its first line."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask_babel import LazyString
from flask_babel import gettext as _
from msgspec import Struct

from survey.sheets.reading import Line, Unreadable

DIVIDES = set(";,\t|:#~")  # what programs put between cells; the last four we do not read


class Column(NamedTuple):
    """A column: how it is called on the screen, and what people call it."""

    label: LazyString
    names: frozenset[str]

    def is_called(self, head: str) -> bool:
        """Whether this is a name of it, as `bare` writes it, or the one on the screen."""
        return head in self.names or head == bare(str(self.label))


class Head(Struct, frozen=True):
    """Where the columns stand, how many cells the first line has, and which of them nobody reads."""

    at: Mapping[str, int]
    width: int
    unread: tuple[str, ...] = ()

    def typed(self, line: Line) -> dict[str, str]:
        """What a line says, by column."""
        return {key: line.cells[place] if place < len(line.cells) else "" for key, place in self.at.items()}

    def misfit(self, line: Line) -> str | None:
        """What is wrong with a line that has more cells than the first line, in words."""
        if len(line.cells) <= self.width:
            return None
        return str(
            _(
                "Hier staan meer vakken dan op de eerste regel. "
                "Zet tekst met een komma of puntkomma tussen aanhalingstekens."
            )
        )


def head_of(lines: Sequence[Line], columns: Mapping[str, Column]) -> Head:
    """Which column stands where; raises Unreadable when there is no telling."""
    if not lines:
        raise Unreadable(_("Er staat niets in. Zet op de eerste regel de namen van de kolommen."))
    cells = lines[0].cells
    named = [bare(cell) for cell in cells]
    places = {
        key: [at for at, cell in enumerate(named) if one.is_called(cell)] for key, one in columns.items()
    }
    twice = next((key for key, found in places.items() if len(found) > 1), None)
    if twice:
        said = _("De kolom “%(name)s” staat er twee keer. Laat er één staan.", name=str(columns[twice].label))
        raise Unreadable(said)
    at = {key: found[0] for key, found in places.items() if found}
    if _is_undivided(lines[:1]) or (len(cells) > 1 and _is_undivided(lines[1:])):
        raise Unreadable(
            _(
                "We vinden maar één kolom. Tussen de vakken staat op elke regel hetzelfde teken: een "
                "puntkomma, een komma of een tab. Bewaar het bestand opnieuw als CSV, of als .xlsx."
            )
        )
    unread = tuple(cell for place, cell in enumerate(cells) if cell and place not in at.values())
    return Head(at, len(cells), unread)


def _is_undivided(lines: Sequence[Line]) -> bool:
    """Whether each line is one cell in which something else divides what it says."""
    return bool(lines) and all(len(line.cells) == 1 and DIVIDES & set(line.cells[0]) for line in lines)


def bare(text: str) -> str:
    """The name of a column in small letters, without spaces, strokes and marks."""
    return "".join(sign for sign in text.lower() if sign.isalnum())
