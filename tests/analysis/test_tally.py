"""Counts of choices and shares: nothing told points at one or two persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tally import Share, Tally, share, tally


def chosen(**how_many: int) -> list[tuple[int, str]]:
    """The first so many persons chose each thing."""
    return [(person, key) for key, n in how_many.items() for person in range(n)]


@pytest.mark.parametrize(
    ("persons", "choices", "counts", "other"),
    [
        (7, {"a": 7}, (), 0),
        (8, {"a": 3}, (("a", 3),), 0),
        (8, {"a": 2}, (), 0),
        (8, {"b": 4, "a": 4}, (("a", 4), ("b", 4)), 0),
        (9, {"a": 5, "b": 3, "c": 2}, (("a", 5),), 3),
        (9, {"a": 5, "b": 2, "c": 1}, (), 5),
    ],
)
def test_few_choices_lie_together_and_take_the_least_with_them(
    persons: int, choices: dict[str, int], counts: tuple[tuple[str, int], ...], other: int
) -> None:
    assert tally(range(persons), chosen(**choices)) == Tally(persons, counts, other)


def test_something_else_counts_persons_and_not_choices() -> None:
    pairs = [(0, "a"), (0, "b"), (1, "b"), (2, "c"), *chosen(often=4)]
    assert tally(range(9), pairs) == Tally(9, (("often", 4),), 3)


def test_who_is_not_among_the_persons_and_the_same_choice_twice_do_not_count() -> None:
    pairs = [(99, "a"), (0, "a"), (0, "a"), *chosen(a=3)]
    found = tally(range(8), pairs)
    assert (found.of("a"), found.of("b"), found.withheld) == (3, None, False)
    assert tally(range(7), pairs).withheld


@given(st.lists(st.tuples(st.integers(0, 12), st.sampled_from("abcdefg")), max_size=60), st.integers(0, 13))
def test_no_told_number_is_smaller_than_three_persons(pairs: list[tuple[int, str]], persons: int) -> None:
    found = tally(range(persons), pairs)
    assert all(n >= 3 for _, n in found.counts)
    assert found.other == 0 or found.other >= 3
    if found.counts:
        told = {key for key, _ in found.counts}
        hidden = {person for person, key in pairs if person < persons and key not in told}
        assert len(hidden) == found.other, "nobody is left over who was not counted"


@pytest.mark.parametrize(
    ("persons", "yes", "told"),
    [
        (7, 5, None),
        (8, 4, Share(8, 0, 4)),
        (8, 5, Share(8, 4, 8)),
        (10, 5, Share(10, 5, 5)),
        (10, 4, Share(10, 0, 4)),
        (10, 6, Share(10, 6, 10)),
        (12, 12, Share(12, 8, 12)),
    ],
)
def test_a_share_is_exact_only_with_five_on_either_side(persons: int, yes: int, told: Share | None) -> None:
    assert share(persons, yes) == told
    assert told is None or told.exact == (yes >= 5 and persons - yes >= 5)


def test_more_than_all_is_refused() -> None:
    with pytest.raises(ValueError, match="none and all"):
        share(8, 9)
