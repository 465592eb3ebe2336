"""Shares of persons as they are told: in steps, with bounds that follow from what is told alone."""

from math import ceil, floor, sqrt
from typing import Final

from msgspec import Struct

STEP: Final = 5  # percent, and persons
HIGHEST, LOWEST = 90, 10  # percent: what is beyond reads as "90 or more", "10 or less"
EXACT_FROM = 10  # persons; below that a number reads "5 to 9"
Z_95: Final = 1.959963984540054


class Count(Struct, frozen=True):
    """How many persons, told exactly or as `least` to `most`."""

    least: int
    most: int

    @property
    def exact(self) -> bool:
        return self.least == self.most


class Told(Struct, frozen=True):
    """A share in percent as it is told, and its bounds by chance and by who did not reply, in percent.

    A share of 90 stands for 90 or more, one of 10 for 10 or less.
    """

    percent: int
    chance: tuple[int, int]
    non_response: tuple[int, int]


def count(persons: int) -> Count:
    """A number of persons as it is told: exact from ten, else the step of five it lies in.

    >>> count(7), count(12)
    (Count(least=5, most=9), Count(least=12, most=12))
    """
    return Count(persons, persons) if persons >= EXACT_FROM else step(persons)


def step(persons: int) -> Count:
    """The step of five that a number of persons lies in."""
    least = persons // STEP * STEP
    return Count(least, least + STEP - 1)


def wilson(share: float, persons: float, z: float = Z_95) -> tuple[float, float]:
    """The score interval of a share (0..1) among so many persons (Wilson 1927). Raises ValueError for nobody.

    6 of 8: .409 to .929.
    """
    if persons <= 0:
        raise ValueError("a share of nobody has no interval")
    weight = z * z / persons
    middle = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * sqrt(share * (1 - share) / persons + weight / (4 * persons))
    return max(0.0, middle - reach), min(1.0, middle + reach)


def non_response(share: float, replied: float, invited: float) -> tuple[float, float]:
    """The share (0..1) among all invited if none of the others, or all of them, had said the same.

    Raises ValueError when more replied than were invited.
    """
    if not 0 < replied <= invited:
        raise ValueError("of those invited some replied, and not more than all")
    yes = share * replied
    return yes / invited, (yes + invited - replied) / invited


def told(share: float, replied: Count, invited: Count) -> Told:
    """A share (0..1) as it is told, of persons whose numbers are told as these.

    The bounds are those of the told share and the told numbers, taken as widely as these allow, so that
    they say nothing that the share and the numbers do not.
    """
    percent = min(HIGHEST, max(LOWEST, STEP * floor(100 * share / STEP + 0.5)))
    low, high = (0 if percent == LOWEST else percent), (100 if percent == HIGHEST else percent)
    persons = max(replied.least, 1)
    asked = max(invited.most, persons)
    by_chance = wilson(low / 100, persons)[0], wilson(high / 100, persons)[1]
    by_others = non_response(low / 100, persons, asked)[0], non_response(high / 100, persons, asked)[1]
    return Told(percent, _outward(by_chance), _outward(by_others))


def _outward(bounds: tuple[float, float]) -> tuple[int, int]:
    """In percent, rounded to steps of five away from each other."""
    low, high = bounds
    return STEP * floor(round(100 * low / STEP, 9)), STEP * ceil(round(100 * high / STEP, 9))
