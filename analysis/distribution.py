"""Where the coaches of a cohort stand in one round: levels per block, merged where few. Counts only."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final

import numpy as np
import pandas as pd
from msgspec import Struct

from analysis.frames import BLOCKS, HIGHEST, LOWEST, require

PERSONS_FOR_A_DISTRIBUTION: Final = 10
PERSONS_IN_A_BAND: Final = 5
LEVELS: Final = range(int(LOWEST), int(HIGHEST) + 1)


class Band(Struct, frozen=True):
    """The coaches whose score is nearest to a level from `first` to `last`, both included."""

    first: int
    last: int
    persons: int


class Distribution(Struct, frozen=True):
    """Per block the persons with a score and its bands, from low to high.

    No bands where fewer than ten persons have a score, or where all of them would lie in one band.
    """

    persons: Mapping[str, int]
    bands: Mapping[str, tuple[Band, ...]]


def distribution(scores: pd.DataFrame) -> Distribution:
    """Count the scores of one round (a SCORES frame, a row per person) by level, halves upward.

    A band holds at least five persons; among the cuts that allow it the one with most bands is taken, and
    of these the one whose smallest band is largest. The cut follows from the scores of this round alone, so
    that looking again later never cuts otherwise (two cuts of one round could be subtracted).

    Raises ValueError for a person with two rows.
    """
    require(scores, dict.fromkeys(("person", *BLOCKS), ""))
    if scores["person"].duplicated().any():
        raise ValueError("column person occurs once in a round")
    levels = {block: scores[block].dropna().to_numpy() for block in BLOCKS}
    return Distribution(
        {block: len(found) for block, found in levels.items()},
        {block: _bands(np.floor(found + 0.5).clip(LOWEST, HIGHEST)) for block, found in levels.items()},
    )


def _bands(levels: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[Band, ...]:
    if len(levels) < PERSONS_FOR_A_DISTRIBUTION:
        return ()
    count = {level: int((levels == level).sum()) for level in LEVELS}
    cuts = [(*chosen, LEVELS[-1]) for size in LEVELS for chosen in combinations(LEVELS[:-1], size - 1)]
    allowed = [bands for each in cuts if _least(bands := _cut(count, each)) >= PERSONS_IN_A_BAND]
    best = max(allowed, key=lambda bands: (len(bands), _least(bands)))
    return best if len(best) > 1 else ()


def _cut(count: Mapping[int, int], lasts: Sequence[int]) -> tuple[Band, ...]:
    return tuple(
        Band(before + 1, last, sum(count[level] for level in range(before + 1, last + 1)))
        for before, last in pairwise((0, *lasts))
    )


def _least(bands: Sequence[Band]) -> int:
    return min(band.persons for band in bands)
