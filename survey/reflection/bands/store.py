"""SQL of the bands of growth: the SEM that holds on each profile since when, and whose answers there are."""

from collections.abc import Mapping
from typing import Any

from survey.database import Engine, Row


def in_force(engine: Engine, profile: str, *, at: str) -> list[Row]:
    """Every SEM of a profile that held at a moment or before it, oldest first."""
    return engine.rows(
        "SELECT measure, version, value, pairs, items, valid_from FROM sem_version "
        "WHERE profile = :profile AND valid_from <= :at ORDER BY version",
        {"profile": profile, "at": at},
    )


def insert(engine: Engine, row: Mapping[str, Any]) -> None:
    """Refused when this version is there already."""
    engine.insert("sem_version", row)


def who_submitted(engine: Engine) -> list[Row]:
    """Everybody who submitted in more than one round."""
    return engine.rows(
        "SELECT person_id FROM reflection WHERE submitted_at IS NOT NULL "
        "GROUP BY person_id HAVING count(DISTINCT round_id) > 1 ORDER BY person_id"
    )
