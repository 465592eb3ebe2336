"""What a comparison can see, against statsmodels; and Holm's rule as the width of intervals."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower, TTestPower

from analysis.power import holm, smallest_difference


@pytest.mark.parametrize("n", [8, 12, 20])
@pytest.mark.parametrize("error", [0.05, 0.05 / 3])
def test_two_groups_see_the_difference_that_statsmodels_says(n: int, error: float) -> None:
    effect = TTestIndPower().solve_power(nobs1=n, alpha=error, power=0.8)
    found = smallest_difference(np.sqrt(2 / n), 2 * n - 2, error=error)
    assert found == pytest.approx(effect, rel=1e-5)


def test_one_group_sees_the_change_that_statsmodels_says() -> None:
    effect = TTestPower().solve_power(nobs=12, alpha=0.05, power=0.8)
    assert smallest_difference(1 / np.sqrt(12), 11) == pytest.approx(effect, rel=1e-5)


def test_the_smallest_difference_is_found_8_times_in_10() -> None:
    least, rng = smallest_difference(0.2, 15), np.random.default_rng(2)
    estimates = least + 0.2 * rng.normal(size=40_000)
    errors = 0.2 * np.sqrt(rng.chisquare(15, size=40_000) / 15)
    assert np.mean(np.abs(estimates / errors) > 2.1314) == pytest.approx(0.8, abs=0.01)


@pytest.mark.parametrize(
    ("se", "df", "options"),
    [(0, 10, {}), (-1, 10, {}), (1, 1.5, {}), (1, 10, {"error": 0.0}), (1, 10, {"power": 0.04})],
)
def test_what_has_no_smallest_difference_is_refused(se: float, df: float, options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="smallest difference"):
        smallest_difference(se, df, **options)


def test_holm_widens_intervals_step_by_step_until_one_fails() -> None:
    assert holm([0.04, 0.001, 0.03]) == pytest.approx((0.025, 0.05 / 3, 0.025))
    assert holm([0.2]) == (0.05,)
    assert holm([0.001, 0.002, 0.003]) == pytest.approx((0.05 / 3, 0.025, 0.05))


def rejected_by_holm(p_values: list[float]) -> list[bool]:
    """By definition: the smallest at error / m, the next at error / (m - 1), until one fails (Holm 1979)."""
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    fits = [p_values[place] <= 0.05 / (len(order) - step) for step, place in enumerate(order)]
    passed = order[: fits.index(False)] if False in fits else order
    return [place in passed for place in range(len(p_values))]


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=6))
def test_what_an_interval_at_its_error_leaves_out_is_what_holm_rejects(p_values: list[float]) -> None:
    rejected = [p <= error for p, error in zip(p_values, holm(p_values), strict=True)]
    assert rejected == rejected_by_holm(p_values)


@pytest.mark.parametrize("p_values", [[0.04, 0.001, 0.03], [0.2], [0.01, 0.02, 0.03, 0.005], [0.05, 0.05]])
def test_holm_rejects_what_statsmodels_rejects(p_values: list[float]) -> None:
    assert rejected_by_holm(p_values) == multipletests(p_values, 0.05, "holm")[0].tolist()
