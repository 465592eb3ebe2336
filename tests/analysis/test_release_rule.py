"""The tree rule, attacked: an observer adds and subtracts all that is shown, over thousands of trees."""

from collections.abc import Callable, Collection, Iterator
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from analysis import release
from analysis.release import REST, Tree, atoms, crowds, grouped, published

K = 5
TREES, FEWER_TREES = 3000, 400
Pairs = list[tuple[str, str]]


def tree_of(clusters: dict[str, list[str]]) -> Tree:
    parents: dict[str, str | None] = {"all": None}
    for cluster, coaches in clusters.items():
        parents[cluster] = "all"
        parents |= dict.fromkeys(coaches, cluster)
    return Tree(parents)


def persons(**numbers: int) -> Pairs:
    """So many persons who answered about each leaf."""
    return [(leaf, f"{leaf}{number}") for leaf, many in numbers.items() for number in range(many)]


def drawn(random: np.random.Generator) -> tuple[Tree, Pairs, Pairs]:
    """A random tree with few and many answers; some persons answer about two coaches of one school.

    Last come all who were there: to one question they answered less often about some coaches than others.
    """
    clusters = {
        f"c{one}": [f"c{one}n{two}" for two in range(random.integers(1, 4))]
        for one in range(random.integers(1, 4))
    }
    there: Pairs = []
    for coaches in clusters.values():
        numbers = random.choice([0, 1, 2, 4, 5, 6, 8, 12], size=len(coaches))
        for coach, many in zip(coaches, numbers, strict=True):
            there += [(coach, f"{coach}p{number}") for number in range(many)]
        known = [person for leaf, person in there if leaf == coaches[0]]
        for other in coaches[1:]:
            there += [(other, person) for person in known if random.random() < 0.3]
    judge = {leaf: random.choice([0, 0.7, 1]) for leaf, _ in there}
    return tree_of(clusters), [pair for pair in there if random.random() < judge[pair[0]]], there


def isolated(tree: Tree, answered: Pairs, shown: Collection[str], k: int) -> set[str]:
    """Persons an observer singles out: fewer than k whose answers a sum of shown numbers tells apart."""
    if not shown:
        return set()
    rows = np.array([[float(group in tree.above(leaf)) for leaf, _ in answered] for group in shown])
    alike: dict[tuple[float, ...], list[int]] = {}
    for place in range(len(answered)):
        alike.setdefault(tuple(rows[:, place]), []).append(place)
    told = [places for column, places in alike.items() if any(column)]
    for many in (1, 2):
        for parts in combinations(told, many):
            places = [place for part in parts for place in part]
            few = {answered[place][1] for place in places}
            if len(few) < k and _spanned(rows, places):
                return few
    return set()


def _spanned(rows: Any, places: list[int]) -> bool:
    wanted = np.zeros(rows.shape[1])
    wanted[places] = 1.0
    weights = np.linalg.lstsq(rows.T, wanted, rcond=None)[0]
    return bool(np.allclose(rows.T @ weights, wanted, atol=1e-8))


def attacks() -> Iterator[tuple[Tree, Pairs, frozenset[str], set[str]]]:
    """The observer has sums of answers over who answered, and of "gave an answer" over who was there."""
    random = np.random.default_rng(41)
    for _ in range(TREES):
        tree, answered, there = drawn(random)
        shown = release.published(tree, answered, k=K, present=there)
        few = isolated(tree, answered, shown, K) | isolated(tree, there, shown, K)
        yield tree, answered, shown, few


def test_nobody_is_isolated_by_adding_and_subtracting_what_is_shown() -> None:
    shown_below_root = 0
    for tree, answered, shown, few in attacks():
        assert not few, (tree, answered, shown)
        assert all(len(crowd) >= K or not crowd for crowd in atoms(tree, answered, shown).values())
        shown_below_root += len(shown) > 1
    assert shown_below_root > TREES / 4


def test_groups_are_what_is_shown_and_rests_of_enough_persons() -> None:
    random, rests = np.random.default_rng(42), 0
    for _ in range(FEWER_TREES):
        tree, _answered, there = drawn(random)
        shown, groups = published(tree, there, k=K), grouped(tree, there, k=K)
        assert (groups is None) == (not shown)
        if groups:
            assert {group for group in groups.tree.parents if not group.endswith(REST)} == shown
            crowd = crowds(groups.tree, groups.of(there))
            assert {group: crowd[group] for group in shown} == {
                group: crowds(tree, there)[group] for group in shown
            }
            assert all(len(persons) >= K or not persons for persons in crowd.values())
            rests += sum(group.endswith(REST) for group in groups.tree.parents)
    assert rests > FEWER_TREES / 10


