"""The act of saying where the hours went: one act, one transaction, as long as the round is open."""

from collections.abc import Callable, Mapping
from datetime import datetime

from survey.access.permissions import Scope
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.reflection import reading
from survey.reflection.actions import RoundClosed
from survey.reflection.emphasis import reading as emphases
from survey.reflection.emphasis import store
from survey.reflection.emphasis.reading import Emphasis


def save(
    engine: Engine,
    *,
    by: Scope,
    round_id: str,
    given: Mapping[str, Emphasis],
    catalog: Catalog,
    clock: Callable[[], datetime],
) -> None:
    """Keep this in the place of what was said before; a task may be left out. Raises RoundClosed."""
    with engine.atomic():
        standing = reading.standing(engine, round_id, scope=by, at=clock())
        asked = standing and emphases.ask(engine, standing, scope=by, catalog=catalog)
        if not asked or not asked.is_open or not given.keys() <= {task.key for task in asked.tasks}:
            raise RoundClosed
        rows = [
            {"reflection_id": asked.home, "task": task, "emphasis": emphasis.value}
            for task, emphasis in given.items()
        ]
        store.replace(engine, asked.home, rows)
