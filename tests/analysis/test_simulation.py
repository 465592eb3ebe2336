"""Known truth: the cohort interval covers it, and the mean of whoever answered does not tell it."""

from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pytest

from analysis.charts import restate
from analysis.comparison import Group, compare_growth
from analysis.growth import CohortGrowth, cohort_growth
from analysis.reml import fit_reml
from tests.analysis.frames import TEXTS
from tests.analysis.simulate import Truth, cohort_frame, raw_growth, scores_of

COHORTS = 800
METHOD = " ".join((Path(__file__).parents[2] / "docs" / "method.md").read_text(encoding="utf-8").split())


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


def without_growth() -> list[CohortGrowth]:
    """Cohorts of 8 to 30 coaches and 4 to 6 rounds in which nobody grew on average: coaches differ in pace,
    leave after a low score, and take another measure on the way."""
    rng = np.random.default_rng(20261123)
    truths = [
        Truth(growth=0.0, coaches=coaches, rounds=rounds, shift_sd=0.25)
        for coaches in (8, 10, 12, 15, 20, 30)
        for rounds in (4, 5, 6)
    ]
    drawn = islice(cycle(truths), 2000)
    return [cohort_growth(cohort_frame(*scores_of(truth, rng))) for truth in drawn]


@pytest.mark.long  # one test, because what it judges takes longest to make
def test_of_2000_cohorts_that_did_not_grow_the_page_says_so_except_at_its_stated_rates() -> None:
    found = without_growth()
    growth = [one.growth.value for one in found if one.growth]
    assert np.mean(growth) == pytest.approx(0, abs=0.02)
    _growth_is_said_of_at_most_1_in_40(found)
    _a_difference_is_said_of_at_most_1_in_20(found)
    for coaches in (8, 12, 20, 30):
        seen = [one.smallest for one in found if one.persons == coaches and one.smallest]
        assert f"| {coaches} | {TEXTS.number(float(np.mean(seen)), 1)} niveau |" in METHOD


def _growth_is_said_of_at_most_1_in_40(found: list[CohortGrowth]) -> None:
    sentences = [restate("cohort_growth", one, TEXTS).sentence for one in found]
    claims = sum(sentence.startswith("Het cohort groeide") for sentence in sentences)
    lower = sum(sentence.startswith("Het cohort schat zichzelf") for sentence in sentences)
    none = sum("is geen groei aangetoond" in sentence for sentence in sentences)
    silent = sum(one.growth is None for one in found)
    assert claims + lower + none + silent == len(found) == 2000
    assert 0 < claims <= 2000 / 40
    assert 0 < lower <= 2000 / 40
    assert f"Bij {claims} van de 2.000 stond er toch groei" in METHOD
    assert f"Bij {lower} stond er dat het cohort zichzelf lager inschat. Bij {silent} stond er geen" in METHOD


def _a_difference_is_said_of_at_most_1_in_20(found: list[CohortGrowth]) -> None:
    shown = [one for one in found if one.growth]
    pairs = zip(shown[::2], shown[1::2], strict=False)
    compared = [compare_growth([Group("een", one), Group("twee", other)]) for one, other in pairs]
    sentences = [restate("growth_difference", one, TEXTS).sentence for one in compared]
    claims = sum("is geen verschil in groei aangetoond" not in sentence for sentence in sentences)
    assert 0 < claims <= len(sentences) / 20
    assert f"Bij {claims} van de {len(sentences)} paren stond er een verschil" in METHOD


def test_a_small_cohort_without_a_pace_of_its_own_would_claim_growth_too_often() -> None:
    rng, truth = np.random.default_rng(5), Truth(growth=0.0, coaches=14, shift_sd=0.25)
    claims = []
    for _ in range(300):
        frame = cohort_frame(*scores_of(truth, rng))
        period, months = frame["period"].to_numpy(), frame[["months"]].to_numpy()
        fit = fit_reml(frame["total"], np.eye(period.max() + 1)[period], frame["person"], months**0)
        contrast = np.eye(len(fit.beta))[-1] - np.eye(len(fit.beta))[0]
        claims.append(contrast @ fit.beta > 2.16 * np.sqrt(contrast @ fit.cov_observed @ contrast))
    assert np.mean(claims) > 0.05


def test_unchanged_coaches_are_called_changed_as_often_as_the_page_says() -> None:
    from analysis.change import SEM_DEFAULTS, reliable_change

    rng, sem = np.random.default_rng(3), SEM_DEFAULTS["skills"].value
    pairs = 3 + rng.normal(size=(4000, 2)) * sem
    called = [reliable_change(before, after, sem).certainty for before, after in pairs.tolist()]
    assert np.mean(np.equal(called, 95)) == pytest.approx(1 / 20, abs=0.012)
    assert np.mean(np.greater_equal(called, 90)) == pytest.approx(1 / 10, abs=0.015)
