"""What stands in releases, added and subtracted in every way: nobody tells of fewer than k people.

Unknown are, for each question, the answers one by one; a told share of a group is the sum of those about it.
The observer knows who answered about whom, and reads the releases of random trees that the programme made.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from analysis import published, release
from analysis.release import Tree, crowds
from survey.clock import stamp
from survey.database import SqliteEngine
from survey.evaluation import store
from survey.evaluation.release import actions, content
from survey.evaluation.release.content import Content
from tests.analysis.test_release_rule import isolated, release_told
from tests.conftest import START, Member

FORM, ITEMS, WINDOWS = "evaluation-teacher", ("lasts", "approachable"), 30
Pairs = list[tuple[str, str]]
Said = Mapping[str, Pairs]


def window(engine: SqliteEngine, number: int, random: np.random.Generator) -> tuple[str, Tree, Said]:
    """A counted window with a random tree; who answered each question, and under "" who took part."""
    key, year = f"w{number}", START.replace(year=START.year - 1 - number)
    row = {"id": key, "school_year": "2025-2026", "opens_at": stamp(year), "closes_at": stamp(START)}
    at = stamp(START)
    engine.insert("evaluation_window", {**row, "made_at": at, "opened_at": at, "counted_at": at})
    engine.insert("evaluation_form", {"window_id": key, "form": FORM, "version": "1.0"})
    parents: dict[str, str | None] = {f"{key}p": None}
    for cluster in range(int(random.integers(1, 4))):
        parents[f"{key}c{cluster}"] = f"{key}p"
        for coach in range(int(random.integers(2, 5))):
            parents[f"{key}c{cluster}n{coach}"] = f"{key}c{cluster}"
    level = {2: "programme", 4: "cluster"}
    for node, parent in parents.items():
        place = {"parent_id": parent, "level": level.get(len(node) - len(key) + 1, "coach")}
        engine.insert("evaluation_node", {"id": node, "window_id": key, "label": node, **place})
    return key, Tree(parents), _answered(engine, key, [node for node in parents if "n" in node], random)


def _answered(
    engine: SqliteEngine, key: str, leaves: list[str], random: np.random.Generator
) -> dict[str, Pairs]:
    said: dict[str, Pairs] = {"": [], **{item: [] for item in ITEMS}}
    ballots, answers, before = [], [], ""
    for leaf in leaves:
        judges = {item: random.choice([0, 0.8, 1], p=[0.35, 0.35, 0.3]) for item in ITEMS}
        for one in range(int(random.choice([0, 1, 3, 4, 5, 6, 8, 12, 16]))):
            person = f"{before}r{one}" if before and random.random() < 0.4 else f"{leaf}r{one}"
            ballot = f"{leaf}{person}"
            ballots.append(
                {"id": ballot, "window_id": key, "form": FORM, "node_id": leaf, "respondent": person}
            )
            said[""].append((leaf, person))
            for item in ITEMS:
                judged = random.random() < judges[item]
                value = {"value": int(random.integers(5)), "code": None}
                row = {"ballot_id": ballot, "item": item, "item_version": "1.0"}
                answers.append(row | (value if judged else {"value": None, "code": "CANNOT_JUDGE"}))
                said[item] += [(leaf, person)] if judged else []
        before = leaf
    store.insert_counted(engine, ballots, answers, [])
    return said


@pytest.fixture
def worlds(engine: SqliteEngine) -> list[tuple[str, Tree, Said]]:
    random = np.random.default_rng(47)
    return [window(engine, number, random) for number in range(WINDOWS)]


def releases(engine: SqliteEngine, worlds: Any, by: Member) -> Iterator[tuple[Tree, Said, Content]]:
    """Every window as the programme releases it."""
    for key, tree, said in worlds:
        if said[""]:
            actions.release(engine, window_id=key, form=FORM, by=by.id, at=START)
            row = engine.one("SELECT content FROM evaluation_release WHERE window_id = :id", {"id": key})
            assert row
            yield tree, said, content.from_json(row["content"])


def told_on(tree: Tree, said: Said, found: Content) -> set[str]:
    """People of whom fewer than k are told apart: by shares, by who judged, or fewer than ten by bands."""
    homes = {node: group.key for group in found.groups for node in (*group.nodes, group.key)}
    parents = {group.key: group.parent for group in found.groups}
    if not parents:
        return set()
    groups = Tree(parents)
    few: set[str] = set()

    def home(node: str) -> str:
        return next(homes[above] for above in tree.above(node) if above in homes)

    there = [(home(node), person) for node, person in said[""]]
    few |= isolated(groups, there, set(parents), found.k)
    for item in ITEMS:
        answered = [(home(node), person) for node, person in said[item]]
        shares = {cell.group for cell in found.cells if cell.item == item and cell.share}
        bands = {cell.group for cell in found.cells if cell.item == item and cell.bands}
        few |= isolated(groups, answered, shares, found.k) | isolated(groups, there, shares, found.k)
        few |= isolated(groups, answered, bands, 2 * found.k) | isolated(groups, there, bands, 2 * found.k)
    return few


def test_releases_tell_on_nobody(engine: SqliteEngine, worlds: Any, lea: Member) -> None:
    told = 0
    for tree, said, found in releases(engine, worlds, lea):
        assert not told_on(tree, said, found), (tree, said)
        told += sum(cell.share is not None for cell in found.cells)
    assert told > 50


def test_every_told_share_is_that_of_the_answers_in_its_group(
    engine: SqliteEngine, worlds: Any, lea: Member
) -> None:
    sql = "SELECT node_id, value FROM ballot JOIN ballot_answer ON ballot_id = id WHERE item = :item"
    values = {
        item: [row for row in engine.rows(sql, {"item": item}) if row["value"] is not None] for item in ITEMS
    }
    for tree, _said, found in releases(engine, worlds, lea):
        for cell in found.cells:
            if cell.share and cell.group in tree.parents:
                inside = {node for node in tree.parents if cell.group in tree.above(node)}
                given = [row["value"] >= 3 for row in values[cell.item] if row["node_id"] in inside]
                assert abs(min(90, max(10, 100 * sum(given) / len(given))) - cell.share.percent) <= 2.5


def _hides_only(children: Any, there: Any, k: int, among: Any = None) -> set[str]:
    return {child for child, crowd in children.items() if len(crowd) >= k}


def _of_fewer(children: Any, there: Any, k: int, among: Any = None) -> set[str]:
    return release_told(children, there, k - 2, among)


def _of_who_answered(children: Any, there: Any, k: int, among: Any = None) -> set[str]:
    return release_told(children, children, k, among)


def _by_answers(tree: Tree, answered: Pairs) -> dict[str, frozenset[str]]:
    return crowds(tree, [(leaf, f"{place}") for place, (leaf, _) in enumerate(answered)])


@pytest.mark.parametrize(
    ("module", "step", "without"),
    [
        (release, "_told", _hides_only),
        (release, "_told", _of_fewer),
        (release, "_told", _of_who_answered),
        (release, "_enough", lambda persons, k: bool(persons)),
        (release, "crowds", _by_answers),
        (published, "PERSONS_FOR_A_DISTRIBUTION", 5),
    ],
    ids=["merging", "k", "who could not judge", "enough", "persons", "ten for a distribution"],
)
def test_without_any_one_step_somebody_is_told_on(
    engine: SqliteEngine,
    worlds: Any,
    lea: Member,
    monkeypatch: pytest.MonkeyPatch,
    module: Any,
    step: str,
    without: Callable[..., Any] | int,
) -> None:
    monkeypatch.setattr(module, step, without)
    assert any(told_on(*one) for one in releases(engine, worlds, lea))
