"""Where coaches stand: counts merge until nobody can be found, and the same scores always cut alike."""

from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.distribution import Band, Distribution, distribution


def of(scores: Sequence[float | None]) -> Distribution:
    rows = {"person": range(len(scores)), "attitude": scores, "skills": 3.0, "knowledge": None}
    return distribution(pd.DataFrame(rows).astype({"attitude": "float64", "knowledge": "float64"}))


@pytest.mark.parametrize(
    ("counts", "bands"),
    [
        ((0, 5, 5, 0, 0), (Band(1, 2, 5), Band(3, 5, 5))),
        ((5, 5, 5, 5, 5), tuple(Band(level, level, 5) for level in range(1, 6))),
        ((1, 5, 4, 1, 1), (Band(1, 2, 6), Band(3, 5, 6))),
        ((2, 3, 4, 2, 6), (Band(1, 2, 5), Band(3, 4, 6), Band(5, 5, 6))),
        ((0, 4, 5, 0, 0), ()),
        ((0, 4, 7, 3, 0), ()),
        ((0, 0, 12, 0, 0), ()),
    ],
)
def test_levels_merge_until_each_band_holds_five(counts: tuple[int, ...], bands: tuple[Band, ...]) -> None:
    scores = [float(level) for level, n in enumerate(counts, start=1) for _ in range(n)]
    assert of(scores).bands["attitude"] == bands


def test_a_score_counts_at_the_nearest_level_and_a_missing_one_nowhere() -> None:
    found = of([2.49] * 6 + [2.5] * 5 + [None])
    assert found.persons == {"attitude": 11, "skills": 12, "knowledge": 0}
    assert found.bands["attitude"] == (Band(1, 2, 6), Band(3, 5, 5))
    assert found.bands["knowledge"] == ()


def test_nine_persons_have_no_distribution_and_nobody_has_one_either() -> None:
    assert of([1.0] * 4 + [5.0] * 5).bands["attitude"] == ()
    assert of([]).bands == {"attitude": (), "skills": (), "knowledge": ()}


def test_a_person_with_two_rows_is_refused() -> None:
    rows = pd.DataFrame({"person": [1, 1], "attitude": 2.0, "skills": 2.0, "knowledge": 2.0})
    with pytest.raises(ValueError, match="once in a round"):
        distribution(rows)


@given(st.lists(st.floats(1, 5), max_size=40))
def test_bands_cover_everybody_once_and_none_is_small(scores: list[float]) -> None:
    bands = of(scores).bands["attitude"]
    assert all(band.persons >= 5 for band in bands)
    if bands:
        assert sum(band.persons for band in bands) == len(scores) >= 10
        assert [band.first for band in bands] == [1, *(band.last + 1 for band in bands[:-1])]
        assert bands[-1].last == 5
