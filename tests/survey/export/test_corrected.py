"""What was said with a first revision stays with the reflection in a research file when it was corrected."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey.database import SqliteEngine
from tests.conftest import Member
from tests.survey.export.conftest import ITEM, House, rows


@pytest.mark.usefixtures("crowd_of_one")
def test_hours_and_look_back_of_a_corrected_reflection_are_in_it(
    engine: SqliteEngine,
    house_of_secrets: House,
    ana: Member,
    let_research: Callable[..., None],
    research: Callable[..., Path],
) -> None:
    let_research(ana)
    first, second, *_ = house_of_secrets.rounds
    (held,) = engine.rows(
        "SELECT * FROM reflection WHERE person_id = :person AND round_id = :round",
        {"person": ana.id, "round": second},
    )
    at = held["submitted_at"]
    engine.insert(
        "lookback",
        {"reflection_id": held["id"], "item": ITEM, "item_version": "2.0-1.0", "about_round_id": first}
        | {"value": 1, "answered_at": at},
    )
    engine.insert("task_emphasis", {"reflection_id": held["id"], "task": "writes_plan", "emphasis": "much"})
    engine.insert("reflection", {**held, "id": "corrected", "revision": 2})
    folder = research()
    earlier, later = rows(folder, "reflections")
    assert [row["reflection"] for row in rows(folder, "emphasis")] == [later["reflection"]]
    assert [row["about"] for row in rows(folder, "lookbacks")] == [earlier["reflection"]]
