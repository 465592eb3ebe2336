"""SQL of persons, their roles, and the cohorts they are in or train."""

from collections.abc import Iterable, Mapping
from typing import Any

from survey.access.accounts import ERASED
from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row


def add_person(engine: Engine, row: Mapping[str, Any]) -> None:
    """Add a person; the database refuses a second one with the same mail address."""
    engine.insert("person", row)


def add_roles(engine: Engine, *, person_id: str, roles: Iterable[str], at: str) -> None:
    """Give a person roles; one they have stays as it is."""
    engine.run(
        "INSERT INTO role_grant (person_id, role, granted_at) VALUES (:person_id, :role, :granted_at) "
        "ON CONFLICT (person_id, role) DO NOTHING",
        [{"person_id": person_id, "role": role, "granted_at": at} for role in sorted(roles)],
    )


def end_roles(engine: Engine, *, person_id: str, roles: Iterable[str]) -> None:
    """Take roles from a person; one they do not have changes nothing."""
    engine.run(
        "DELETE FROM role_grant WHERE person_id = :person_id AND role = :role",
        [{"person_id": person_id, "role": role} for role in sorted(roles)],
    )


def change_person(engine: Engine, person_id: str, row: Mapping[str, Any]) -> None:
    """Write what is noted about someone."""
    engine.run(
        "UPDATE person SET name = :name, status = :status, experience = :experience WHERE id = :id",
        {**row, "id": person_id},
    )


def set_email(engine: Engine, person_id: str, email: str) -> None:
    """Write the mail address of someone; the database refuses that of someone else."""
    engine.run("UPDATE person SET email = :email WHERE id = :id", {"id": person_id, "email": email})


def ever_signed_in(engine: Engine, person_id: str, *, known_since: str) -> bool:
    """Whether someone signed in, or may have: of who came before this moment that is not known."""
    found = engine.one(
        "SELECT 1 AS yes FROM person WHERE id = :id AND (created_at < :known "
        "OR EXISTS (SELECT 1 FROM audit WHERE audit.person_id = person.id AND audit.act = 'signed-in') "
        "OR EXISTS (SELECT 1 FROM session WHERE session.person_id = person.id) "
        "OR EXISTS (SELECT 1 FROM reflection WHERE reflection.person_id = person.id))",
        {"id": person_id, "known": known_since},
    )
    return found is not None


def put_address_change(engine: Engine, row: Mapping[str, Any]) -> None:
    """Note an address that waits, in the place of one that waited."""
    end_address_change(engine, row["person_id"])
    engine.insert("address_change", row)


def end_address_change(engine: Engine, person_id: str) -> bool:
    """No address waits for someone any more; whether one did."""
    return engine.run("DELETE FROM address_change WHERE person_id = :id", {"id": person_id}) == 1


def address_change(engine: Engine, token_hash: str) -> Row | None:
    """An address that waits, and whose; the token is the authority."""
    return engine.one(
        "SELECT address_change.person_id, address_change.email, address_change.asked_by, "
        "address_change.asked_at, person.name, person.language FROM address_change "
        "JOIN person ON person.id = address_change.person_id WHERE address_change.token_hash = :hash",
        {"hash": token_hash},
    )


def take_address_change(engine: Engine, token_hash: str) -> Row | None:
    """An address that waits no longer; None when another process took it."""
    found = address_change(engine, token_hash)
    return found if found and end_address_change(engine, found["person_id"]) else None


def address_changes_until(engine: Engine, *, asked_at: str) -> list[Row]:
    """The addresses that wait since this moment or longer."""
    return engine.rows(
        "SELECT token_hash FROM address_change WHERE asked_at <= :at ORDER BY asked_at", {"at": asked_at}
    )


def address_that_waits(engine: Engine, person_id: str, scope: Scope) -> Row | None:
    """The address that waits for someone, for those who manage people."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return None
    return engine.one("SELECT email, asked_at FROM address_change WHERE person_id = :id", {"id": person_id})


def mark_left(engine: Engine, *, person_id: str, because: str | None, at: str) -> bool:
    """Note that a person left; whether they were here until now."""
    changed = engine.run(
        "UPDATE person SET status = 'left', left_at = :at, left_because = :because "
        "WHERE id = :id AND status <> 'left'",
        {"id": person_id, "because": because, "at": at},
    )
    return changed == 1


def mark_back(engine: Engine, *, person_id: str) -> bool:
    """Note that a person is here again; whether they had left, and were not erased."""
    changed = engine.run(
        "UPDATE person SET status = 'active', left_at = NULL, left_because = NULL "
        "WHERE id = :id AND status = 'left' AND left_at <> :erased",
        {"id": person_id, "erased": ERASED},
    )
    return changed == 1


def set_research(engine: Engine, *, person_id: str, since: str | None) -> bool:
    """Note since when someone lets research use reflections; whether that changed anything."""
    changed = engine.run(
        "UPDATE person SET research_since = :since "
        "WHERE id = :id AND (research_since IS NULL) <> (CAST(:since AS TEXT) IS NULL)",
        {"id": person_id, "since": since},
    )
    return changed == 1


def own(engine: Engine, *, scope: Scope) -> Row | None:
    """What is noted about the reader."""
    return engine.one(
        "SELECT name, email, research_since FROM person WHERE id = :id", {"id": scope.person_id}
    )


def people(engine: Engine, scope: Scope) -> list[Row]:
    """Everyone, for those who manage people: who is here by name, then who left."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows(
        "SELECT id, name, email, status FROM person WHERE left_at IS NULL OR left_at <> :erased "
        "ORDER BY status = 'left', lower(name), id",
        {"erased": ERASED},
    )


