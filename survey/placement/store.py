"""SQL of schools and placements."""

from collections.abc import Mapping
from typing import Any

from survey.database import Engine, Row


def insert_school(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("school", row)


def insert_placement(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("placement", row)


def school_by_name(engine: Engine, name: str) -> Row | None:
    return engine.one("SELECT id FROM school WHERE name = :name", {"name": name})
