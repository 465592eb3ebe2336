"""Codes of an export: random, so that they tell nothing of who it is, and are others in another."""

import random
from collections.abc import Collection
from typing import Final

LETTERS: Final = "bcdfghjkmnpqrstvwxz"  # a code is no word, and no number to a spreadsheet
SIGNS: Final = f"{LETTERS}23456789"
SIGNS_AFTER: Final = 5
_CHANCE = random.SystemRandom()


def drawn(keys: Collection[str]) -> dict[str, str]:
    """A new code for each key."""
    numbers = _CHANCE.sample(range(len(LETTERS) * len(SIGNS) ** SIGNS_AFTER), len(keys))
    return dict(zip(keys, map(_written, numbers), strict=True))


def _written(number: int) -> str:
    """The number as a letter and five signs."""
    number, first = divmod(number, len(LETTERS))
    signs = [LETTERS[first]]
    for _ in range(SIGNS_AFTER):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)
