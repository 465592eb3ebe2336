"""What a release holds: numbers of groups as everyone sees them, and nothing they were made of."""

from enum import StrEnum

from msgspec import Struct, json


class Number(Struct, frozen=True, forbid_unknown_fields=True):
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


class Group(Struct, frozen=True, forbid_unknown_fields=True):
    """Answers that are told together: of the programme, a cluster, a coach, or of others in one of these.

    `key` is the node of the tree it is, or a key of its own for others together. `nodes` are those nodes
    of the tree that have no group of their own and are told here; `parent` is the group it lies in.
    """

    key: str
    parent: str | None
    nodes: tuple[str, ...]
    replied: Number
    invited: Number


class Share(Struct, frozen=True, forbid_unknown_fields=True):
    """How many of hundred agree, in steps of five; 90 stands for 90 or more and 10 for 10 or less.

    `chance` holds the bounds by chance (95 %), `non_response` those by who did not answer, both in percent.
    `replied` are the persons who gave an answer, as the step of five they lie in.
    """

    percent: int
    chance: tuple[int, int]
    non_response: tuple[int, int]
    replied: Number


class Band(Struct, frozen=True, forbid_unknown_fields=True):
    """The answers from level `first` to `last`, both included, in percent in steps of five."""

    first: int
    last: int
    percent: int


class Cell(Struct, frozen=True, forbid_unknown_fields=True):
    """What is told of one item in one group: a share and maybe bands from low to high, or why neither."""

    group: str
    item: str
    share: Share | None = None
    bands: tuple[Band, ...] = ()
    withheld: Withheld | None = None


class Content(Struct, frozen=True, forbid_unknown_fields=True):
    """One form of one window as it is published; without groups nothing can be said.

    `k` is how many persons the smallest group has. There is a cell for every group and item.
    """

    k: int
    items: tuple[str, ...]
    groups: tuple[Group, ...]
    cells: tuple[Cell, ...]


def to_json(content: Content) -> str:
    """The content as it is stored."""
    return json.encode(content).decode()


def from_json(text: str) -> Content:
    """The content that was stored; raises ValueError for anything else."""
    return json.decode(text, type=Content)
