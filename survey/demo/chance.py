"""Repeatable chance: one stream per purpose, so that a change in one part leaves the others as they were."""

from datetime import datetime
from math import exp
from random import Random


class Chance(Random):
    """A stream of chance for one purpose; equal seeds and purposes give equal draws on every machine."""

    def __init__(self, seed: int, *purpose: str) -> None:
        super().__init__("/".join((str(seed), *purpose)))

    def happens(self, probability: float) -> bool:
        return self.random() < probability

    def key(self, at: datetime) -> str:
        """A UUIDv7 as `database.new_key` makes them, with its time and chance from here."""
        milliseconds = int(at.timestamp()) * 1000 + self.getrandbits(9)
        head = milliseconds << 80 | 0x7 << 76 | self.getrandbits(12) << 64
        return f"{head | 0b10 << 62 | self.getrandbits(62):032x}"

    def unknown_hash(self) -> str:
        """The hash of a token that nobody has: closed links lead nowhere."""
        return f"{self.getrandbits(256):064x}"


def logistic(x: float) -> float:
    """The probability that belongs to log-odds x."""
    return 1 / (1 + exp(-x))
