"""What other words do to an answer: two random halves, one asked as before and one as now. Numbers only."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import stdtrit

from analysis.results import Estimate, Reason

PERSONS_IN_A_HALF: Final = 8
LEAST_VARIANCE: Final = 1 / 12
"""Of an answer rounded to a whole level, also where all of a half gave the same."""


@dataclass(frozen=True, slots=True)
class Shift:
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
    that of rounding to whole levels, 1/12. Below 8 persons in a half nothing is shown.
    """
    counts = len(old), len(new)
    if min(counts) < PERSONS_IN_A_HALF:
        return Shift(*counts, reason=Reason.FEW_COACHES)
    means = float(np.mean(old)), float(np.mean(new))
    parts = [max(float(np.var(half, ddof=1)), LEAST_VARIANCE) / len(half) for half in (old, new)]
    df = sum(parts) ** 2 / sum(part**2 / (n - 1) for part, n in zip(parts, counts, strict=True))
    value, half = means[1] - means[0], float(stdtrit(df, 0.975)) * sum(parts) ** 0.5
    found = Estimate(value, value - half, value + half, sum(counts), sum(counts), "Welch t")
    return Shift(*counts, *means, found)
