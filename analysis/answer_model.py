"""A model of five-level answers, to simulate what chance does with them. Numbers only.

A person has a level, each talk moves it, and each item moves it again:

    answer = round(mean + person·a + talk·b + item·c), held within 0..4; a, b, c standard normal,

a once per person, b once per talk, c for each answer. "Nothing changes" means that the level stays; a drop
lowers the level of everyone from the third talk on. Seeds are fixed: the same model gives the same answers.
"""

from functools import cache
from typing import Final

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.hints import FIRST, TOP

Answers = NDArray[np.int8]
Sums = NDArray[np.int64]

ITEMS: Final = 4
TALKS: Final = 8
CASES: Final = 40_000
SEED: Final = 20_260_120
DROPS_AT: Final = FIRST
STEPS: Final = 20
WIDEST: Final = 8.0  # times the spread of the model; beyond it answers only jump between 0 and 4


class Model(Struct, frozen=True):
    """Where answers lie, on the scale of one item, and how much persons, talks and items differ (SD)."""

    mean: float
    person: float
    talk: float
    item: float


def answers(model: Model, *, cases: int = CASES, talks: int = TALKS, lower: float = 0.0) -> Answers:
    """Answers 0..4 of shape (cases, talks, 4), at most 40,000 and 8; from talk 3 on `lower` levels down."""
    person, talk, item = (chance[:cases, :talks] for chance in _noise())
    level = model.mean + model.person * person + model.talk * talk + model.item * item
    level[:, DROPS_AT:] -= np.float32(lower)
    found: Answers = np.clip(np.rint(level), 0, TOP).astype(np.int8)
    return found


def within_sd(found: Answers) -> float:
    """SD of a sum within persons: SD(differences of consecutive sums)/√2."""
    return float(np.diff(sums_of(found), axis=1).std(ddof=1) / np.sqrt(2))


def lowered(model: Model, to: float) -> float:
    """How far the level must drop so that the mean sum becomes `to`."""
    low, high = 0.0, float(TOP + 2)
    for _ in range(STEPS):
        middle = (low + high) / 2
        after = sums_of(answers(model, talks=DROPS_AT + 1, lower=middle))[:, DROPS_AT]
        low, high = (middle, high) if after.mean() > to else (low, middle)
    return (low + high) / 2


def with_sd(model: Model, sd: float) -> Model:
    """Talks and items scaled together until a sum within persons has this SD.

    Raises ValueError unless it is positive and within the reach of the model.
    """
    if not sd > 0:
        raise ValueError("a within-person SD is positive")

    def is_narrow(factor: float) -> bool:
        return within_sd(answers(_scaled(model, factor), cases=CASES // 4)) < sd

    low, high = 0.0, WIDEST
    if is_narrow(high):
        raise ValueError("a within-person SD beyond the reach of the model")
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_narrow(middle) else (low, middle)
    return _scaled(model, high)


def _scaled(model: Model, factor: float) -> Model:
    return replace(model, talk=model.talk * factor, item=model.item * factor)


def sums_of(found: Answers) -> Sums:
    """The sum of each check, of shape (cases, talks)."""
    sums: Sums = found.sum(axis=2, dtype=np.int64)
    return sums


@cache
def _noise() -> tuple[NDArray[np.float32], ...]:
    """The same persons, talks and answers for every model, so that models compare."""
    chance = np.random.default_rng(SEED)
    shapes = ((CASES, 1, 1), (CASES, TALKS, 1), (CASES, TALKS, ITEMS))
    return tuple(chance.standard_normal(shape, dtype=np.float32) for shape in shapes)
