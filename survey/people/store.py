"""SQL of persons and their roles."""

from collections.abc import Iterable, Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row


def add_person(engine: Engine, row: Mapping[str, Any]) -> None:
    """Add a person; the database refuses a second one with the same mail address."""
    engine.insert("person", row)


def add_roles(engine: Engine, *, person_id: str, roles: Iterable[str], at: str) -> None:
    """Give a person roles."""
    engine.insert(
        "role_grant", [{"person_id": person_id, "role": role, "granted_at": at} for role in sorted(roles)]
    )


def mark_left(engine: Engine, *, person_id: str, at: str) -> bool:
    """Note that a person left; whether they were here until now."""
    changed = engine.run(
        "UPDATE person SET status = 'left', left_at = :at WHERE id = :id AND status <> 'left'",
        {"id": person_id, "at": at},
    )
    return changed == 1


def people(engine: Engine, scope: Scope) -> list[Row]:
    """Everyone, for those who manage people: who is here by name, then who left."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows("SELECT id, name, email, status FROM person ORDER BY status = 'left', lower(name), id")


def person(engine: Engine, person_id: str, scope: Scope) -> Row | None:
    """One person who has not left, for those who manage people."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return None
    return engine.one(
        "SELECT id, name FROM person WHERE id = :id AND status <> 'left'",
        {"id": person_id},
    )


def roles(engine: Engine, scope: Scope) -> list[Row]:
    """The roles of everyone."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows("SELECT person_id, role FROM role_grant")


def cohort_names(engine: Engine, scope: Scope) -> list[Row]:
    """In which cohorts everyone is or trains, by name."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows(
        """
        SELECT m.person_id, c.name FROM cohort_member m JOIN cohort c ON c.id = m.cohort_id
        WHERE m.until IS NULL
        UNION
        SELECT t.person_id, c.name FROM cohort_trainer t JOIN cohort c ON c.id = t.cohort_id
        ORDER BY name
        """
    )


def cohorts(engine: Engine) -> list[Row]:
    """The cohorts someone can be added to, the newest first."""
    return engine.rows("SELECT id, name FROM cohort ORDER BY started_on DESC, name")


def memberships(engine: Engine, person_id: str) -> list[str]:
    """The cohorts a person is in now."""
    found = engine.rows(
        "SELECT cohort_id FROM cohort_member WHERE person_id = :id AND until IS NULL", {"id": person_id}
    )
    return [row["cohort_id"] for row in found]
