"""What is published of ballots: groups, shares and bands that hold what they say and isolate nobody."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from analysis.published import Band, Cell, Published, publish
from analysis.release import Tree
from analysis.shares import Count

Rows = list[tuple[str, str, str, float | None]]
TREE = Tree({"all": None, "c": "all", "a": "c", "b": "c", "d": "c", "e": "all", "f": "e"})


def frame(rows: Rows) -> pd.DataFrame:
    found = pd.DataFrame(rows, columns=["node", "respondent", "item", "value"])
    return found.astype({"value": "float64"})


def said(node: str, *values: float | None, item: str = "works") -> Rows:
    """One person for each answer about a node; None for who cannot judge."""
    return [(node, f"{node}{place}", item, value) for place, value in enumerate(values)]


def publish_of(rows: Rows, *, k: int = 5, items: Sequence[str] = ("works",), invited: int = 20) -> Published:
    asked = [(node, f"{node}i{place}") for node in "abdf" for place in range(invited)]
    return publish(frame(rows), TREE, asked, items=items, levels=range(5), agree=(3, 4), k=k)


def cell_of(found: Published, group: str, item: str = "works") -> Cell:
    return next(cell for cell in found.cells if (cell.group, cell.item) == (group, item))


def test_a_group_of_few_is_told_with_others() -> None:
    found = publish_of([*said("a", *[3] * 6, 0), *said("b", 4, 4, 4), *said("d", 0, 0, 1)])
    assert [group.key for group in found.groups] == ["all", "c", "a", "c-rest"]
    assert found.groups[-1].nodes == ("b", "d")
    assert found.groups[-1].parent == "c"
    shares = {cell.group: cell.share.percent for cell in found.cells if cell.share}
    assert shares == {"all": 70, "c": 70, "a": 85, "c-rest": 50}


def test_too_few_in_all_are_told_nothing() -> None:
    assert publish_of(said("a", 3, 3, 3, 3)) == Published()
    assert publish_of([]) == Published()
    assert publish_of(said("a", *[3] * 9), k=10) == Published()


def test_an_item_that_few_can_judge_has_no_share_and_says_whether_it_is_told_higher_up() -> None:
    rows = [*said("a", *[3] * 8), *said("b", *[4] * 5), *said("a", *[None] * 6, 3, 3, item="lasts")]
    rows += said("b", *[3] * 5, item="lasts")
    found = publish_of([*rows, *said("a", *[None] * 8, item="role")], items=("works", "lasts", "role"))
    told = {(cell.item, cell.group): (cell.share is not None, cell.with_others) for cell in found.cells}
    assert told["lasts", "c"] == (True, False)
    assert told["lasts", "a"] == told["lasts", "b"] == (False, True)
    assert {told["role", group.key] for group in found.groups} == {(False, False)}


def test_who_cannot_judge_has_no_part_in_the_share_and_their_number_is_not_told() -> None:
    found = publish_of([*said("a", *[4] * 6, *[0] * 5, None)])
    assert found.groups[0].replied == Count(12, 12)
    cell = cell_of(found, "a")
    assert cell.replied == Count(10, 14)
    assert cell.share
    assert cell.share.percent == 55


def test_answers_about_two_coaches_add_up_to_those_of_their_cluster() -> None:
    rows = [(node, f"p{place}", "works", 4.0 if node == "a" else 0.0) for node in "ab" for place in range(6)]
    found = publish_of([*rows, *said("b", 4, 4, 4, 4)])
    assert [group.replied for group in found.groups if group.key in "acb"] == [
        Count(10, 10), Count(5, 9), Count(10, 10),
    ]  # fmt: skip
    shares = {cell.group: cell.share.percent for cell in found.cells if cell.share}
    assert (shares["c"], shares["a"], shares["b"]) == (65, 90, 40)  # 10 of 16 answers of 10 persons


def test_a_distribution_takes_ten_persons_and_holds_no_band_of_fewer_than_five() -> None:
    few, enough = publish_of(said("a", 1, 1, 2, 2, 3, 3, 4, 4, 4)), publish_of(said("a", *[2] * 5, *[4] * 6))
    assert cell_of(few, "a").bands == ()
    assert cell_of(enough, "a").bands == (Band(0, 2, 45), Band(3, 4, 55))
    more = publish_of(said("a", *[0] * 5, *[2] * 6, *[3] * 7, *[4] * 8))
    assert [(band.first, band.last) for band in cell_of(more, "a").bands] == [(0, 1), (2, 2), (3, 3), (4, 4)]


def test_that_everybody_agrees_shows_in_no_band() -> None:
    for values in ([4] * 20, [3] * 10 + [4] * 10, [3] * 10 + [4] * 9 + [0]):
        cell = cell_of(publish_of(said("a", *values)), "a")
        assert cell.share
        assert cell.share.percent == 90
        assert all(band.first < 3 or band.percent < 90 for band in cell.bands)
        assert cell.bands == () or cell.bands[0].first == 0


def test_bands_follow_the_share_beside_them_and_fill_the_bar() -> None:
    random, seen = np.random.default_rng(44), 0
    for _ in range(100):
        values = random.choice(5, size=random.integers(10, 60), p=random.dirichlet([1, 1, 1, 2, 2]))
        cell = cell_of(publish_of(said("a", *map(float, values))), "a")
        assert cell.share
        if not cell.bands:
            continue
        assert sum(band.percent for band in cell.bands) == 100
        assert all(band.percent >= 5 and band.percent % 5 == 0 for band in cell.bands)
        for band in cell.bands:
            assert sum(band.first <= value <= band.last for value in values) >= 5
        if any(band.first == 3 for band in cell.bands):
            seen += 1
            assert sum(band.percent for band in cell.bands if band.first >= 3) == cell.share.percent
    assert seen > 20


def test_a_distribution_of_a_group_leaves_ten_or_nobody_outside_it() -> None:
    rows = [*said("a", *[2] * 6, *[4] * 6), *said("b", *[2] * 6, *[4] * 2)]
    found = publish_of(rows)
    assert {cell.group for cell in found.cells if cell.share} == {"all", "c", "a", "b"}
    assert {cell.group for cell in found.cells if cell.bands} == {"all", "c"}


def test_a_form_about_the_programme_has_one_group() -> None:
    rows: Rows = [("all", f"p{place}", "works", 3.0) for place in range(7)]
    found = publish(
        frame(rows),
        Tree({"all": None}),
        [("all", "x")] * 9,
        items=["works"],
        levels=range(5),
        agree=(3, 4),
        k=5,
    )
    assert [group.key for group in found.groups] == ["all"]
    assert found.groups[0].replied == Count(5, 9)


def test_a_person_who_answered_twice_about_one_node_is_refused() -> None:
    with pytest.raises(ValueError, match="once per person and node"):
        publish_of([*said("a", 3, 3), *said("a", 3)])


def test_answers_about_a_node_that_was_not_laid_down_are_refused() -> None:
    with pytest.raises(KeyError):
        publish_of(said("z", *[3] * 6))


def test_what_is_told_does_not_depend_on_the_order_of_ballots() -> None:
    rows = [*said("a", *[3] * 6, 0), *said("b", 4, 4, 4), *said("d", 0, 0, 1)]
    random = np.random.default_rng(46)
    orders = [[rows[place] for place in random.permutation(len(rows))] for _ in range(5)]
    assert {str(publish_of(order)) for order in orders} == {str(publish_of(rows))}
