"""How often a rule fires when nothing changes, as people say it: one in sixteen, eight in ten."""

from collections.abc import Mapping

from msgspec import Struct

SELDOM = 1 / 200
TENTHS_FROM = 0.2  # from here on "so many in ten" is clearer than "one in so many"
PER_TALK = "talk"


class Chance(Struct, frozen=True):
    """`times` in `of` talks or cases; `at_most` where it is rarer than can be said."""

    times: int
    of: int
    per: str
    at_most: bool = False


def chance(rule: str, rates: Mapping[str, float]) -> Chance | None:
    """What is printed beside a rule; None for a rule that chance has no part in."""
    for per in (PER_TALK, "case"):
        rate = rates.get(f"{rule}_{per}")
        if rate is not None:
            return rounded(rate, per)
    return None


def rounded(rate: float, per: str = "case") -> Chance:
    """A rate as a handful of words can hold it."""
    if rate < SELDOM:
        return Chance(1, round(1 / SELDOM), per, at_most=True)
    if rate < TENTHS_FROM:
        return Chance(1, round(1 / rate), per)
    return Chance(round(rate * 10), 10, per)