def test_fewer_groups_of_what_is_shown_isolate_nobody_either() -> None:
    random, fewer = np.random.default_rng(43), 0
    for _ in range(FEWER_TREES):
        tree, answered, there = drawn(random)
        shown = published(tree, answered, k=K, present=there)
        ten = published(tree, answered, k=2 * K, present=there, among=shown)
        assert ten <= shown
        assert not isolated(tree, answered, ten, 2 * K)
        fewer += 1 < len(ten) < len(shown)
    assert fewer > FEWER_TREES / 100


Crowds = dict[str, frozenset[str]]


def _hides_only(children: Crowds, there: Crowds, k: int, among: object) -> set[str]:
    return {child for child, crowd in children.items() if len(crowd) >= k}


def _counts_fewer(children: Crowds, there: Crowds, k: int, among: object) -> set[str]:
    return release_told(children, there, k - 2)


def _looks_at_who_answered_only(children: Crowds, there: Crowds, k: int, among: object) -> set[str]:
    return release_told(children, children, k)


def _counts_answers(tree: Tree, answered: Pairs) -> dict[str, frozenset[str]]:
    return crowds(tree, [(leaf, f"{place}") for place, (leaf, _) in enumerate(answered)])


def _looks_below_what_is_hidden(tree: Tree, answered: Pairs, *, k: int, present: Pairs) -> frozenset[str]:
    return frozenset(group for group, crowd in crowds(tree, answered).items() if len(crowd) >= k)


release_told: Callable[..., set[str]] = release._told


@pytest.mark.parametrize(
    ("step", "without"),
    [
        ("_told", _hides_only),
        ("_told", _counts_fewer),
        ("_told", _looks_at_who_answered_only),
        ("_enough", lambda persons, k: bool(persons)),
        ("crowds", _counts_answers),
        ("published", _looks_below_what_is_hidden),
    ],
)
def test_without_any_one_step_the_observer_wins(
    monkeypatch: pytest.MonkeyPatch, step: str, without: Callable[..., Any]
) -> None:
    monkeypatch.setattr(release, step, without)
    assert any(few for *_, few in attacks())


def test_a_rest_of_a_few_takes_the_smallest_shown_group_along() -> None:
    tree = tree_of({"c": ["a", "b", "d"]})
    assert published(tree, persons(a=8, b=6, d=3), k=K) == {"all", "c", "a"}


def test_where_the_only_large_group_must_go_along_the_parent_stands_alone() -> None:
    tree = tree_of({"c": ["a", "b"]})
    assert published(tree, persons(a=8, b=3), k=K) == {"all", "c"}


def test_two_small_groups_together_are_a_rest_that_is_large_enough() -> None:
    tree = tree_of({"c": ["a", "b", "d"]})
    assert published(tree, persons(a=8, b=3, d=3), k=K) == {"all", "c", "a"}


def test_a_group_without_answers_is_not_shown_and_hides_no_other() -> None:
    tree = tree_of({"c": ["a", "b", "d"]})
    assert published(tree, persons(a=8, b=6), k=K) == {"all", "c", "a", "b"}


def test_a_group_that_was_there_and_said_nothing_is_not_told_by_what_is_left() -> None:
    tree, said = tree_of({"c": ["a", "b", "d"]}), persons(a=8, b=6)
    assert published(tree, said, k=K, present=persons(a=8, b=6, d=3)) == {"all", "c", "a"}


def test_below_a_hidden_cluster_nothing_is_shown() -> None:
    tree = tree_of({"c": ["a"], "e": ["b", "d"]})
    assert published(tree, persons(a=3, b=6, d=6), k=K) == {"all"}


def test_too_few_in_all_show_nothing() -> None:
    assert published(tree_of({"c": ["a"]}), persons(a=4), k=K) == frozenset()


def test_someone_who_answers_about_two_coaches_is_one_person_above_them() -> None:
    tree = tree_of({"c": ["a", "b"]})
    answered = [(leaf, f"p{number}") for leaf in ("a", "b") for number in range(4)]
    assert crowds(tree, answered)["c"] == {"p0", "p1", "p2", "p3"}
    assert published(tree, answered, k=K) == frozenset()


@pytest.mark.parametrize(
    "parents",
    [{}, {"a": "b"}, {"a": None, "b": None}, {"a": None, "b": "x"}, {"a": None, "b": "c", "c": "b"}],
)
def test_what_is_no_tree_is_refused(parents: dict[str, str | None]) -> None:
    with pytest.raises(ValueError, match="root"):
        Tree(parents)


def test_an_answer_about_a_group_that_was_not_laid_down_is_refused() -> None:
    with pytest.raises(KeyError):
        published(tree_of({"c": ["a"]}), [("z", "p")], k=K)
