"""Both sides of a child's life: whether home and school are in the picture of a case. Pure rules."""

from collections.abc import Iterable
from enum import StrEnum

from msgspec import Struct

HOME = frozenset({"parent"})
SCHOOL = frozenset({"teacher", "ib", "director", "team"})
ASKED_OF = frozenset({"pupil", "group"})  # kinds of case that need both; the others are about school alone


class Side(StrEnum):
    """How far one side is: someone spoke, was asked or agreed, a talk is planned, or neither."""

    INVOLVED = "involved"
    PLANNED = "planned"
    MISSING = "missing"


class Sides(Struct, frozen=True):
    """Home and school in one case, and whether a missing one is asked for."""

    home: Side
    school: Side
    asks: bool

    @property
    def missing(self) -> bool:
        """Whether a side is missing that should be there."""
        return self.asks and Side.MISSING in {self.home, self.school}


def both_sides(kind: str, *, involved: Iterable[str], planned: Iterable[str]) -> Sides:
    """The sides of a case of this kind, from people such as parent-2 and ib."""
    now, later = _roles(involved), _roles(planned)

    def side(roles: frozenset[str]) -> Side:
        if roles & now:
            return Side.INVOLVED
        return Side.PLANNED if roles & later else Side.MISSING

    return Sides(side(HOME), side(SCHOOL), asks=kind in ASKED_OF)


def _roles(people: Iterable[str]) -> set[str]:
    return {who.partition("-")[0] for who in people}
