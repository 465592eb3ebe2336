"""Cohort growth: who is enough, which method, what drop-out could change, and what is never shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from scipy import stats

from analysis.growth import CohortGrowth, cohort_growth
from analysis.reml import fit_reml
from analysis.results import Reason
from tests.analysis.simulate import Truth, cohort_frame, scores_of


def cohort(seed: int = 1, **truth: float) -> pd.DataFrame:
    return cohort_frame(*scores_of(Truth(**truth), np.random.default_rng(seed)))  # type: ignore[arg-type]


def full(coaches: int, rounds: int = 4, seed: int = 1) -> pd.DataFrame:
    return cohort(seed, coaches=coaches, rounds=rounds, leave_at_start_level=1e-9)


def estimates(growth: CohortGrowth) -> list[float]:
    return [point.estimate for point in growth.points]


@pytest.mark.parametrize(
    ("coaches", "rounds", "method", "reason"),
    [
        (7, 4, None, Reason.FEW_COACHES),
        (8, 4, "random slope", None),
        (8, 3, "random slope", None),
        (15, 2, "random intercept", None),
        (15, 1, None, Reason.FEW_ROUNDS),
        (0, 1, None, Reason.FEW_COACHES),
    ],
)
def test_the_number_of_coaches_and_rounds_decides_the_method(
    coaches: int, rounds: int, method: str | None, reason: Reason | None
) -> None:
    growth = cohort_growth(full(coaches, rounds))
    assert (growth.method, growth.reason) == (method, reason)
    assert bool(growth.points) == (growth.growth is not None) == (reason is None)


def test_eight_coaches_of_whom_few_came_back_give_no_curve() -> None:
    frame = full(12, 2)
    first_then_others = frame[(frame["person"] < 7) == (frame["period"] == 0)]
    growth = cohort_growth(first_then_others)
    assert (growth.reason, growth.points) == (Reason.FEW_PAIRS, ())


def test_in_a_complete_cohort_the_curve_is_the_mean_of_each_round() -> None:
    frame = full(20)
    growth = cohort_growth(frame)
    assert estimates(growth) == pytest.approx(frame.groupby("period")["total"].mean().tolist())
    assert estimates(growth) == pytest.approx([point.raw for point in growth.points])
    assert [point.persons for point in growth.points] == [20, 20, 20, 20]
    assert [point.months for point in growth.points] == [0, 4, 8, 12]
    assert growth.months == 12


def test_with_two_complete_rounds_growth_is_the_paired_t_interval() -> None:
    wide = full(12, 2).pivot(index="person", columns="period", values="total")
    growth = cohort_growth(full(12, 2)).growth
    reference = stats.ttest_rel(wide[1], wide[0]).confidence_interval()
    assert growth is not None
    assert (growth.low, growth.high) == pytest.approx((reference.low, reference.high), rel=1e-4)
    assert (growth.n_persons, growth.n_answers) == (12, 24)


def test_a_round_with_fewer_than_five_persons_is_left_out_before_anything_is_computed() -> None:
    frame = full(20)
    small = frame[(frame["period"] < 3) | (frame["person"] < 4)]
    other = small.assign(total=small["total"].where(small["period"] < 3, 1.0))
    growth = cohort_growth(small)
    assert growth.withheld == (3,)
    assert [point.period for point in growth.points] == [0, 1, 2]
    assert growth == cohort_growth(other)
    assert growth == replace(cohort_growth(frame[frame["period"] < 3]), withheld=(3,))


def test_a_round_of_five_persons_is_shown() -> None:
    frame = full(20)
    growth = cohort_growth(frame[(frame["period"] < 3) | (frame["person"] < 5)])
    assert [point.persons for point in growth.points] == [20, 20, 20, 5]
    assert growth.withheld == ()


def test_the_interval_has_the_degrees_of_freedom_of_coaches_seen_twice() -> None:
    # Drop-out, so that several coaches have one round and the observed information counts.
    frame = cohort(3, coaches=30)
    period = frame["period"].to_numpy()
    random = np.column_stack([np.ones(len(frame)), frame["months"]])
    fit = fit_reml(frame["total"], np.eye(6)[period], frame["person"], random)
    rounds = frame.groupby("person").size()
    assert 20 < (rounds > 1).sum() < len(rounds) == 30
    t = stats.t.ppf(0.975, (rounds > 1).sum() - 1)
    growth = cohort_growth(frame)
    contrast = np.array([-1, 0, 0, 0, 0, 1])
    assert growth.growth is not None
    assert growth.growth.high - growth.growth.value == pytest.approx(
        t * np.sqrt(contrast @ fit.cov_observed @ contrast)
    )
    assert [point.high - point.estimate for point in growth.points] == pytest.approx(
        list(t * np.sqrt(np.diag(fit.cov_observed)))
    )


def test_persons_unseen_at_the_start_lower_the_start() -> None:
    frame = full(20)
    growth = cohort_growth(frame[(frame["period"] > 0) | (frame["person"] < 15)])
    half = growth.sensitivity[-1]
    assert np.subtract(estimates(growth), half.estimates) == pytest.approx([0.125, 0, 0, 0])
    assert growth.growth is not None
    assert half.growth.value - growth.growth.value == pytest.approx(0.125)


def test_unseen_persons_lower_the_curve_by_delta_times_their_share() -> None:
    frame = full(20)
    growth = cohort_growth(frame[(frame["period"] < 3) | (frame["person"] < 15)])
    none, quarter, half = growth.sensitivity
    assert [each.delta for each in growth.sensitivity] == [0, 0.25, 0.50]
    assert none.growth == growth.growth
    assert list(none.estimates) == estimates(growth)
    # A quarter of the persons is unseen in the last round, none before.
    assert np.subtract(none.estimates, half.estimates) == pytest.approx([0, 0, 0, 0.125])
    assert np.subtract(none.lows, quarter.lows) == pytest.approx([0, 0, 0, 0.0625])
    assert none.growth.value - half.growth.value == pytest.approx(0.125)
    assert none.growth.high - half.growth.high == pytest.approx(0.125)


def test_without_drop_out_there_is_nothing_to_be_sensitive_to() -> None:
    growth = cohort_growth(full(20))
    assert all(each.growth == growth.growth for each in growth.sensitivity)


def test_scores_without_noise_fall_back_to_the_paired_t() -> None:
    frame = full(10, 3).assign(total=lambda rows: 2 + rows["person"] / 10 + rows["period"] / 4)
    growth = cohort_growth(frame)
    assert growth.method == "paired t"
    assert growth.growth is not None
    assert growth.growth.value == pytest.approx(0.5)
    assert estimates(growth) == pytest.approx([point.raw for point in growth.points])


def test_the_fall_back_too_needs_five_pairs() -> None:
    # Every coach has two rounds, but only four of them both the first and the last.
    pattern = {0: (0, 1), 1: (1, 2), 2: (0, 2)}
    frame = full(14, 3).assign(total=lambda rows: 2 + rows["person"] / 10 + rows["period"] / 4)
    kind = frame["person"].map(lambda n: 2 if n < 4 else n % 2)
    kept = [period in pattern[each] for period, each in zip(frame["period"], kind, strict=True)]
    assert cohort_growth(frame[kept]).reason is Reason.FEW_PAIRS


def test_withheld_scores_do_not_count_as_answers() -> None:
    frame = full(10, 3)
    frame.loc[frame["person"] < 3, "total"] = np.nan
    assert cohort_growth(frame).reason is Reason.FEW_COACHES


def test_another_measure_is_fitted_by_name() -> None:
    frame = full(10, 3).rename(columns={"total": "skills", "total_segment": "skills_segment"})
    assert cohort_growth(frame, "skills").measure == "skills"


@pytest.mark.parametrize(
    ("frame", "measure", "message"),
    [
        (full(9), "talent", "unknown measure talent"),
        (full(9), "skills", "column skills is missing"),
        (full(9).drop(columns="months"), "total", "column months is missing"),
        (pd.concat([full(9), full(9)]), "total", "column period occurs once per person"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused(frame: pd.DataFrame, measure: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        cohort_growth(frame, measure)


@settings(deadline=None, max_examples=10)
@given(st.floats(-1, 1), st.integers(0, 50))
def test_a_constant_moves_the_curve_and_leaves_growth_alone(constant: float, seed: int) -> None:
    frame = cohort(seed)
    plain, moved = cohort_growth(frame), cohort_growth(frame.assign(total=frame["total"] + constant))
    assert estimates(moved) == pytest.approx([value + constant for value in estimates(plain)], abs=1e-5)
    assert plain.growth is not None
    assert moved.growth is not None
    assert (moved.growth.low, moved.growth.high) == pytest.approx(
        (plain.growth.low, plain.growth.high), abs=1e-4
    )


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False), st.integers(0, 50))
def test_renaming_and_shuffling_persons_changes_nothing(random: "np.random.Generator", seed: int) -> None:
    frame = cohort(seed)
    names = list(range(20))
    random.shuffle(names)
    shuffled = frame.assign(person=frame["person"].map(dict(enumerate(names)))).sample(
        frac=1, random_state=seed
    )
    plain, mixed = cohort_growth(frame), cohort_growth(shuffled)
    assert estimates(mixed) == pytest.approx(estimates(plain), abs=1e-5)
    assert [point.low for point in mixed.points] == pytest.approx(
        [point.low for point in plain.points], abs=1e-4
    )
