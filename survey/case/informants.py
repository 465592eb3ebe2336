"""Who can be asked in a case, and what they are called on screen. A case knows nobody's name."""

from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import gettext as _

LIMITS = {"parent": 4, "pupil": 1, "teacher": 4}


class Who(NamedTuple):
    """One person by kind and number, as in "parent-2"."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.number}"

    @property
    def name(self) -> str:
        """Ouder, Andere ouder, Ouder 3."""
        words = {
            "parent": (_("Ouder"), _("Andere ouder")),
            "pupil": (_("Leerling"),),
            "teacher": (_("Leerkracht"), _("Andere leerkracht")),
        }[self.kind]
        return words[self.number - 1] if self.number <= len(words) else f"{words[0]} {self.number}"


def parsed(text: str) -> Who | None:
    """The person meant by "parent-2"; None when there can be no such person."""
    kind, _dash, number = text.partition("-")
    if not (number.isascii() and number.isdigit() and len(number) == 1):
        return None
    return Who(kind, int(number)) if 1 <= int(number) <= LIMITS.get(kind, 0) else None


def first() -> list[Who]:
    """One of each kind."""
    return [Who(kind, 1) for kind in LIMITS]


def further(known: Iterable[Who]) -> list[Who]:
    """Whom else one can ask, given who was asked before: the others known, and one more of each kind."""
    highest = dict.fromkeys(LIMITS, 1)
    for who in known:
        highest[who.kind] = max(highest[who.kind], who.number)
    return [
        Who(kind, number)
        for kind, limit in LIMITS.items()
        for number in range(2, min(highest[kind] + 1, limit) + 1)
    ]
