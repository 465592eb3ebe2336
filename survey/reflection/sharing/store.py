"""SQL of sharing: which trainers a coach may let see their growth, and who lets this trainer see it."""

from collections.abc import Mapping
from typing import Any

from survey.access.permissions import Scope
from survey.database import Engine, Row

# Whom a trainer trains today, the last day in a cohort not counted: who steps out is out at once.
_TRAINS = """
SELECT t.person_id AS trainer_id, m.person_id AS coach_id, c.profile
FROM cohort_trainer t
JOIN cohort_member m ON m.cohort_id = t.cohort_id
JOIN cohort c ON c.id = t.cohort_id
JOIN role_grant g ON g.person_id = t.person_id AND g.role = 'trainer'
JOIN person p ON p.id = t.person_id AND p.left_at IS NULL
WHERE m.since <= :day AND (m.until IS NULL OR m.until > :day) AND t.person_id <> m.person_id
"""


def trainers(engine: Engine, *, scope: Scope, day: str) -> list[Row]:
    """Who trains this coach today, and whether they may see the growth of this coach."""
    return engine.rows(
        "SELECT DISTINCT p.id, p.name, CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS shared "  # noqa: S608
        f"FROM ({_TRAINS}) AS pair JOIN person p ON p.id = pair.trainer_id "
        "LEFT JOIN growth_share s ON s.trainer_id = p.id AND s.person_id = :person AND s.ended_at IS NULL "
        "WHERE pair.coach_id = :person ORDER BY p.name, p.id",
        {"person": scope.person_id, "day": day},
    )


def shared_with(engine: Engine, *, scope: Scope, day: str) -> list[Row]:
    """Who lets this trainer see their growth, and on which profile they are trained; by name."""
    return engine.rows(
        "SELECT DISTINCT p.id, p.name, pair.profile "  # noqa: S608 - a constant of this module
        f"FROM ({_TRAINS}) AS pair JOIN person p ON p.id = pair.coach_id AND p.left_at IS NULL "
        "JOIN growth_share s ON s.trainer_id = pair.trainer_id AND s.person_id = p.id AND s.ended_at IS NULL "
        "WHERE pair.trainer_id = :trainer ORDER BY p.name, p.id, pair.profile",
        {"trainer": scope.person_id, "day": day},
    )


def insert(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("growth_share", row)


def end(engine: Engine, *, person_id: str, trainer_id: str, at: str) -> int:
    return engine.run(
        "UPDATE growth_share SET ended_at = :at "
        "WHERE person_id = :person AND trainer_id = :trainer AND ended_at IS NULL",
        {"person": person_id, "trainer": trainer_id, "at": at},
    )


def over(engine: Engine, *, day: str) -> list[Row]:
    """Shares in force of which the trainer trains the coach no more."""
    return engine.rows(
        "SELECT s.id, s.person_id, s.trainer_id FROM growth_share s "  # noqa: S608 - a constant of this module
        f"WHERE s.ended_at IS NULL AND NOT EXISTS (SELECT 1 FROM ({_TRAINS}) AS pair "
        "WHERE pair.trainer_id = s.trainer_id AND pair.coach_id = s.person_id) ORDER BY s.id",
        {"day": day},
    )