def person(engine: Engine, person_id: str, scope: Scope) -> Row | None:
    """One person, here or left, for those who manage people; nobody once they were erased."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return None
    return engine.one(
        "SELECT id, name, email, status, language, experience, left_at, left_because "
        "FROM person WHERE id = :id AND (left_at IS NULL OR left_at <> :erased)",
        {"id": person_id, "erased": ERASED},
    )


def roles(engine: Engine, scope: Scope) -> list[Row]:
    """The roles of everyone."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows("SELECT person_id, role FROM role_grant")


def roles_of(engine: Engine, person_id: str, scope: Scope) -> frozenset[str]:
    """The roles of one person."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return frozenset()
    rows = engine.rows("SELECT role FROM role_grant WHERE person_id = :id", {"id": person_id})
    return frozenset(row["role"] for row in rows)


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
    """The cohorts, the newest first."""
    return engine.rows("SELECT id, name, profile, started_on FROM cohort ORDER BY started_on DESC, name")


def places(engine: Engine, person_id: str, scope: Scope) -> list[Row]:
    """The cohorts someone is or was in, oldest first."""
    if not scope.can(Permission.MANAGE_PEOPLE):
        return []
    return engine.rows(
        "SELECT c.id, c.name, c.profile, m.since, m.until FROM cohort_member m "
        "JOIN cohort c ON c.id = m.cohort_id WHERE m.person_id = :id ORDER BY m.since, c.name",
        {"id": person_id},
    )


def running_since(engine: Engine, person_id: str, scope: Scope, *, cohort_id: str) -> str | None:
    """The first day of someone who is in a cohort now."""
    found = places(engine, person_id, scope)
    return next((row["since"] for row in found if row["id"] == cohort_id and row["until"] is None), None)


def sizes(engine: Engine, scope: Scope) -> list[Row]:
    """How many coaches are in each cohort now."""
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT cohort_id, count(*) AS coaches FROM cohort_member WHERE until IS NULL GROUP BY cohort_id"
    )


def trainers(engine: Engine, scope: Scope) -> list[Row]:
    """Who trains which cohort, by name."""
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT t.cohort_id, p.id, p.name FROM cohort_trainer t JOIN person p ON p.id = t.person_id "
        "ORDER BY lower(p.name), p.id"
    )


def could_train(engine: Engine, scope: Scope) -> list[Row]:
    """Everyone who is here as a trainer, by name."""
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT p.id, p.name FROM person p JOIN role_grant r ON r.person_id = p.id "
        "WHERE r.role = 'trainer' AND p.status <> 'left' ORDER BY lower(p.name), p.id"
    )


def leads(engine: Engine) -> list[Row]:
    """Every programme lead who is here, and where they read their mail."""
    return engine.rows(
        "SELECT p.id, p.name, p.email, p.language FROM person p JOIN role_grant r ON r.person_id = p.id "
        "WHERE r.role = 'lead' AND p.status <> 'left' ORDER BY p.id"
    )


def addressee(engine: Engine, person_id: str) -> Row | None:
    """Where someone reads their mail, here or left."""
    return engine.one(
        "SELECT id, name, email, language, status FROM person WHERE id = :id", {"id": person_id}
    )


def memberships(engine: Engine, person_id: str) -> list[str]:
    """The cohorts a person is in now."""
    found = engine.rows(
        "SELECT cohort_id FROM cohort_member WHERE person_id = :id AND until IS NULL", {"id": person_id}
    )
    return [row["cohort_id"] for row in found]


def trainings(engine: Engine, person_id: str) -> list[str]:
    """The cohorts a person trains."""
    found = engine.rows("SELECT cohort_id FROM cohort_trainer WHERE person_id = :id", {"id": person_id})
    return [row["cohort_id"] for row in found]
