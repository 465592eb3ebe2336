"""The shift between two wordings: Welch's interval, nothing below eight in a half, honest at its rate."""

import numpy as np
import pytest
from scipy import stats

from analysis.results import Reason
from analysis.shift import wording_shift

OLD, NEW = [2, 3, 3, 2, 4, 3, 2, 3, 3], [3, 4, 3, 4, 5, 3, 4, 4]


def test_the_shift_is_that_of_scipy() -> None:
    found = wording_shift(OLD, NEW)
    oracle = stats.ttest_ind(NEW, OLD, equal_var=False).confidence_interval()
    assert found.estimate is not None
    assert (found.estimate.low, found.estimate.high) == pytest.approx((oracle.low, oracle.high))
    assert found.estimate.value == pytest.approx(np.mean(NEW) - np.mean(OLD))
    assert (found.n_old, found.n_new) == (9, 8)
    assert (found.old, found.new) == pytest.approx((25 / 9, 3.75))


@pytest.mark.parametrize(("old", "new"), [(7, 20), (20, 7), (0, 20), (0, 0)])
def test_below_eight_in_a_half_not_even_a_mean_is_given(old: int, new: int) -> None:
    found = wording_shift([3.0] * old, [4.0] * new)
    assert (found.estimate, found.old, found.new) == (None, None, None)
    assert found.reason is Reason.FEW_COACHES
    assert (found.n_old, found.n_new) == (old, new)


def test_halves_that_agree_to_a_level_still_have_an_interval() -> None:
    found = wording_shift([3.0] * 8, [3.0] * 8).estimate
    assert found is not None
    assert found.low < -0.2 < 0.2 < found.high


def test_without_a_difference_one_in_twenty_finds_one() -> None:
    rng = np.random.default_rng(8)
    felt = rng.normal(2.9, 0.9, (1000, 22))
    levels = np.clip(np.round(felt), 1, 5)
    found = [wording_shift(row[:11], row[11:]).estimate for row in levels]
    claims = np.mean([one is not None and one.excludes_zero for one in found])
    assert claims == pytest.approx(0.05, abs=0.02)
