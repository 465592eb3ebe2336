"""An anonymous evaluation as it may be published: which groups, and of each item a share or nothing.

What keeps somebody who adds, subtracts and compares all of it from finding out about a few:

- Groups follow from who took part, by the tree rule. All items use these groups or fewer of them, so that no
  other group can be made by comparing items.
- Who cannot judge an item has no part in its share, so each item has the tree rule on who gave an answer.
  Their number is told as a step of five: the difference between two items is not "one person".
- A sum counts answers, and k persons: who answered about two coaches stands in both, so that sums of coaches
  add up to those of their cluster. Averaged by person they would not, and the difference would be theirs.
- A distribution is told where the rule holds with ten persons, in bands that five chose at least, in steps of
  five percent. An empty level is not told: beside the share it would show that all agree.
- Shares, numbers and bounds are rounded as in `analysis.shares`; bounds follow from what is told.
- A form that is answered about the programme has one group, by its tree.

The rule is about how few persons a number tells of. It does not keep a remainder of k or more from having
answered alike.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations, pairwise
from typing import Final

import pandas as pd
from msgspec import Struct

from analysis.frames import require
from analysis.release import Answered, Groups, Tree, crowds, grouped, published
from analysis.shares import STEP, Count, Told, count, step, told

BALLOTS: Final = {"node": "str", "respondent": "str", "item": "str", "value": "float64"}
"""One row per item on a ballot: the group it is about, a code of who answered, the item, and the level
0.. that was chosen (NaN for "cannot judge").
"""
Chosen = tuple[str, float]
"""Who answered, and the level."""

PERSONS_FOR_A_DISTRIBUTION: Final = 10
PERSONS_IN_A_BAND: Final = 5


class Group(Struct, frozen=True):
    """A group that is told: those of the tree it stands for beside itself, who replied, who was invited."""

    key: str
    parent: str | None
    nodes: tuple[str, ...]
    replied: Count
    invited: Count


class Band(Struct, frozen=True):
    """The answers from level `first` to `last`, both included, in percent in steps of five."""

    first: int
    last: int
    percent: int


class Cell(Struct, frozen=True):
    """What is told of an item in a group. Without a share: whether it is told `with_others`."""

    group: str
    item: str
    share: Told | None
    replied: Count | None
    bands: tuple[Band, ...]
    with_others: bool


class Published(Struct, frozen=True):
    """The groups, the whole programme first, and a cell for every group and item. Empty for too few."""

    groups: tuple[Group, ...] = ()
    cells: tuple[Cell, ...] = ()


def publish(
    ballots: pd.DataFrame,
    tree: Tree,
    invited: Answered,
    *,
    items: Sequence[str],
    levels: Sequence[int],
    agree: Collection[int],
    k: int,
) -> Published:
    """What may be published of a BALLOTS frame.

    `invited`: pairs (node, code of a person), of codes other than those in the frame; a person can be asked
    about several nodes. `levels`: what can be chosen, from low to high, of which `agree` are the highest, the
    share counts. `k`: how many persons a group has at least.

    Raises ValueError for a column that is missing or a person who answered an item twice about one node,
    KeyError for a node that the tree does not have.
    """
    require(ballots, BALLOTS)
    if ballots.duplicated(["node", "respondent", "item"]).any():
        raise ValueError("column item occurs once per person and node")
    present = _pairs(ballots)
    groups = grouped(tree, present, k=k)
    if groups is None:
        return Published()
    asked = {key: count(len(crowd)) for key, crowd in crowds(groups.tree, groups.of(invited)).items()}
    ballots = ballots.assign(node=ballots["node"].map(groups.homes))
    scale = _Scale(tuple(levels), min(agree), k)
    cells = [
        cell
        for item in items
        for cell in _cells(ballots[ballots["item"] == item], groups.tree, asked, item, scale)
    ]
    return Published(tuple(_groups(groups, present, asked)), tuple(cells))


class _Scale(Struct, frozen=True):
    levels: tuple[int, ...]
    agree_from: int
    k: int


def _pairs(ballots: pd.DataFrame) -> list[tuple[str, str]]:
    return list(dict.fromkeys(zip(ballots["node"], ballots["respondent"], strict=True)))


def _groups(groups: Groups, present: Answered, asked: dict[str, Count]) -> Iterable[Group]:
    replied = crowds(groups.tree, groups.of(present))
    for key in _down(groups.tree, groups.tree.root):
        nodes = tuple(node for node, home in groups.homes.items() if home == key != node)
        yield Group(key, groups.tree.parents[key], nodes, count(len(replied[key])), asked[key])


def _down(tree: Tree, group: str) -> Iterable[str]:
    yield group
    for child in tree.children(group):
        yield from _down(tree, child)


def _cells(
    asked: pd.DataFrame, tree: Tree, invited: dict[str, Count], item: str, scale: _Scale
) -> Iterable[Cell]:
    """The cells of one item, of all groups."""
    given = asked[asked["value"].notna()]
    answered, present = _pairs(given), _pairs(asked)
    shown = published(tree, answered, k=scale.k, present=present)
    ten = max(scale.k, PERSONS_FOR_A_DISTRIBUTION)
    in_bands = published(tree, answered, k=ten, present=present, among=shown)
    chosen = _chosen(given, tree)
    for group in _down(tree, tree.root):
        if group not in shown:
            yield Cell(group, item, None, None, (), with_others=tree.root in shown)
            continue
        within = chosen[group]
        replied = step(len({respondent for respondent, _ in within}))
        agree = sum(level >= scale.agree_from for _, level in within)
        share = told(agree / len(within), replied, invited[group])
        bands = _bands(within, scale, share.percent) if group in in_bands else ()
        yield Cell(group, item, share, replied, bands, with_others=False)


def _chosen(given: pd.DataFrame, tree: Tree) -> defaultdict[str, list[Chosen]]:
    """By group: who answered in it with which level."""
    found = defaultdict[str, list[Chosen]](list)
    for node, respondent, level in zip(given["node"], given["respondent"], given["value"], strict=True):
        for group in tree.above(node):
            found[group].append((respondent, level))
    return found


def _bands(given: Sequence[Chosen], scale: _Scale, percent: int) -> tuple[Band, ...]:
    """Neighbouring levels together until each band holds enough persons and answers; none for a single band.

    A cut between agreeing and the rest goes before any other; then more bands, then a larger smallest one.
    On both sides of that cut the percents add up to the share that is told.
    """
    persons = defaultdict[float, set[str]](set)
    for respondent, level in given:
        persons[level].add(respondent)
    counts = Counter(level for _, level in given)
    parts = {level: counts[level] / len(given) for level in scale.levels}

    def least(band: tuple[int, ...]) -> int:
        enough = sum(parts[level] for level in band) >= STEP / 100
        return len(set().union(*(persons[level] for level in band))) if enough else 0

    cuts = [cut for size in range(1, len(scale.levels)) for cut in combinations(scale.levels[1:], size)]
    rated = [
        (scale.agree_from in cut, len(cut), min(map(least, _cut(scale.levels, cut))), cut) for cut in cuts
    ]
    best = max((one for one in rated if one[2] >= PERSONS_IN_A_BAND), default=None)
    if best is None:
        return ()
    splits, *_, cut = best
    bands = _cut(scale.levels, cut)
    below = sum(band[0] < scale.agree_from for band in bands) if splits else 0
    sizes = [sum(parts[level] for level in band) for band in bands]
    percents = _divided(100 - percent, sizes[:below]) if splits else []
    percents += _divided(percent if splits else 100, sizes[below:])
    return tuple(Band(band[0], band[-1], one) for band, one in zip(bands, percents, strict=True))


def _cut(levels: tuple[int, ...], starts: tuple[int, ...]) -> list[tuple[int, ...]]:
    edges = [levels[0], *starts, levels[-1] + 1]
    return [tuple(one for one in levels if first <= one < after) for first, after in pairwise(edges)]


def _divided(total: int, parts: Sequence[float]) -> list[int]:
    """A total in percent over parts as they are to each other, in steps of five, each one step at least."""
    steps = total // STEP
    exact = [part / sum(parts) * steps for part in parts]
    whole = [max(1, int(one)) for one in exact]
    while sum(whole) != steps:
        sign = 1 if sum(whole) < steps else -1
        most = max(range(len(parts)), key=lambda place: (sign * (exact[place] - whole[place]), place))
        whole[most] += sign
    return [STEP * one for one in whole]
