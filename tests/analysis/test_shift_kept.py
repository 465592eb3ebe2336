"""When the shift between two wordings may be shown anew, and that it never tells what everybody said."""

import pytest

from analysis.shift import Shift, grew, wording_shift


@pytest.mark.parametrize(
    ("now", "shown", "anew"),
    [
        ((7, 8), None, False),
        ((8, 8), None, True),
        ((9, 9), (8, 8), False),
        ((7, 9), (8, 8), False),
        ((16, 15), (8, 8), False),
        ((16, 16), (8, 8), True),
    ],
)
def test_a_shift_is_shown_anew_when_each_half_grew_by_a_group(
    now: tuple[int, int], shown: tuple[int, int] | None, anew: bool
) -> None:
    assert grew(_shift(*now), _shift(*shown) if shown else None) is anew


def _shift(n_old: int, n_new: int) -> Shift:
    return wording_shift([3.0] * n_old, [4.0] * n_new)


@pytest.mark.parametrize("level", [2.0, 3.0, 4.0])
def test_a_half_that_all_answered_alike_in_the_middle_reads_as_one_with_two_others(level: float) -> None:
    others = [3.0, 3, 2, 4, 4, 1, 5, 2]
    alike = wording_shift([level] * 10, others)
    apart = wording_shift([level + 1, level - 1, *([level] * 8)], others)
    assert (alike.old, alike.estimate) == (apart.old, apart.estimate)


def test_a_half_that_all_answered_highest_reads_as_one_with_a_few_others() -> None:
    found = wording_shift([1.0] * 8, [5.0] * 8)
    assert (found.old, found.new) == (1.375, 4.625)
    assert wording_shift([3.0] * 8, [5.0] * 6 + [4.0] * 2).new == 4.625
