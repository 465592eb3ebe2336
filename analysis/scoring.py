"""Item answers become block scores: the missing-answer rule, the two non-scores, the common items."""

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

REFERENCE_PERSONS: Final = 8
HALF: Final = (1, 2)
FOUR_FIFTHS: Final = (4, 5)


def block_scores(
    answers: pd.DataFrame, items: Items, item_means: "pd.Series[float] | None" = None
) -> pd.DataFrame:
    """Mean level per block and in total, a row per person and round: ANSWERS frame in, SCORES frame out.

    `items`: the rated items per block (attitude, skills, knowledge); answers to other items do not count.
    `item_means`: mean level per item in a reference group. Without it the means of the round itself serve
    when at least 8 persons answered in it; with fewer a score is the mean of what the person answered.

    An item "not in my assignment" leaves the block. A block has a score when at least half of the
    remaining items have a level, the total when four fifths have. An item "not met yet" counts among the
    remaining items and is never filled in. An item without any answer is filled in as item mean + mean
    deviation of the person on the answered items of that same block (for the total: of all blocks), kept
    within 1..5.
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
    means = _means(level, scores["round"], order, item_means)
    for block, members in items.items():
        at = pd.Index(order).get_indexer(pd.Index(members))
        scores[block] = _unit(level[:, at], outside[:, at], unmet[:, at], means[:, at], HALF)
    scores["total"] = _unit(level, outside, unmet, means, FOUR_FIFTHS)
    return scores.reindex(columns=list(SCORES)).astype(dict(SCORES))


def common_items(answers: pd.DataFrame, items: Items) -> dict[str, list[str]]:
    """The items per block with one and the same wording (item_version) in the whole frame: the anchor set."""
    require(answers, ANSWERS)
    versions = answers.groupby("item")["item_version"].nunique()
    changed = set(versions[versions > 1].index)
    return {block: [item for item in members if item not in changed] for block, members in items.items()}


def _matrix(
    shape: tuple[int, int],
    cells: tuple[NDArray[Any], NDArray[Any]],
    values: NDArray[Any],
    empty: float | bool,
) -> NDArray[Any]:
    matrix = np.full(shape, empty, dtype=values.dtype if values.size else np.asarray(empty).dtype)
    matrix[cells] = values
    return matrix


def _means(
    level: Floats, rounds: "pd.Series[str]", order: Sequence[str], item_means: "pd.Series[float] | None"
) -> Floats:
    if item_means is not None:
        return np.broadcast_to(np.asarray(item_means.reindex(pd.Index(order)), dtype=np.float64), level.shape)
    by_round = pd.DataFrame(level).groupby(rounds.to_numpy())
    large = (
        by_round[[]].transform("size").to_numpy() >= REFERENCE_PERSONS
        if len(level)
        else np.zeros(0, dtype=bool)
    )
    means: Floats = by_round.transform("mean").to_numpy(dtype=float)
    return np.where(large[:, None], means, np.nan)


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
