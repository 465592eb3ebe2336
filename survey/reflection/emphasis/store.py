"""SQL of what a coach says about where the hours went."""

from collections.abc import Mapping, Sequence
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row


def given(engine: Engine, reflection_id: str, *, scope: Scope) -> list[Row]:
    """What this person said with a reflection of their own."""
    return engine.rows(
        "SELECT e.task, e.emphasis FROM task_emphasis e JOIN reflection f ON f.id = e.reflection_id "
        "WHERE e.reflection_id = :reflection AND f.person_id = :person",
        {"reflection": reflection_id, "person": scope.person_id},
    )


def replace(engine: Engine, reflection_id: str, rows: Sequence[Mapping[str, Any]]) -> None:
    engine.run("DELETE FROM task_emphasis WHERE reflection_id = :id", {"id": reflection_id})
    engine.insert("task_emphasis", rows)
