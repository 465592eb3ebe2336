"""The tree of a window: programme, clusters and coaches, corrected before opening, and then fixed."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.database import SqliteEngine
from survey.evaluation import actions, reports
from survey.evaluation.tree import Leaf, laid
from tests.conftest import START, Clock, Dump, Member, scope_of
from tests.survey.evaluation.conftest import DAY, tree


def place(who: str, town: str, hours: float | None) -> dict[str, object]:
    return {"person_id": who, "name": who.title(), "municipality": town, "hours": hours}


@pytest.mark.parametrize(
    ("places", "kept", "leaves"),
    [
        ([], {}, []),
        ([place("ana", "B", 2), place("ana", "A", 3)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", 3), place("ana", "A", 3)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", None), place("ana", "A", None)], {}, [Leaf("A", "Ana", "ana")]),
        ([place("ana", "B", 3)], {"ana": "Z", "gone": "Y"}, [Leaf("Z", "Ana", "ana")]),
        (
            [place("cleo", "B", 1), place("ana", "B", 1)],
            {},
            [Leaf("B", "Ana", "ana"), Leaf("B", "Cleo", "cleo")],
        ),
    ],
)
def test_a_coach_stands_where_most_of_the_hours_are(
    places: list[dict[str, object]], kept: dict[str, str], leaves: list[Leaf]
) -> None:
    assert laid(places, kept) == leaves


def test_the_tree_is_programme_clusters_coaches(engine: SqliteEngine, planned: str, lea: Member) -> None:
    nodes = reports.nodes(engine, scope_of(lea), planned)
    assert [node.level for node in nodes] == ["programme", "cluster", "cluster", "coach", "coach"]
    assert tree(engine, planned, lea) == {"Ana": "Turfstede", "Cleo": "Heidemeer"}


def test_a_corrected_cluster_stays_when_the_window_opens(
    engine: SqliteEngine, planned: str, lea: Member, cleo: Member, clock: Clock
) -> None:
    actions.move_coach(
        engine, window_id=planned, person_id=cleo.id, cluster=" Turfstede ", by=lea.id, at=clock()
    )
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert tree(engine, planned, lea) == {"Ana": "Turfstede", "Cleo": "Turfstede"}


def test_who_came_after_planning_stands_in_the_tree_once_it_opens(
    engine: SqliteEngine, planned: str, lea: Member, ben: Member, school_of: Callable[..., str], clock: Clock
) -> None:
    school_of(ben, "De Kraanheide")
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert set(tree(engine, planned, lea)) == {"Ana", "Ben", "Cleo"}


def test_who_left_the_programme_is_asked_about_no_more(
    engine: SqliteEngine, planned: str, lea: Member, cleo: Member, clock: Clock
) -> None:
    engine.run(
        "UPDATE person SET status = 'left', left_at = :at WHERE id = :id", {"id": cleo.id, "at": "2026"}
    )
    clock.forward(days=7)
    actions.open_window(engine, window_id=planned, at=clock())
    assert set(tree(engine, planned, lea)) == {"Ana"}


@pytest.mark.parametrize("act", ["lay", "move", "remove", "days"])
def test_once_open_tree_and_first_day_are_fixed(
    engine: SqliteEngine, window: str, lea: Member, cleo: Member, clock: Clock, dump: Dump, act: str
) -> None:
    common: dict[str, Any] = {"window_id": window, "by": lea.id, "at": clock()}
    before = dump()
    with pytest.raises(actions.TooLate):
        if act == "lay":
            actions.lay(engine, **common)
        elif act == "move":
            actions.move_coach(engine, **common, person_id=cleo.id, cluster="Elders")
        elif act == "remove":
            actions.remove(engine, **common)
        else:
            actions.change_days(engine, **common, opens_at=START + DAY, closes_at=START + 9 * DAY)
    assert dump() == before
