"""Look-back of one coach: where they stood then, then seen from now, and now. Never pooled, never a score."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct


class Lookback(Struct, frozen=True):
    """One item: the level 1..5 of then, of then as seen now, and of now (None when now is no level)."""

    name: str
    then: int
    seen: int
    now: int | None

    @property
    def shift(self) -> int:
        """How far the own yardstick moved: then as seen now, less then."""
        return self.seen - self.then


class Lookbacks(Struct, frozen=True):
    """The items that were looked back on, with the days of the rounds of then and of now."""

    then: date
    now: date
    items: tuple[Lookback, ...]

    def shifted(self, direction: int) -> int:
        """How many items are seen higher (1), lower (-1) or alike (0) now."""
        return sum((item.shift > 0) - (item.shift < 0) == direction for item in self.items)


def lookbacks(items: Iterable[Lookback], *, then: date, now: date) -> Lookbacks:
    """The look-backs as they are: they are drawn and told apart, item by item.

    Raises ValueError when a level lies outside 1..5: a mean of levels is no level.
    """
    told = tuple(items)
    for item in told:
        if not all(level in range(1, 6) for level in (item.then, item.seen, item.now or 1)):
            raise ValueError(f"{item.name}: a level lies between 1 and 5")
    return Lookbacks(then, now, told)
