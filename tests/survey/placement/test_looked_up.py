"""What is asked on every write, and on every page of a school, looks at no placement beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Scope
from survey.database import Row, SqliteEngine
from survey.placement import store
from survey.school import store as schools

PERIOD = {"first": "2025-08-01", "last": "9999-12-31"}


@pytest.mark.parametrize(
    "ask",
    [
        lambda engine, lead: store.at_school_in(engine, school_id="s", scope=lead, **PERIOD),
        lambda engine, lead: store.of_coach_in(engine, person_id="p", scope=lead, **PERIOD),
        lambda engine, lead: store.of_school(engine, "s", lead),
        lambda engine, lead: store.works_at(engine, "s", "2026-01-20", lead),
        lambda engine, lead: store.followed_by(engine, "p", lead),
        lambda engine, lead: schools.running(engine, school_id="s", day="2026-01-20"),
    ],
    ids=[
        "beside at the school",
        "beside of the coach",
        "of a school",
        "who works there",
        "after",
        "how many",
    ],
)
def test_it_is_found_by_an_index(
    engine: SqliteEngine, lead: Scope, ask: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[str] = []
    read = engine.rows

    def explain(sql: str, params: dict[str, Any]) -> list[Row]:
        plans.extend(row["detail"] for row in read(f"EXPLAIN QUERY PLAN {sql}", params))
        return [{"n": 0}] if "count(" in sql else []

    monkeypatch.setattr(engine, "rows", explain)
    ask(engine, lead)
    looks = [plan for plan in plans if "placement" in plan.split()]
    assert looks
    assert all("=?" in plan for plan in looks), plans
