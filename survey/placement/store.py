"""SQL of schools and placements."""

from collections.abc import Mapping
from typing import Any

from survey.database import Engine, Row


def insert_school(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("school", row)


def insert_placement(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("placement", row)


def works_at(engine: Engine, *, person_id: str, school_id: str, day: str) -> bool:
    """Whether someone works at a school on a day."""
    sql = (
        "SELECT 1 AS yes FROM works_at WHERE person_id = :person AND school_id = :school "
        "AND starts_on <= :day AND (ends_on IS NULL OR ends_on >= :day)"
    )
    return engine.one(sql, {"person": person_id, "school": school_id, "day": day}) is not None


def school_by_name(engine: Engine, name: str) -> Row | None:
    return engine.one("SELECT id FROM school WHERE name = :name", {"name": name})
