"""Hours of a plan over places, in quarters of an hour: what fits is done, what does not is refused. Pure."""

from collections.abc import Mapping
from typing import Final, NamedTuple

QUARTERS: Final = 4  # of an hour
MOST: Final = 40 * QUARTERS  # a week, of one coach or in one place


class Place(NamedTuple):
    """A coach at a school; or nobody yet."""

    school_id: str
    person_id: str | None


Held = Mapping[Place, int]


class Short(ValueError):
    """The budget has no room: `over` quarters too many, of which `free` could still be divided."""

    def __init__(self, over: int, free: int) -> None:
        super().__init__(over)
        self.over, self.free = over, free


class TooMuch(ValueError):
    """A coach, or one place, would come to `total` quarters."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self.total = total


class TooFew(ValueError):
    """So many quarters cannot go from here: there are `held`."""

    def __init__(self, held: int) -> None:
        super().__init__(held)
        self.held = held


class Taken(ValueError):
    """This coach has hours at this school already."""


def left(budget: int, held: Held) -> int:
    """What is still to be divided."""
    return budget - sum(held.values())


def put(budget: int, held: Held, place: Place, quarters: int) -> Held:
    """With this many quarters in a place that had none. Raises Taken, Short or TooMuch."""
    if place in held:
        raise Taken
    return _checked(budget, held, {**held, place: quarters}, place)


def change(budget: int, held: Held, source: Place, target: Place, quarters: int) -> Held:
    """With another coach or other hours in a place. Raises Taken, Short or TooMuch."""
    if target != source and target in held:
        raise Taken
    others = {place: number for place, number in held.items() if place != source}
    return _checked(budget, held, {**others, target: quarters}, target)


def move(held: Held, source: Place, target: Place, quarters: int) -> Held:
    """With quarters of one place at another; a place that gives all is gone. Raises TooFew, Taken or TooMuch.

    The sum stays what it was, so a budget is never short.
    """
    if source == target:
        raise Taken
    if not 0 < quarters <= held[source]:
        raise TooFew(held[source])
    rest = {source: held[source] - quarters} if quarters < held[source] else {}
    others = {place: number for place, number in held.items() if place not in {source, target}}
    wanted = {**others, **rest, target: held.get(target, 0) + quarters}
    _refuse_too_much(wanted, target)
    return wanted


def refuse_short(budget: int, held: Held) -> None:
    """Raise Short where these do not fit in a budget."""
    if (room := left(budget, held)) < 0:
        raise Short(-room, 0)


def _checked(budget: int, held: Held, wanted: Held, place: Place) -> Held:
    room = left(budget, wanted)
    if room < 0:
        raise Short(-room, max(left(budget, held), 0))
    _refuse_too_much(wanted, place)
    return wanted


def _refuse_too_much(held: Held, place: Place) -> None:
    same = [place] if place.person_id is None else [one for one in held if one.person_id == place.person_id]
    total = sum(held[one] for one in same)
    if total > MOST:
        raise TooMuch(total)
