"""What was released of an evaluation, as a chart takes it: groups, statements and their told shares."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from analysis.shares import Count, Told

HALF: Final = 50  # percent


class Band(NamedTuple):
    """The answers from level `first` to `last`, both included, in percent."""

    first: int
    last: int
    percent: int


class Statement(Struct, frozen=True):
    """One statement in one group as released.

    `told` is the share that agrees, None where it is withheld; `persons` are those who judged it; `bands`
    tell how all answers spread, lowest first, empty where they are too few for that. Where one of them
    begins at the lowest level that agrees, those from there on add up to the share.
    """

    key: str
    words: str
    told: Told | None = None
    persons: Count | None = None
    bands: tuple[Band, ...] = ()


class Group(Struct, frozen=True):
    """A group by name: how many of those invited replied, and each statement in the order of the form."""

    name: str
    replied: Count
    invited: Count
    statements: tuple[Statement, ...]


class Outcome(Struct, frozen=True):
    """Groups beside one another, the one it is about first; none where nothing could be told.

    `people` names who was asked, `answers` the levels from low to high, `agree` the lowest that agrees.
    """

    groups: tuple[Group, ...]
    people: str
    answers: tuple[str, ...]
    agree: int
    version: str

    @property
    def told(self) -> tuple[Statement, ...]:
        """The statements about which the first group tells something."""
        return tuple(one for one in self._first if one.told)

    @property
    def withheld(self) -> tuple[Statement, ...]:
        """The statements about which the first group tells nothing."""
        return tuple(one for one in self._first if one.told is None)

    @property
    def mostly_agreed(self) -> int:
        """With how many statements more than half of the first group agrees, also by the bound of chance."""
        return sum(one.told.chance[0] >= HALF for one in self._first if one.told)

    @property
    def rarely_agreed(self) -> tuple[Statement, ...]:
        """The statements with which less than half of the first group agrees, also by the bound of chance."""
        return tuple(one for one in self._first if one.told and one.told.chance[1] <= HALF)

    def parts(self, statement: Statement) -> tuple[Band, ...]:
        """The parts of a bar, from low to high: they add up to hundred and split where agreeing begins.

        Two parts where the answers are not told apart, or not at that split; none for what is withheld.
        """
        if statement.told is None:
            return ()
        if any(band.first == self.agree for band in statement.bands):
            return statement.bands
        share = statement.told.percent
        return Band(0, self.agree - 1, 100 - share), Band(self.agree, len(self.answers) - 1, share)

    @property
    def _first(self) -> tuple[Statement, ...]:
        return self.groups[0].statements if self.groups else ()


def outcome(
    groups: Sequence[Group], *, people: str, answers: Sequence[str], agree: int, version: str
) -> Outcome:
    """Groups of one release beside one another.

    Raises ValueError when the groups do not hold the same statements, or nobody could agree or disagree.
    """
    if len({tuple(one.key for one in group.statements) for group in groups}) > 1:
        raise ValueError("groups of one release hold the same statements")
    if not 0 < agree < len(answers):
        raise ValueError("some answers agree and some do not")
    return Outcome(tuple(groups), people, tuple(answers), agree, version)
