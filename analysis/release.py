"""The tree rule: which groups of anonymous answers may be shown so that no sum of them isolates a few.

A tree of groups is laid down before the first answer: the programme, its clusters, their coaches. Answers
belong to leaves. What is shown of a group is a sum over its answers, so anybody can subtract groups from one
another. Of a shown group the part that is in none of its shown children is an atom: every atom is empty or
holds `k` persons at least, and as the shown groups lie in each other or apart, no adding or subtracting of
them tells a smaller part.
"""

from collections.abc import Container, Iterable, Mapping
from functools import cached_property
from typing import Final

from msgspec import Struct

REST: Final = "-rest"


class Tree(Struct, frozen=True, dict=True):
    """Groups by name, each with the group it lies in; one lies in none. Raises ValueError if not a tree."""

    parents: Mapping[str, str | None]

    def __post_init__(self) -> None:
        if sum(parent is None for parent in self.parents.values()) != 1:
            raise ValueError("a tree has one root")
        for group in self.parents:
            seen: set[str] = set()
            above: str | None = group
            while above is not None:
                if above in seen or above not in self.parents:
                    raise ValueError(f"{group} does not hang on the root")
                seen.add(above)
                above = self.parents[above]

    @cached_property
    def root(self) -> str:
        """The group all others lie in."""
        return next(group for group, parent in self.parents.items() if parent is None)

    def children(self, group: str) -> tuple[str, ...]:
        """The groups that lie in this one directly, by name."""
        return tuple(sorted(child for child, parent in self.parents.items() if parent == group))

    def above(self, group: str) -> tuple[str, ...]:
        """This group and those it lies in, up to the root."""
        parent = self.parents[group]
        return (group,) if parent is None else (group, *self.above(parent))


Answered = Iterable[tuple[str, str]]
"""Pairs (leaf, respondent): somebody answered about this leaf. The same person can answer about several."""


def crowds(tree: Tree, answered: Answered) -> dict[str, frozenset[str]]:
    """By group: the persons who answered in it, each once. Raises KeyError for a leaf the tree has not."""
    found: dict[str, set[str]] = {group: set() for group in tree.parents}
    for leaf, respondent in answered:
        for group in tree.above(leaf):
            found[group].add(respondent)
    return {group: frozenset(persons) for group, persons in found.items()}


def published(
    tree: Tree,
    answered: Answered,
    *,
    k: int,
    present: Answered = (),
    among: Container[str] | None = None,
) -> frozenset[str]:
    """The groups of which a number may be shown when it takes `k` persons to tell one.

    From the root down: a group is shown only where the group it lies in is, and, given `among`, where it is
    one of those. `present` are pairs of who was there without an answer: a rest in which nobody answered is
    empty only where nobody was there, or it would be told of a few that none of them answered.
    """
    answered = list(answered)
    crowd, there = crowds(tree, answered), crowds(tree, [*answered, *present])
    if not _enough(crowd[tree.root], k):
        return frozenset()
    shown, todo = {tree.root}, [tree.root]
    while todo:
        children = tree.children(todo.pop())
        told = _told({one: crowd[one] for one in children}, {one: there[one] for one in children}, k, among)
        shown |= told
        todo.extend(told)
    return frozenset(shown)


class Groups(Struct, frozen=True):
    """What is shown as a tree: the shown groups, and of each with shown children all others together.

    `homes` says of every group of the tree it was made from in which of these its answers are told.
    """

    tree: Tree
    homes: Mapping[str, str]

    def of(self, pairs: Answered) -> list[tuple[str, str]]:
        """The same pairs, with the group that is told for each leaf."""
        return [(self.homes[leaf], person) for leaf, person in pairs]


def grouped(tree: Tree, answered: Answered, *, k: int) -> Groups | None:
    """The shown groups and rests of a tree; None where nothing may be shown.

    A rest is told by itself, since whoever subtracts knows its numbers anyway. Its name is that of the group
    it lies in with `REST` behind it.
    """
    answered = list(answered)
    shown = published(tree, answered, k=k)
    if not shown:
        return None
    parents = {group: tree.parents[group] for group in tree.parents if group in shown}
    split = {parent for parent in parents.values() if parent is not None}
    rests = {group: group + REST for group, crowd in atoms(tree, answered, shown).items() if crowd}
    rests = {group: rest for group, rest in rests.items() if group in split}
    homes = {}
    for group in tree.parents:
        home = next(one for one in tree.above(group) if one in shown)
        homes[group] = home if home == group else rests.get(home, home)
    return Groups(Tree(parents | {rest: group for group, rest in rests.items()}), homes)


def atoms(tree: Tree, answered: Answered, shown: Iterable[str]) -> dict[str, frozenset[str]]:
    """By shown group: the persons with an answer that lies in it and in none of its shown children."""
    found: dict[str, set[str]] = {group: set() for group in shown}
    for leaf, respondent in answered:
        home = next((group for group in tree.above(leaf) if group in found), None)
        if home is not None:
            found[home].add(respondent)
    return {group: frozenset(persons) for group, persons in found.items()}


def _enough(persons: frozenset[str], k: int) -> bool:
    return len(persons) >= k


def _told(
    children: Mapping[str, frozenset[str]],
    there: Mapping[str, frozenset[str]],
    k: int,
    among: Container[str] | None = None,
) -> set[str]:
    """The children that may be shown: in all others together nobody is there, or enough answered.

    Where they are too few, the smallest child that would be shown joins them and makes them enough.
    """
    by_size = sorted(children, key=lambda child: (len(children[child]), child))
    may = [child for child in by_size if among is None or child in among]
    shown = [child for child in may if _enough(children[child], k)]
    others = [child for child in by_size if child not in shown]
    is_empty = not _together(there[child] for child in others)
    if not is_empty and not _enough(_together(children[child] for child in others), k):
        shown = shown[1:]
    return set(shown)


def _together(crowds: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*crowds)
