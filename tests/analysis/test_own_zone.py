"""The own zone: the mean of what one person answered before, and an answer inside or outside it."""

import pytest

from analysis.case import Zone, own_series, own_zone
from analysis.results import Reason
from tests.analysis.case_charts import DAYS, SUM


@pytest.mark.parametrize(
    ("earlier", "zone"),
    [
        ([], None),
        ([13], Zone(13, 4, 1)),
        ([13, 14], Zone(13.5, 3, 2)),
        ([13, 14, 14, 13], Zone(13.5, 3, 4)),
    ],
)
def test_the_zone_is_the_mean_of_the_earlier_answers_and_wider_after_one(
    earlier: list[int], zone: Zone | None
) -> None:
    assert own_zone(earlier, SUM.zone) == zone


@pytest.mark.parametrize(
    ("last", "side"), [(9, -1), (10, -1), (11, 0), (13, 0), (15, 0), (16, 1)], ids=lambda value: str(value)
)
def test_an_answer_at_the_threshold_lies_outside_as_the_hint_counts_it(last: int, side: int) -> None:
    assert Zone(13, 3, 2).side(last) == side


def test_a_line_of_another_length_than_the_days_is_refused() -> None:
    with pytest.raises(ValueError, match="every day"):
        own_series(DAYS[:2], {"som": (1, 2, 3)}, respondent="parent")


def test_the_series_of_two_people_are_never_one() -> None:
    first, second = (own_series(DAYS[:2], {"som": (9, 12)}, respondent=who) for who in ("parent", "teacher"))
    assert first != second
    assert first.reason is None
    assert own_series([], {"som": ()}, respondent="parent").reason is Reason.FEW_CHECKS
