"""What a comparison of this size can see: the smallest difference it finds. And Holm's rule. Numbers only."""

from collections.abc import Sequence
from typing import Final

import numpy as np

POWER: Final = 0.80
ERROR: Final = 0.05
LEAST_DF: Final = 2


def smallest_difference(se: float, df: float, *, error: float = ERROR, power: float = POWER) -> float:
    """The true difference that a two-sided t test with this standard error and df finds so often.

    Solves P(|T| > t(1 - error/2, df)) = power for T noncentral t with noncentrality δ/se (Cohen 1988,
    "Statistical power analysis", section 2.5); δ in the unit of se. Raises ValueError when se is not
    positive, df is below 2, or error or power are no probability, power the larger one.
    """
    from scipy.optimize import brentq  # on first need: it takes longer to load than all else here
    from scipy.special import nctdtr, stdtrit

    if not (se > 0 and df >= LEAST_DF and 0 < error < power < 1):
        raise ValueError(
            "a smallest difference needs a positive error, df of 1 or more and power above chance"
        )
    bound = float(stdtrit(df, 1 - error / 2))

    def short_of(shift: float) -> float:
        return float(1 - nctdtr(df, shift, bound) + nctdtr(df, shift, -bound)) - power

    far = bound + 1
    while short_of(far) < 0:
        far *= 1.5
    return se * float(brentq(short_of, 0.0, far))


def holm(p_values: Sequence[float], error: float = ERROR) -> tuple[float, ...]:
    """For each comparison of a family the error its own interval is drawn at, so that bands follow Holm.

    Sorted from the smallest p, comparison i of m is tested at error/(m - i); from the first that fails on,
    all get the error of that one (Holm 1979, "A simple sequentially rejective multiple test procedure").
    So an interval at 1 - this error leaves out zero exactly where Holm's rule rejects.
    """
    m, failed = len(p_values), False
    errors, at = np.zeros(m), error
    for place, which in enumerate(np.argsort(p_values, kind="stable")):
        if not failed:
            at = error / (m - place)
            failed = bool(p_values[which] > at)
        errors[which] = at
    return tuple(errors.tolist())
