"""Results that are kept as long as what they were made of stays the same; made once, also when many ask."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class _Place(Generic[T]):
    """Where one result comes to stand; whoever makes it holds the lock."""

    __slots__ = ("found", "lock")

    def __init__(self) -> None:
        self.lock = Lock()
        self.found: tuple[T] | None = None


class Kept(Generic[T]):
    """The results of the states that were asked for last, at most so many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = Lock()
        self._places: OrderedDict[Hashable, _Place[T]] = OrderedDict()

    def of(self, state: Hashable, make: Callable[[], T]) -> T:
        """The result of this state, made now if there is none; others that ask meanwhile wait for it.

        When making it fails, the next one that asks tries again.
        """
        place = self._place(state)
        with place.lock:
            if place.found is None:
                place.found = (make(),)
            return place.found[0]

    def forget(self) -> None:
        """Make everything again at the next question: for measurements and tests."""
        with self._lock:
            self._places.clear()

    def _place(self, state: Hashable) -> _Place[T]:
        with self._lock:
            place = self._places.setdefault(state, _Place())
            self._places.move_to_end(state)
            if len(self._places) > self._most:
                self._places.popitem(last=False)
            return place
