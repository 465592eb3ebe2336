"""Shares as they are told: in steps, capped, with bounds that say no more. Oracle: statsmodels 0.15."""

import pytest

from analysis.shares import Count, Told, count, non_response, step, told, wilson


def of(yes: int, replied: int, invited: int) -> Told:
    """A share as it is told beside these numbers."""
    return told(yes / replied, count(replied), count(invited))


@pytest.mark.parametrize(
    ("yes", "persons", "low", "high"),
    [
        (6, 8, 0.409275, 0.928521),
        (0, 10, 0.0, 0.277533),
        (10, 10, 0.722467, 1.0),
        (98, 164, 0.521105, 0.669551),
    ],
)
def test_the_interval_is_that_of_wilson(yes: int, persons: int, low: float, high: float) -> None:
    assert wilson(yes / persons, persons) == pytest.approx((low, high), abs=1e-6)


def test_those_who_did_not_reply_could_all_have_said_no_or_yes() -> None:
    assert non_response(0.8, 10, 20) == (0.4, 0.9)
    assert non_response(0.8, 10, 10) == (0.8, 0.8)


def test_a_number_of_persons_is_exact_from_ten() -> None:
    assert [count(persons) for persons in (5, 9, 10, 12)] == [
        Count(5, 9), Count(5, 9), Count(10, 10), Count(12, 12),
    ]  # fmt: skip
    assert step(12) == Count(10, 14)
    assert not step(12).exact


@pytest.mark.parametrize(
    ("yes", "percent"), [(0, 10), (1, 10), (2, 10), (3, 15), (9, 45), (18, 90), (20, 90)]
)
def test_a_share_is_told_in_steps_of_five_and_never_as_none_or_all(yes: int, percent: int) -> None:
    assert of(yes, 20, 40).percent == percent


def test_the_bounds_do_not_tell_all_from_nearly_all() -> None:
    assert of(20, 20, 30) == of(18, 20, 30)
    assert of(0, 20, 30) == of(2, 20, 30)


def test_below_ten_the_bounds_do_not_tell_how_many_replied() -> None:
    assert of(3, 6, 9) == of(4, 8, 6)


def test_the_bounds_hold_the_share_and_lie_in_steps() -> None:
    for replied in range(5, 40):
        for yes in range(replied + 1):
            found = of(yes, replied, replied + 7)
            for low, high in (found.chance, found.non_response):
                assert 0 <= low <= found.percent <= high <= 100
                assert low % 5 == high % 5 == 0


def test_a_share_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        wilson(0.5, 0)
    with pytest.raises(ValueError, match="not more than all"):
        non_response(0.5, 12, 10)
