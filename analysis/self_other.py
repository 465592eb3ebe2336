"""How a coach sees their own work beside how others see it: blocks only, both with an interval, no labels."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from msgspec import Struct

from analysis.change import SEM_DEFAULTS, Z95, Sem, t_half
from analysis.coach import Score
from analysis.frames import BLOCKS, HIGHEST, LOWEST, require
from analysis.results import Reason

RATERS_NEEDED: Final = 5

RATINGS: Final[Mapping[str, str]] = {"rater": "str", **dict.fromkeys(BLOCKS, "float64")}
"""One row per rater. Each block is the mean level 1..5 that this rater gave, NaN where they gave none."""


class BlockView(Struct, frozen=True):
    """One block: the own score and the mean of the others, each with a 95 % interval in levels.

    `others` is None below five raters, and then `raters` is 0: not even their number is told.
    """

    own: Score | None
    others: Score | None
    raters: int


class SelfOther(Struct, frozen=True):
    """A view per block; `reason` when no block has enough raters."""

    blocks: Mapping[str, BlockView]
    reason: Reason | None = None


def self_other(
    ratings: pd.DataFrame, own: Mapping[str, float | None], sem: Mapping[str, Sem] = SEM_DEFAULTS
) -> SelfOther:
    """Own block scores beside the mean of at least five others, per block; RATINGS frame in.

    Own: x ± 1.96·SEM within persons. Others: mean ± t(n-1)·SD/√n, kept within 1..5, over raters (each
    counts once). Nothing is subtracted or named: where the intervals overlap, the two may well be alike.
    Raises ValueError for a missing column, a rater who occurs twice, or a rating outside 1..5.
    """
    require(ratings, RATINGS)
    if ratings["rater"].duplicated().any():
        raise ValueError("column rater names someone twice")
    blocks = {block: _view(ratings[block], own.get(block), sem[block].value) for block in BLOCKS}
    enough = any(view.others for view in blocks.values())
    return SelfOther(blocks, None if enough else Reason.FEW_RATERS)


def _view(given: "pd.Series[float]", own: float | None, sem: float) -> BlockView:
    known = given.dropna()
    if not known.between(LOWEST, HIGHEST).all():
        raise ValueError(f"column {given.name} lies between 1 and 5")
    mine = None if own is None or pd.isna(own) else _within(own, Z95 * sem)
    if len(known) < RATERS_NEEDED:
        return BlockView(mine, None, 0)
    mean, half = float(known.mean()), t_half(float(known.std(ddof=1)), len(known))
    return BlockView(mine, _within(mean, half), len(known))


def _within(value: float, half: float) -> Score:
    return Score(value, max(LOWEST, value - half), min(HIGHEST, value + half))
