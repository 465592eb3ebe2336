"""Who can be asked in a case, and what they are called on screen. A case knows nobody's name."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask_babel import lazy_gettext as _

LIMITS = {"parent": 4, "pupil": 1, "teacher": 4}
OFFERED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "pupil": ("parent", "pupil", "teacher"),
        "group": ("parent", "teacher"),
        "teacher": ("teacher",),
        "team": ("teacher",),
    }
)

_NAMES = {
    "parent": (_("Ouder"), _("Andere ouder")),
    "pupil": (_("Leerling"),),
    "teacher": (_("Leerkracht"), _("Andere leerkracht")),
}
_CALLED = {"parent": _("Deze ouder"), "pupil": _("De leerling"), "teacher": _("Deze leerkracht")}


class Who(NamedTuple):
    """One person by kind and number, as in "parent-2"."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"

    @property
    def name(self) -> str:
        """Ouder, Andere ouder, Ouder 3."""
        names = _NAMES[self.kind]
        return str(names[self.number - 1]) if self.number <= len(names) else f"{names[0]} {self.number}"

    @property
    def called(self) -> str:
        """At the start of a sentence about this one person."""
        return str(_CALLED[self.kind])


def place(who: Who) -> tuple[int, int]:
    """Where someone stands in a list of people: parents, pupil, teachers."""
    return list(LIMITS).index(who.kind), who.number


def parsed(text: str) -> Who | None:
    """The person meant by "parent-2"; None when there can be no such person."""
    kind, _dash, number = text.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) == 1):
        return None
    return Who(kind, int(number)) if 1 <= int(number) <= LIMITS.get(kind, 0) else None


def offered(case_kind: str | None) -> tuple[str, ...]:
    """Who is asked in a case of this kind: a pupil only where it is about one, parents where children are."""
    return OFFERED.get(case_kind or "", ())


def first(case_kind: str) -> list[Who]:
    """One of each kind."""
    return [Who(kind, 1) for kind in offered(case_kind)]


def further(known: Iterable[Who], case_kind: str) -> list[Who]:
    """Whom else one can ask, given who was asked before: the others known, and one more of each kind."""
    kinds = offered(case_kind)
    highest = dict.fromkeys(kinds, 1)
    for who in known:
        if who.kind in highest:
            highest[who.kind] = max(highest[who.kind], who.number)
    return [
        Who(kind, number) for kind in kinds for number in range(2, min(highest[kind] + 1, LIMITS[kind]) + 1)
    ]
