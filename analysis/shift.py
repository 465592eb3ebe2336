"""What other words do to an answer: two random halves, one asked as before and one as now. Numbers only."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from scipy.special import stdtrit

from analysis.frames import HIGHEST, LOWEST
from analysis.results import Estimate, Reason

PERSONS_IN_A_HALF: Final = 8
PERSONS_APART: Final = 3
"""Whatever is shown leaves open that this many persons of a half answered otherwise than all the others."""


class Shift(Struct, frozen=True):
    """How many answered each wording and, where both halves are large enough, how far apart they lie."""

    n_old: int
    n_new: int
    old: float | None = None
    new: float | None = None
    estimate: Estimate | None = None
    reason: Reason | None = None


def wording_shift(old: Sequence[float], new: Sequence[float]) -> Shift:
    """Mean of the levels on the new wording minus that on the old, with Welch's t interval of 95 %.

    se² = s²_old/n_old + s²_new/n_new; df after Welch (1947) and Satterthwaite. A variance counts as at least
    that of three persons one level from the mean, 3/(n − 1), and a mean stays 3/n from the ends of the scale:
    neither says that all, or all but one or two, answered the same. Below 8 persons in a half nothing is
    shown.
    """
    counts = len(old), len(new)
    if min(counts) < PERSONS_IN_A_HALF:
        return Shift(*counts, reason=Reason.FEW_COACHES)
    means = _mean(old), _mean(new)
    parts = [_variance(half) / len(half) for half in (old, new)]
    df = sum(parts) ** 2 / sum(part**2 / (n - 1) for part, n in zip(parts, counts, strict=True))
    value, half = means[1] - means[0], float(stdtrit(df, 0.975)) * sum(parts) ** 0.5
    found = Estimate(value, value - half, value + half, sum(counts), sum(counts), "Welch t")
    return Shift(*counts, *means, found)


def grew(now: Shift, shown: Shift | None) -> bool:
    """Whether there is something to show, and each half has eight persons more than in what was shown."""
    if now.estimate is None or shown is None:
        return now.estimate is not None
    return min(now.n_old - shown.n_old, now.n_new - shown.n_new) >= PERSONS_IN_A_HALF


def _mean(half: Sequence[float]) -> float:
    away = PERSONS_APART / len(half)
    return float(np.clip(np.mean(half), LOWEST + away, HIGHEST - away))


def _variance(half: Sequence[float]) -> float:
    return max(float(np.var(half, ddof=1)), PERSONS_APART / (len(half) - 1))
