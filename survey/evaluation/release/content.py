"""What a release holds: numbers of groups as everyone sees them, and nothing they were made of."""

from enum import StrEnum

from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True, config=_STRICT)
class Number:
    """How many persons: exactly, or from `least` to `most`."""

    least: int
    most: int

    @property
    def exact(self) -> bool:
        """Whether it is one number."""
        return self.least == self.most


class Withheld(StrEnum):
    """Why there is no number of a group."""

    TOO_FEW = "too_few"  # not in the whole programme either
    WITH_OTHERS = "with_others"  # only together with other groups


@dataclass(frozen=True, slots=True, config=_STRICT)
class Group:
    """Answers that are told together: of the programme, a cluster, a coach, or of others in one of these.

    `key` is the node of the tree it is, or a key of its own for others together. `nodes` are those nodes
    of the tree that have no group of their own and are told here; `parent` is the group it lies in.
    """

    key: str
    parent: str | None
    nodes: tuple[str, ...]
    replied: Number
    invited: Number


@dataclass(frozen=True, slots=True, config=_STRICT)
class Share:
    """How many of hundred agree, in steps of five; 90 stands for 90 or more and 10 for 10 or less.

    `chance` holds the bounds by chance (95 %), `non_response` those by who did not answer, both in percent.
    `replied` are the persons who gave an answer, as the step of five they lie in.
    """

    percent: int
    chance: tuple[int, int]
    non_response: tuple[int, int]
    replied: Number


@dataclass(frozen=True, slots=True, config=_STRICT)
class Band:
    """The answers from level `first` to `last`, both included, in percent in steps of five."""

    first: int
    last: int
    percent: int


@dataclass(frozen=True, slots=True, config=_STRICT)
class Cell:
    """What is told of one item in one group: a share and maybe bands from low to high, or why neither."""

    group: str
    item: str
    share: Share | None = None
    bands: tuple[Band, ...] = ()
    withheld: Withheld | None = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class Content:
    """One form of one window as it is published; without groups nothing can be said.

    `k` is how many persons the smallest group has. There is a cell for every group and item.
    """

    k: int
    items: tuple[str, ...]
    groups: tuple[Group, ...]
    cells: tuple[Cell, ...]


_CONTENT = TypeAdapter(Content)


def to_json(content: Content) -> str:
    """The content as it is stored."""
    return _CONTENT.dump_json(content).decode()


def from_json(text: str) -> Content:
    """The content that was stored; raises ValueError for anything else."""
    return _CONTENT.validate_json(text)
