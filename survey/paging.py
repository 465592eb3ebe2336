"""A long list in pages; a page too far on is the last one."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

Thing = TypeVar("Thing")


class Page(NamedTuple):
    """Which page of how many is shown, and how many things stand before it."""

    number: int
    last: int
    size: int

    @property
    def skipped(self) -> int:
        """How many things stand on the pages before."""
        return (self.number - 1) * self.size

    def of(self, things: Sequence[Thing]) -> Sequence[Thing]:
        """The things on this page, of all."""
        return things[self.skipped : self.skipped + self.size]


def page(total: int, *, size: int, wanted: int) -> Page:
    """The page that is wanted of so many things, or the nearest there is; of nothing the first."""
    last = max(1, -(-total // size))
    return Page(min(max(wanted, 1), last), last, size)
