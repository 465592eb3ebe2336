"""Known truth: the cohort interval covers it, and the mean of whoever answered does not tell it."""

import numpy as np
import pytest

from analysis.growth import cohort_growth
from tests.analysis.simulate import Truth, cohort_frame, raw_growth, scores_of

COHORTS = 800


def shown_truth(truth: Truth, last_period: int) -> float:
    return truth.growth * last_period / (truth.rounds - 1)


def test_the_interval_covers_true_growth_in_93_to_97_percent_of_cohorts_with_drop_out() -> None:
    truth, rng = Truth(growth=0.50), np.random.default_rng(20261122)
    covered, errors = [], []
    for _ in range(COHORTS):
        found = cohort_growth(cohort_frame(*scores_of(truth, rng)))
        assert found.growth is not None
        expected = shown_truth(truth, found.points[-1].period)
        covered.append(found.growth.low <= expected <= found.growth.high)
        errors.append(found.growth.value - expected)
    assert 0.93 <= np.mean(covered) <= 0.97
    assert np.mean(errors) == pytest.approx(0, abs=0.02)


@pytest.mark.parametrize(("growth", "raw"), [(0.50, 0.72), (0.0, 0.27)])
def test_the_mean_of_whoever_answered_claims_growth_that_is_not_there(growth: float, raw: float) -> None:
    rng = np.random.default_rng(7)
    cohorts = (scores_of(Truth(growth=growth), rng) for _ in range(COHORTS))
    claims = [raw_growth(scores, seen) for scores, seen in cohorts if seen[:, -1].any()]
    assert np.mean(claims) == pytest.approx(raw, abs=0.04)


def test_where_nobody_grew_the_model_claims_no_growth() -> None:
    truth, rng = Truth(growth=0.0), np.random.default_rng(7)
    found = [cohort_growth(cohort_frame(*scores_of(truth, rng))).growth for _ in range(150)]
    assert np.mean([growth.value for growth in found if growth]) == pytest.approx(0, abs=0.05)
    assert np.mean([growth.excludes_zero for growth in found if growth]) < 0.10


def test_unchanged_coaches_are_called_changed_as_often_as_the_page_says() -> None:
    from analysis.change import SEM_DEFAULTS, reliable_change

    rng, sem = np.random.default_rng(3), SEM_DEFAULTS["skills"].value
    pairs = 3 + rng.normal(size=(4000, 2)) * sem
    called = [reliable_change(before, after, sem).certainty for before, after in pairs.tolist()]
    assert np.mean(np.equal(called, 95)) == pytest.approx(1 / 20, abs=0.012)
    assert np.mean(np.greater_equal(called, 90)) == pytest.approx(1 / 10, abs=0.015)
