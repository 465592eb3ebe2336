"""What a change means: SEM within persons, reliable change, bands, mean change. Numbers only."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

from analysis.frames import ITEMS, MEASURES, SCORES, SEGMENTS, require
from analysis.results import Estimate

PAIRS_NEEDED: Final = 100
BAND_WIDTH: Final = 1.39
Z90: Final = float(ndtri(0.95))
Z95: Final = float(ndtri(0.975))


class Sem(Struct, frozen=True):
    """Standard error of measurement within persons, in levels, and the pairs of rounds behind it.

    `items`: how many items the scores of these pairs were the mean of, on average; 0 where nobody says.
    """

    value: float
    pairs: int = 0
    items: int = 0


# The total prints as .17; .167 is the value that gives its published thresholds .39 and .46.
SEM_DEFAULTS: Final[Mapping[str, Sem]] = MappingProxyType(
    {"attitude": Sem(0.23), "skills": Sem(0.21), "knowledge": Sem(0.27), "total": Sem(0.167)}
)

ITEMS_BEHIND_DEFAULTS: Final[Mapping[str, int]] = MappingProxyType(
    {"attitude": 6, "skills": 8, "knowledge": 3, "total": 17}
)
"""How many items each default was estimated on."""


def sem_for(measure: str, items: int, own: Sem | None = None) -> Sem:
    """The SEM of a measure when its score is the mean of so many items: SEM·√(n_estimated/n).

    `own` is one estimated from pairs; without it the default counts. The error of a mean of n items whose
    errors are independent is σ/√n (Lord & Novick 1968). Errors that items share do not shrink with n, so
    more items than the SEM was estimated on do not narrow it.
    Raises KeyError for an unknown measure, ValueError below one item.
    """
    if items < 1:
        raise ValueError("a score needs at least one item")
    known = own or replace(SEM_DEFAULTS[measure], items=ITEMS_BEHIND_DEFAULTS[measure])
    return replace(known, value=known.value * float(np.sqrt(max(1.0, known.items / items))))


def sem_within(scores: pd.DataFrame) -> dict[str, Sem]:
    """SEM per measure of a SCORES frame: SD of the differences between consecutive rounds, / √2.

    A pair is two neighbouring periods on one line, both with a score. Below 100 pairs the value is the
    default of that measure. `pairs` says how many there are, and `items` how many items are behind them where
    the frame has the columns of ITEMS.
    """
    require(scores, SCORES)
    ordered = scores.sort_values(["person", "period"])
    steps = ordered.groupby("person")[["period", *MEASURES, *SEGMENTS.values()]].diff()
    neighbours = steps[steps["period"] == 1]
    return {
        measure: _sem(neighbours.loc[neighbours[SEGMENTS[measure]] == 0, measure].dropna(), measure, ordered)
        for measure in MEASURES
    }


def _sem(differences: "pd.Series[float]", measure: str, scores: pd.DataFrame) -> Sem:
    pairs, items = len(differences), 0
    if pairs and ITEMS[measure] in scores:
        items = round(float(scores.loc[differences.index, ITEMS[measure]].mean()))
    if pairs < PAIRS_NEEDED:
        return Sem(SEM_DEFAULTS[measure].value, pairs, items)
    return Sem(float(differences.std(ddof=1) / np.sqrt(2)), pairs, items)


class Change(Struct, frozen=True):
    """A change of one person in levels, in standard errors (z), and how sure it is more than chance."""

    difference: float
    z: float
    certainty: Literal[0, 90, 95]


def reliable_change(before: float, after: float, sem: float, m: int = 1) -> Change:
    """Reliable change z = (after - before) / (SEM·√(1 + 1/m)), against 1.645 (90 %) and 1.96 (95 %).

    `before` is one earlier score or the mean of `m` earlier ones (Jacobson & Truax 1991; m = 1 gives √2·SEM).
    Raises ValueError when SEM is not positive or m is below 1.
    """
    if not sem > 0 or m < 1:
        raise ValueError("reliable change needs a positive SEM and at least one earlier score")
    z = (after - before) / (sem * float(np.sqrt(1 + 1 / m)))
    return Change(after - before, z, 95 if abs(z) >= Z95 else 90 if abs(z) >= Z90 else 0)


def band(score: float, sem: float) -> tuple[float, float]:
    """The 84 % band score ± 1.39·SEM: two bands of one person that do not overlap differ at about 95 %."""
    return score - BAND_WIDTH * sem, score + BAND_WIDTH * sem


def mean_change(before: ArrayLike, after: ArrayLike) -> Estimate:
    """Mean of the paired differences after - before with its t interval of 95 %, in the unit of the scores.

    Pairs with a missing side are left out. Raises ValueError below two pairs.
    """
    x, y = _pairs(before, after)
    difference = y - x
    mean, half = float(difference.mean()), t_half(float(difference.std(ddof=1)), len(x))
    return Estimate(mean, mean - half, mean + half, len(x), 2 * len(x), "paired t")


def t_half(sd: float, n: int) -> float:
    """Half the t interval of 95 % of a mean of n values with that SD."""
    return t_bound(n - 1) * sd / float(np.sqrt(n))


def t_bound(df: float) -> float:
    """How many standard errors the t interval of 95 % reaches to either side."""
    return float(stdtrit(df, 0.975))


def _pairs(before: ArrayLike, after: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    x, y = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if x.shape != y.shape:
        raise ValueError("before and after have different lengths")
    both = ~(np.isnan(x) | np.isnan(y))
    if both.sum() < 2:
        raise ValueError("at least 2 pairs are needed")
    return x[both], y[both]
