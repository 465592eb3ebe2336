"""Item answers become block scores: the missing-answer rule and the two non-scores. Numbers only."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import ANSWERS, HIGHEST, LOWEST, NOT_IN_ASSIGNMENT, NOT_MET_YET, SCORES, require

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Items = Mapping[str, Sequence[str]]

HALF: Final = (1, 2)
FOUR_FIFTHS: Final = (4, 5)


def block_scores(answers: pd.DataFrame, items: Items) -> pd.DataFrame:
    """Mean level per block and in total, a row per person and round: ANSWERS frame in, SCORES frame out.

    `items`: the items per block (attitude, skills, knowledge) that compare over the rounds; answers to other
    items do not count.

    An item "not in my assignment" leaves the block. A block has a score when at least half of the
    remaining items have a level, the total when four fifths have. An item "not met yet" counts among the
    remaining items and is never filled in. An item without any answer is filled in as item mean + mean
    deviation, kept within 1..5: the mean level this person gave the item in the other rounds, and how far
    the answered items of that same block (for the total: of all blocks) lie from their own such means
    (two-way imputation, Bernaards & Sijtsma 2000, over the rounds of one person). An item this person gave
    no level in another round stays out. So a score never depends on what others answered.
    """
    require(answers, ANSWERS)
    order = list(chain.from_iterable(items.values()))
    rated = answers[answers["item"].isin(order)]
    grouped = rated.groupby(["person", "round"], sort=False)
    scores = grouped[["moment", "period", "months"]].first().reset_index()
    cells = grouped.ngroup().to_numpy(), pd.Index(order).get_indexer(pd.Index(rated["item"]))
    shape = len(scores), len(order)
    level = _matrix(shape, cells, rated["value"].to_numpy(), np.nan)
    outside = _matrix(shape, cells, (rated["code"] == NOT_IN_ASSIGNMENT).to_numpy(), False)
    unmet = _matrix(shape, cells, (rated["code"] == NOT_MET_YET).to_numpy(), False)
    means = _other_rounds(level, scores["person"])
    for block, members in items.items():
        at = pd.Index(order).get_indexer(pd.Index(members))
        scores[block] = _unit(level[:, at], outside[:, at], unmet[:, at], means[:, at], HALF)
    scores["total"] = _unit(level, outside, unmet, means, FOUR_FIFTHS)
    return scores.reindex(columns=list(SCORES)).astype(dict(SCORES))


def _matrix(
    shape: tuple[int, int],
    cells: tuple[NDArray[Any], NDArray[Any]],
    values: NDArray[Any],
    empty: float | bool,
) -> NDArray[Any]:
    matrix = np.full(shape, empty, dtype=values.dtype if values.size else np.asarray(empty).dtype)
    matrix[cells] = values
    return matrix


def _other_rounds(level: Floats, persons: "pd.Series[str]") -> Floats:
    """Per person, round and item: the mean level of the item in the other rounds of that person."""
    rounds = pd.DataFrame(level).groupby(persons.to_numpy())
    n = rounds.transform("count").to_numpy() - ~np.isnan(level)
    total = rounds.transform("sum").to_numpy() - np.nan_to_num(level)
    means: Floats = np.divide(total, n, out=np.full(level.shape, np.nan), where=n > 0)
    return means


def _unit(level: Floats, outside: Flags, unmet: Flags, means: Floats, share: tuple[int, int]) -> Floats:
    answered = ~np.isnan(level)
    missing = ~(answered | outside | unmet)
    deviation = _row_mean(level - means)
    filled = np.where(missing, np.clip(means + deviation[:, None], LOWEST, HIGHEST), level)
    n, applicable = answered.sum(axis=1), (~outside).sum(axis=1)
    enough = (n > 0) & (n * share[1] >= applicable * share[0])
    return np.where(enough, _row_mean(filled), np.nan)


def _row_mean(values: Floats) -> Floats:
    known = ~np.isnan(values)
    n = known.sum(axis=1)
    mean: Floats = np.divide(np.nansum(values, axis=1), n, out=np.full(len(values), np.nan), where=n > 0)
    return mean
