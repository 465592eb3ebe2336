"""Differences between groups: Welch's test where it applies, months that all share, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from msgspec.structs import replace
from scipy import stats

from analysis.comparison import Comparison, Group, compare_growth
from analysis.growth import CohortGrowth, cohort_growth
from analysis.power import smallest_difference
from analysis.results import Reason
from tests.analysis.simulate import Truth, cohort_frame, scores_of


def frame(seed: int, coaches: int = 12, rounds: int = 2, **truth: float) -> pd.DataFrame:
    options = {"leave_at_start_level": 1e-9} | truth
    of = Truth(coaches=coaches, rounds=rounds, **options)
    return cohort_frame(*scores_of(of, np.random.default_rng(seed)))


def compared(*frames: pd.DataFrame) -> Comparison:
    return compare_growth([Group(f"groep {n}", cohort_growth(each)) for n, each in enumerate(frames)])


def changes(of: pd.DataFrame) -> pd.Series:
    wide = of.pivot(index="person", columns="period", values="total")
    return wide[1] - wide[0]


def test_with_two_complete_rounds_the_difference_is_the_test_of_welch() -> None:
    first, second = frame(1, 12), frame(2, 9, noise=0.5)
    (found,) = compared(first, second).differences
    reference = stats.ttest_ind(changes(first), changes(second), equal_var=False)
    interval = reference.confidence_interval(0.95)
    assert (found.estimate.low, found.estimate.high) == pytest.approx((interval.low, interval.high), abs=1e-4)
    assert found.claimed == (reference.pvalue < 0.05)
    se = (interval.high - interval.low) / 2 / stats.t.ppf(0.975, reference.df)
    assert found.smallest == pytest.approx(smallest_difference(se, reference.df), rel=1e-3)


def test_growth_is_read_over_the_months_that_all_groups_have() -> None:
    long, short = frame(1, rounds=6), frame(2, rounds=4)
    found = compared(long, short.assign(months=short["months"] * 1.25))
    assert (found.start, found.end, found.months) == (0, 15, 15)
    points = found.groups[0].curve.points
    # Fifteen months lie three quarters of the way from the fourth point to the fifth.
    at_the_end = points[3].estimate + 0.75 * (points[4].estimate - points[3].estimate)
    assert found.growth[0].value == pytest.approx(at_the_end - points[0].estimate)
    last = found.groups[1].curve.growth
    assert last is not None
    assert (found.growth[1].low, found.growth[1].high) == pytest.approx((last.low, last.high))


def test_the_other_way_round_is_the_same_difference_with_its_sign_turned() -> None:
    first, second = frame(1, rounds=5, growth=0.9), frame(2, rounds=5, growth=0.1)
    (there,), (back,) = compared(first, second).differences, compared(second, first).differences
    assert there.estimate.value == pytest.approx(-back.estimate.value)
    assert (there.estimate.low, there.smallest) == pytest.approx((-back.estimate.high, back.smallest))


def test_three_groups_are_compared_in_pairs_with_wider_intervals() -> None:
    frames = [frame(seed, rounds=4) for seed in (1, 2, 3)]
    found, alone = compared(*frames), compared(*frames[:2])
    assert [(each.first, each.second) for each in found.differences] == [(0, 1), (0, 2), (1, 2)]
    assert {each.error for each in found.differences} <= {0.05 / 3, 0.05 / 2, 0.05}
    of_pair = found.differences[0]
    assert of_pair.estimate.value == pytest.approx(alone.differences[0].estimate.value)
    assert of_pair.estimate.high > alone.differences[0].estimate.high
    assert of_pair.smallest > alone.differences[0].smallest


def test_who_was_not_seen_can_widen_or_undo_a_difference() -> None:
    full, second = frame(1, 20, rounds=4, growth=0.9), frame(2, 20, rounds=4, growth=0.4)
    (same,) = compared(full, second).differences
    assert (same.low_if, same.high_if) == (same.estimate.low, same.estimate.high)
    half = full[(full["period"] < 2) | (full["person"] < 10)]
    (found,) = compared(half, second).differences
    # Half of the first group is unseen at the end: half a level lower lowers its growth by a quarter.
    assert found.low_if == pytest.approx(found.estimate.low - 0.25)
    assert found.high_if == pytest.approx(found.estimate.high)
    claimed = replace(found, estimate=replace(found.estimate, low=0.1, high=0.9), low_if=-0.1, high_if=0.9)
    assert claimed.depends_on_drop_out
    assert not replace(claimed, low_if=0.05).depends_on_drop_out


def test_groups_that_hardly_overlap_are_not_compared() -> None:
    late = frame(2, rounds=3).assign(months=lambda rows: rows["months"] + 6)
    found = compared(frame(1, rounds=3), late)
    assert (found.reason, found.differences, found.growth) == (Reason.FEW_MONTHS, (), ())


def test_a_group_whose_model_did_not_fit_is_not_compared() -> None:
    exact = frame(1, 10, 3).assign(total=lambda rows: 2 + rows["person"] / 10 + rows["period"] / 4)
    assert compared(exact, frame(2, rounds=3)).reason is Reason.FEW_PAIRS


def test_what_is_no_comparison_is_refused() -> None:
    one = Group("een", cohort_growth(frame(1)))
    few = Group("klein", CohortGrowth("total", 7, 14, (), Reason.FEW_COACHES))
    for groups, message in (([one], "two to 4"), ([one] * 5, "two to 4"), ([one, few], "without a curve")):
        with pytest.raises(ValueError, match=message):
            compare_growth(groups)
