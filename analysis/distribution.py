"""Where the coaches of a cohort stand in one round: levels per block, merged where few. Counts only."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from analysis.frames import BLOCKS, HIGHEST, LOWEST, require

PERSONS_FOR_A_DISTRIBUTION: Final = 10
PERSONS_IN_A_BAND: Final = 5


@dataclass(frozen=True, slots=True)
class Band:
    """The coaches whose score is nearest to a level from `first` to `last`, both included."""

    first: int
    last: int
    persons: int


@dataclass(frozen=True, slots=True)
class Distribution:
    """Per block the persons with a score and its bands, from low to high.

    No bands where fewer than ten persons have a score, or where all of them would lie in one band.
    """

    persons: Mapping[str, int]
    bands: Mapping[str, tuple[Band, ...]]


def distribution(scores: pd.DataFrame) -> Distribution:
    """Count the scores of one round (a SCORES frame, a row per person) by level, halves upward.

    A band holds at least five persons: the smallest joins the smaller of its neighbours until all do. The
    bands follow from the scores of this round alone, so that looking again later never cuts them otherwise
    (two cuts of one round could be subtracted). Raises ValueError for a person with two rows.
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
    bands = [
        Band(level, level, int((levels == level).sum())) for level in range(int(LOWEST), int(HIGHEST) + 1)
    ]
    while len(bands) > 1 and (least := min(bands, key=lambda band: band.persons)).persons < PERSONS_IN_A_BAND:
        place = bands.index(least)
        beside = [other for other in (place - 1, place + 1) if 0 <= other < len(bands)]
        first, second = sorted((place, min(beside, key=lambda other: bands[other].persons)))
        merged = Band(bands[first].first, bands[second].last, bands[first].persons + bands[second].persons)
        bands[first : second + 1] = [merged]
    return tuple(bands) if len(bands) > 1 else ()
