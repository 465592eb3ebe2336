"""How many persons chose what, without a number so small that it points at someone. Counts only."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from typing import Final

from msgspec import Struct

PERSONS_FOR_A_TALLY: Final = 8
PERSONS_FOR_A_CHOICE: Final = 3
PERSONS_FOR_A_SIDE: Final = 5


class Tally(Struct, frozen=True):
    """Of `persons`, how many chose each key (most chosen first), and how many chose `other` things too.

    Below eight persons nothing is counted: `counts` is empty and `withheld` says so. A count equal to
    `most` means that many or more: it does not tell whether all chose a key, or all but one or two. A key
    that fewer than `least` chose has no count of its own. `seen` is the number of persons whose choices the
    reader knows already: both bounds hold for the other persons.
    """

    persons: int
    counts: tuple[tuple[str, int], ...] = ()
    other: int = 0
    seen: int = 0

    @property
    def withheld(self) -> bool:
        return self.persons - self.seen < PERSONS_FOR_A_TALLY or self.most < self.least

    @property
    def most(self) -> int:
        return self.persons - self.seen - PERSONS_FOR_A_CHOICE + 1

    @property
    def least(self) -> int:
        return self.seen + PERSONS_FOR_A_CHOICE

    def of(self, key: str) -> int | None:
        """How many chose this; None when that is not told."""
        return dict(self.counts).get(key)


def tally(persons: Collection[Hashable], chosen: Iterable[tuple[Hashable, str]]) -> Tally:
    """Count pairs (person, key) over these persons; the same pair twice counts once.

    What fewer than three chose goes to "other", which counts persons who chose at least one such thing. If
    that is one or two persons, the least chosen of what was told goes there too, so that nobody can be found
    by subtracting (the merging step of the tree rule). What all but at most two chose counts as `most`. Keys
    chosen by equally many stand in order of key.
    """
    who: dict[str, set[Hashable]] = defaultdict(set)
    for person, key in chosen:
        if person in persons:
            who[key].add(person)
    if len(persons) < PERSONS_FOR_A_TALLY:
        return Tally(len(persons))
    told = sorted(
        (key for key in who if len(who[key]) >= PERSONS_FOR_A_CHOICE), key=lambda key: (-len(who[key]), key)
    )
    rest = {person for key in who.keys() - set(told) for person in who[key]}
    if told and 0 < len(rest) < PERSONS_FOR_A_CHOICE:
        rest |= who[told.pop()]
    most = Tally(len(persons)).most
    counts = sorted(((key, min(len(who[key]), most)) for key in told), key=lambda one: (-one[1], one[0]))
    return Tally(
        len(persons), tuple(counts), min(len(rest), most) if len(rest) >= PERSONS_FOR_A_CHOICE else 0
    )


class Share(Struct, frozen=True):
    """How many of `persons`, told exactly or as a bound: `least` to `most`, both included."""

    persons: int
    least: int
    most: int

    @property
    def exact(self) -> bool:
        return self.least == self.most


def share(persons: int, yes: int) -> Share | None:
    """A share with at least five persons on either side is told; else only on which side of five it is.

    None below eight persons. Raises ValueError when more say yes than there are.
    """
    if not 0 <= yes <= persons:
        raise ValueError("a share lies between none and all")
    if persons < PERSONS_FOR_A_TALLY:
        return None
    if yes < PERSONS_FOR_A_SIDE:
        return Share(persons, 0, PERSONS_FOR_A_SIDE - 1)
    if persons - yes < PERSONS_FOR_A_SIDE:
        return Share(persons, persons - PERSONS_FOR_A_SIDE + 1, persons)
    return Share(persons, yes, yes)
