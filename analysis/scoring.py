"""Item answers become block scores: the missing-answer rule and the two non-scores. Numbers only."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.frames import (
    ANSWERS,
    HIGHEST,
    LOWEST,
    MEASURES,
    NOT_IN_ASSIGNMENT,
    NOT_MET_YET,
    SCORES,
    SEGMENTS,
    BrokenLine,
    require,
)

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Lines = Mapping[str, Sequence[tuple[Sequence[str], Sequence[str]]]]

HALF: Final = (1, 2)
FOUR_FIFTHS: Final = (4, 5)


def block_scores(answers: pd.DataFrame, lines: Lines) -> pd.DataFrame:
    """Mean level per block and in total, a row per person and round: ANSWERS frame in, SCORES frame out.

    `lines`: for each of MEASURES its segments, oldest first, each with the rounds in it and the items that
    compare over these rounds; answers to other items do not count, and a measure without lines has no scores.

    An item "not in my assignment" leaves the block. A block has a score when at least half of the
    remaining items have a level, the total when four fifths have. An item "not met yet" counts among the
    remaining items and is never filled in. An item without any answer is filled in as item mean + mean
    deviation, kept within 1..5: the mean level this person gave the item in the other rounds of that
    segment, and how far the answered items of that same block (for the total: of all blocks) lie from their
    own such means (two-way imputation, Bernaards & Sijtsma 2000, over the rounds of one person). An item
    this person gave no level in another round stays out. So a score never depends on what others answered.

    Raises BrokenLine when the answers to an item have several anchors within one segment.
    """
    require(answers, ANSWERS)
    order = sorted({item for found in lines.values() for _, items in found for item in items})
    rated = answers[answers["item"].isin(order)]
    _refuse_breaks(rated, lines)
    grouped = rated.groupby(["person", "round"], sort=False)
    scores = grouped[["moment", "period", "months"]].first().reset_index()
    cells = grouped.ngroup().to_numpy(), pd.Index(order).get_indexer(pd.Index(rated["item"]))
    shape = len(scores), len(order)
    level = _matrix(shape, cells, rated["value"].to_numpy(), np.nan)
    outside = _matrix(shape, cells, (rated["code"] == NOT_IN_ASSIGNMENT).to_numpy(), False)
    unmet = _matrix(shape, cells, (rated["code"] == NOT_MET_YET).to_numpy(), False)
    for measure in MEASURES:
        score, place = np.full(len(scores), np.nan), np.zeros(len(scores), dtype=np.int64)
        for number, (rounds, items) in enumerate(lines.get(measure, ())):
            rows = np.flatnonzero(scores["round"].isin(rounds))
            cell = np.ix_(rows, pd.Index(order).get_indexer(pd.Index(items)))
            means = _other_rounds(level[cell], scores["person"].iloc[rows])
            share = FOUR_FIFTHS if measure == "total" else HALF
            score[rows] = _unit(level[cell], outside[cell], unmet[cell], means, share)
            place[rows] = number
        scores[measure], scores[SEGMENTS[measure]] = score, place
    return scores.reindex(columns=list(SCORES)).astype(dict(SCORES))


def _refuse_breaks(rated: pd.DataFrame, lines: Lines) -> None:
    asked = rated[["round", "item", "anchor"]].drop_duplicates().to_numpy().tolist()
    for measure in MEASURES:
        for rounds, items in lines.get(measure, ()):
            anchors: dict[str, set[str]] = {}
            for held, item, anchor in asked:
                if held in rounds and item in items:
                    anchors.setdefault(item, set()).add(anchor)
            if reworded := [item for item, found in anchors.items() if len(found) > 1]:
                raise BrokenLine(f"{measure}: reworded within a line: {', '.join(reworded)}")


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
    rows, people = pd.factorize(persons)
    known = ~np.isnan(level)
    n, total = np.zeros((2, len(people), level.shape[1]))
    np.add.at(n, rows, known)
    np.add.at(total, rows, np.nan_to_num(level))
    n, total = n[rows] - known, total[rows] - np.nan_to_num(level)
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
