"""Growth of a cohort: the model curve with its interval, and what drop-out could change about it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from analysis.change import mean_change, t_bound, t_half
from analysis.frames import MEASURES, SEGMENTS, require, require_one_line
from analysis.power import smallest_difference
from analysis.reml import RemlFit, fit_reml
from analysis.results import Asked, Estimate, Reason

Floats = NDArray[np.float64]
Method = Literal["random slope", "random intercept", "paired t"]

COACHES_FOR_A_CURVE: Final = 8
ROUNDS_FOR_A_SLOPE: Final = 3
PERSONS_FOR_A_POINT: Final = 5
PERSONS_AT_ONCE: Final = 5
"""A point that was shown moves by so many persons at once, or not at all."""
DELTAS: Final = (0.0, 0.25, 0.50)
SAME: Final = 1e-9


class PeriodPoint(Struct, frozen=True):
    """One round of the cohort: model mean with 95 % interval, and the raw mean of whoever answered."""

    period: int
    months: float
    persons: int
    estimate: float
    low: float
    high: float
    raw: float


class Sensitivity(Struct, frozen=True):
    """The curve and growth if coaches not seen in a round scored `delta` lower than the model expects."""

    delta: float
    growth: Estimate
    estimates: tuple[float, ...]
    lows: tuple[float, ...]


class Event(NamedTuple):
    """A meeting of the cohort: its day, the months since the cohort started, and its name."""

    day: date
    months: float
    name: str


class CohortGrowth(Struct, frozen=True):
    """The curve of a cohort on one measure, or the reason why there is none (then there are no points).

    `growth` is last minus first point in levels, over `months`; `withheld` are the periods that too few
    coaches answered; `cov` is the covariance of the points (empty without a model), `df` that of its t.
    As the caller says: `earlier` the curves before the wording changed, oldest first; `events` what was held
    meanwhile; `asked` what the rounds of this curve asked.
    `earlier` are the lines before a break, oldest first; `events` what happened meanwhile, in months.
    """

    measure: str
    persons: int
    answers: int
    withheld: tuple[int, ...]
    reason: Reason | None = None
    method: Method | None = None
    points: tuple[PeriodPoint, ...] = ()
    growth: Estimate | None = None
    sensitivity: tuple[Sensitivity, ...] = ()
    cov: tuple[tuple[float, ...], ...] = ()
    df: int = 0
    earlier: tuple["CohortGrowth", ...] = ()
    events: tuple[Event, ...] = ()
    asked: Asked | None = None

    @property
    def months(self) -> float:
        return self.points[-1].months - self.points[0].months if self.points else 0.0

    @property
    def smallest(self) -> float | None:
        """The true growth that would be found 8 times in 10; None without a model."""
        if self.growth is None or not self.cov:
            return None
        return smallest_difference((self.growth.high - self.growth.low) / (2 * t_bound(self.df)), self.df)


def cohort_growth(scores: pd.DataFrame, measure: str = "total") -> CohortGrowth:
    """Fit y = period_j + u0 + u1·months + e by REML to a SCORES frame of one cohort; t intervals of 95 %.

    df = coaches with two or more rounds - 1. Fewer than 8 coaches: no curve. Two rounds: random intercept.
    Three or more: random intercept and slope, also in a small cohort: there an intercept alone takes
    differences in pace for noise and claims growth two to five times too often (tests/analysis/
    test_simulation.py). No convergence: slope → intercept → paired t.
    Coaches who stop count with the rounds they answered (missing at random given those), which is why the
    model is the finding and the raw mean of whoever answered is not. The variance is that of the observed
    information. Sensitivity is a pattern mixture: a person of the cohort who was not seen in a round is
    delta lower than the model expects, so the mean falls by delta · share not seen.

    Privacy: a period answered by fewer than 5 persons is left out before anything is computed, so no
    shown number depends on it. Pass closed rounds only: a mean that moves with each answer gives that
    answer away. Raises ValueError for an unknown measure, a missing column, or a person with two scores
    in one period; BrokenLine when the scores stand on several lines (`frames.by_line` has each apart).
    """
    if measure not in MEASURES:
        raise ValueError(f"unknown measure {measure}")
    require(scores, dict.fromkeys(("person", "period", "months", measure, SEGMENTS[measure]), ""))
    require_one_line(scores, measure)
    seen = scores[scores[measure].notna()].sort_values(["period", "person"], ignore_index=True)
    period, person = seen["period"].to_numpy(), seen["person"].to_numpy()
    if ((period[1:] == period[:-1]) & (person[1:] == person[:-1])).any():
        raise ValueError("column period occurs once per person")
    periods, place, sizes = np.unique(period, return_inverse=True, return_counts=True)
    enough = sizes >= PERSONS_FOR_A_POINT
    shown = seen[enough[place]]
    rounds = np.unique(shown["person"], return_counts=True)[1]
    paired = int((rounds > 1).sum())
    withheld = tuple(periods[~enough].tolist())
    result = CohortGrowth(measure, len(rounds), len(shown), withheld)
    reason = _reason(len(rounds), int(enough.sum()), paired)
    return replace(result, reason=reason) if reason else _curve(result, shown, paired - 1)


def settled(curve: CohortGrowth, shown: CohortGrowth) -> CohortGrowth:
    """The curve, with the points that were `shown` before wherever single persons moved one of them since.

    Someone was erased, came later, or now counts elsewhere: then 12 · old mean - 11 · new mean is an answer
    of one person. So where persons or raw mean of a shown point differ by fewer than five persons, all shown
    points of that line stay as they were; growth is the new last point minus the first as shown, with the
    interval of the new fit. On other items (`asked`) nothing was shown before.
    """
    if curve.asked and shown.asked and curve.asked.same != shown.asked.same:
        return curve
    before = [{point.period: point for point in line.points} for line in (*shown.earlier, shown)]
    earlier = tuple(_settled(line, before) for line in curve.earlier)
    return replace(_settled(curve, before), earlier=earlier)


def _settled(line: CohortGrowth, before: Sequence[Mapping[int, PeriodPoint]]) -> CohortGrowth:
    periods = {point.period for point in line.points}
    was = max(before, key=lambda points: len(points.keys() & periods))
    if line.growth is None or not was.keys() & periods or not _few_moved(line, was):
        return line
    points = tuple(was.get(point.period, point) for point in line.points)
    by = line.points[0].estimate - points[0].estimate
    by += points[-1].estimate - line.points[-1].estimate
    growth = _moved(line.growth, by)
    estimates, lows = (np.array([getattr(point, name) for point in points]) for name in ("estimate", "low"))
    unseen = 1 - np.minimum(np.array([point.persons for point in points]) / line.persons, 1)
    sensitivity = tuple(_shifted(delta, growth, estimates, lows, unseen) for delta in DELTAS)
    return replace(line, points=points, growth=growth, sensitivity=sensitivity)


def _few_moved(line: CohortGrowth, was: Mapping[int, PeriodPoint]) -> bool:
    now = {point.period: (point.persons, point.raw) for point in line.points}
    of_each = [(now.get(period, (0, 0.0)), (point.persons, point.raw)) for period, point in was.items()]
    return any(
        abs(n - before) < PERSONS_AT_ONCE or not n
        for (n, raw), (before, raw_before) in of_each
        if n != before or abs(raw - raw_before) > SAME
    )


def _moved(growth: Estimate, by: float) -> Estimate:
    return replace(growth, value=growth.value + by, low=growth.low + by, high=growth.high + by)


def _reason(persons: int, periods: int, paired: int) -> Reason | None:
    if persons < COACHES_FOR_A_CURVE:
        return Reason.FEW_COACHES
    if periods < 2:
        return Reason.FEW_ROUNDS
    return Reason.FEW_PAIRS if paired < PERSONS_FOR_A_POINT else None


def _curve(result: CohortGrowth, shown: pd.DataFrame, df: int) -> CohortGrowth:
    fitted = _fitted(shown, result)
    if fitted is None:
        return _paired(result, shown)
    method, fit = fitted
    contrast = np.zeros(len(fit.beta))
    contrast[0], contrast[-1] = -1, 1
    t = t_bound(df)
    value, half = float(contrast @ fit.beta), t * float(np.sqrt(contrast @ fit.cov_observed @ contrast))
    growth = Estimate(value, value - half, value + half, result.persons, result.answers, f"REML, {method}")
    cov = tuple(map(tuple, fit.cov_observed.tolist()))
    result = replace(result, method=method, cov=cov, df=df)
    return _drawn(result, shown, fit.beta, t * np.sqrt(np.diag(fit.cov_observed)), growth)


def _fitted(shown: pd.DataFrame, result: CohortGrowth) -> tuple[Method, RemlFit] | None:
    period = np.unique(shown["period"], return_inverse=True)[1]
    fixed = np.eye(period.max() + 1)[period]
    random = np.column_stack([np.ones(len(shown)), shown["months"]])
    score, person = shown[result.measure].to_numpy(), pd.factorize(shown["person"])[0]
    slope = fixed.shape[1] >= ROUNDS_FOR_A_SLOPE
    methods: tuple[tuple[Method, int], ...] = (("random slope", 2), ("random intercept", 1))
    for method, columns in methods[0 if slope else 1 :]:
        fit = fit_reml(score, fixed, person, random[:, :columns])
        if fit.converged:
            return method, fit
    return None


def _paired(result: CohortGrowth, shown: pd.DataFrame) -> CohortGrowth:
    """Without a model: the change of those present at both ends, and the plain mean of each round."""
    wide = shown.pivot(index="person", columns="period", values=result.measure)
    ends = wide.iloc[:, [0, -1]].dropna()
    if len(ends) < PERSONS_FOR_A_POINT:
        return replace(result, reason=Reason.FEW_PAIRS)
    halves = np.array([t_half(float(scores.std()), int(scores.count())) for _, scores in wide.items()])
    growth = mean_change(ends.iloc[:, 0], ends.iloc[:, 1])
    return _drawn(replace(result, method="paired t"), shown, wide.mean().to_numpy(), halves, growth)


def _drawn(
    result: CohortGrowth, shown: pd.DataFrame, estimates: Floats, halves: Floats, growth: Estimate
) -> CohortGrowth:
    periods, first, sizes = np.unique(shown["period"], return_index=True, return_counts=True)
    score, month = (np.split(shown[name].to_numpy(), first[1:]) for name in (result.measure, "months"))
    points = tuple(
        PeriodPoint(
            period=period,
            months=float(np.median(months)),
            persons=persons,
            estimate=mean,
            low=mean - half,
            high=mean + half,
            raw=float(raw.mean()),
        )
        for period, months, persons, mean, half, raw in zip(
            periods.tolist(), month, sizes.tolist(), estimates.tolist(), halves.tolist(), score, strict=True
        )
    )
    unseen = 1 - np.array([point.persons for point in points]) / result.persons
    sensitivity = tuple(_shifted(delta, growth, estimates, estimates - halves, unseen) for delta in DELTAS)
    return replace(result, points=points, growth=growth, sensitivity=sensitivity)


def _shifted(delta: float, growth: Estimate, estimates: Floats, lows: Floats, unseen: Floats) -> Sensitivity:
    less = delta * float(unseen[-1] - unseen[0])
    lower = _moved(growth, -less)
    return Sensitivity(
        delta, lower, tuple((estimates - delta * unseen).tolist()), tuple((lows - delta * unseen).tolist())
    )
