"""Growth of cohorts beside one another: the difference with its interval, and what can be seen at all."""

from collections.abc import Sequence
from itertools import combinations, product
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from analysis.growth import DELTAS, CohortGrowth
from analysis.power import ERROR, holm, smallest_difference
from analysis.results import Estimate, Reason

Floats = NDArray[np.float64]

MONTHS_TOGETHER: Final = 3.0
NEAR_ZERO: Final = 0.05
MOST: Final = 4
"""How many groups one look may compare."""


class Group(Struct, frozen=True):
    """A cohort, or a cell of cohorts that was declared beforehand, with its curve."""

    name: str
    curve: CohortGrowth


class Difference(Struct, frozen=True):
    """Growth of `first` minus growth of `second` (places in the groups), in levels.

    `claimed` when the interval leaves out zero; `error` is what the interval is drawn at; `smallest` the
    true difference that would be found 8 times in 10; `low_if` and `high_if` the interval when those not
    seen in one of the groups, or in both, scored half a level lower than the model expects.
    """

    first: int
    second: int
    estimate: Estimate
    error: float
    smallest: float
    low_if: float
    high_if: float

    @property
    def claimed(self) -> bool:
        return self.estimate.excludes_zero

    @property
    def digits(self) -> int:
        """How fine to write it: finer where a bound would round to zero."""
        return 1 if min(abs(self.estimate.low), abs(self.estimate.high)) >= NEAR_ZERO else 2

    @property
    def depends_on_drop_out(self) -> bool:
        """Whether the claim does not survive the worst case of who was not seen."""
        return self.claimed and self.low_if <= 0 <= self.high_if


class Comparison(Struct, frozen=True):
    """Groups over the months that all of them have; `growth` of each from `start` to `end`.

    With a `reason` there is nothing to compare, and growth and differences are empty.
    """

    groups: tuple[Group, ...]
    start: float = 0.0
    end: float = 0.0
    growth: tuple[Estimate, ...] = ()
    differences: tuple[Difference, ...] = ()
    reason: Reason | None = None

    @property
    def months(self) -> float:
        return self.end - self.start


class _Grown(Struct, frozen=True):
    """Growth of one group from start to end, its standard error, and how many more were not seen."""

    value: float
    se: float
    df: int
    unseen: float
    persons: int
    answers: int


def compare_growth(groups: Sequence[Group]) -> Comparison:
    """Differences in growth between every two groups, over the months since their start that all share.

    Each curve is read at the first and the last shared month, straight between its points, so growth is a
    contrast c'β with variance c'Σc. A difference has SE √(SE1² + SE2²) and the df of Welch & Satterthwaite;
    groups do not share persons. More than two groups: intervals at Holm's errors (`power.holm`), over all
    pairs. Less than three shared months, or a curve without a model: nothing is compared.

    Raises ValueError below two groups, above four, or for a group without a curve.
    """
    if not 2 <= len(groups) <= MOST:
        raise ValueError(f"two to {MOST} groups compare")
    if any(not group.curve.points for group in groups):
        raise ValueError("a group without a curve does not compare")
    found = Comparison(
        tuple(groups),
        start=max(group.curve.points[0].months for group in groups),
        end=min(group.curve.points[-1].months for group in groups),
    )
    if found.months < MONTHS_TOGETHER:
        return Comparison(found.groups, reason=Reason.FEW_MONTHS)
    if any(not group.curve.cov for group in groups):
        return Comparison(found.groups, reason=Reason.FEW_PAIRS)
    grown = [_grown(group.curve, found.start, found.end) for group in groups]
    growth = tuple(_estimate(one, ERROR, one.df) for one in grown)
    return Comparison(found.groups, found.start, found.end, growth, _differences(grown))


def _grown(curve: CohortGrowth, start: float, end: float) -> _Grown:
    months = [point.months for point in curve.points]
    contrast = _weights(months, end) - _weights(months, start)
    estimates = np.array([point.estimate for point in curve.points])
    unseen = 1 - np.array([point.persons for point in curve.points]) / curve.persons
    return _Grown(
        value=float(contrast @ estimates),
        se=float(np.sqrt(contrast @ np.array(curve.cov) @ contrast)),
        df=curve.df,
        unseen=float(contrast @ unseen),
        persons=curve.persons,
        answers=curve.answers,
    )


def _weights(months: Sequence[float], at: float) -> Floats:
    """How much each point counts in the curve at this moment: straight between two points."""
    return np.array([np.interp(at, months, unit) for unit in np.eye(len(months))])


def _estimate(grown: _Grown, error: float, df: float) -> Estimate:
    half = float(stdtrit(df, 1 - error / 2)) * grown.se
    return Estimate(
        grown.value, grown.value - half, grown.value + half, grown.persons, grown.answers, "contrast"
    )


def _differences(grown: Sequence[_Grown]) -> tuple[Difference, ...]:
    pairs = [*combinations(range(len(grown)), 2)]
    between = [_between(grown[first], grown[second]) for first, second in pairs]
    errors = holm([2 * float(stdtr(df, -abs(one.value) / one.se)) for one, df in between])
    return tuple(
        _difference(pair, one, df, error, [grown[place].unseen for place in pair])
        for pair, (one, df), error in zip(pairs, between, errors, strict=True)
    )


def _between(first: _Grown, second: _Grown) -> tuple[_Grown, float]:
    """The difference as if it were growth, and its df (Satterthwaite 1946, Welch 1947)."""
    of_each = [first.se**2, second.se**2]
    df = sum(of_each) ** 2 / (of_each[0] ** 2 / first.df + of_each[1] ** 2 / second.df)
    difference = _Grown(
        first.value - second.value,
        float(np.sqrt(sum(of_each))),
        0,
        0.0,
        first.persons + second.persons,
        first.answers + second.answers,
    )
    return difference, df


def _difference(
    pair: tuple[int, int], one: _Grown, df: float, error: float, unseen: Sequence[float]
) -> Difference:
    estimate = _estimate(one, error, df)
    shifts = [
        second * unseen[1] - first * unseen[0] for first, second in product((DELTAS[0], DELTAS[-1]), repeat=2)
    ]
    return Difference(
        *pair,
        estimate,
        error,
        smallest_difference(one.se, df, error=error),
        estimate.low + min(shifts),
        estimate.high + max(shifts),
    )
