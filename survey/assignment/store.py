"""SQL of assignments. Read by the coach they are about, and by who keeps cohorts."""

from collections.abc import Collection, Mapping
from typing import Any

from survey.access.permissions import Permission, Scope
from survey.database import Engine, Row


def _may_read(scope: Scope, person_id: str) -> bool:
    return scope.can(Permission.MANAGE_COHORTS) or (
        scope.person_id == person_id and scope.can(Permission.REFLECT)
    )


def assignments(engine: Engine, *, person_id: str, school_year: str, scope: Scope) -> list[Row]:
    """The assignments of a coach in a school year, by school."""
    if not _may_read(scope, person_id):
        return []
    return engine.rows(
        "SELECT assignment.id, assignment.school_id, assignment.school_year, assignment.noted_at, "
        "school.name AS school, school.place, person.name AS noted_by "
        "FROM assignment JOIN school ON school.id = assignment.school_id "
        "LEFT JOIN person ON person.id = assignment.noted_by "
        "WHERE assignment.person_id = :person AND assignment.school_year = :year ORDER BY school.name",
        {"person": person_id, "year": school_year},
    )


def roles(engine: Engine, *, person_id: str, school_year: str, scope: Scope) -> list[Row]:
    """The roles of these assignments."""
    if not _may_read(scope, person_id):
        return []
    return engine.rows(
        "SELECT assignment_role.assignment_id, assignment_role.role FROM assignment_role "
        "JOIN assignment ON assignment.id = assignment_role.assignment_id "
        "WHERE assignment.person_id = :person AND assignment.school_year = :year",
        {"person": person_id, "year": school_year},
    )


def tasks(engine: Engine, *, person_id: str, school_year: str, scope: Scope) -> list[Row]:
    """The tasks of these assignments."""
    if not _may_read(scope, person_id):
        return []
    return engine.rows(
        "SELECT assignment_task.assignment_id, assignment_task.task FROM assignment_task "
        "JOIN assignment ON assignment.id = assignment_task.assignment_id "
        "WHERE assignment.person_id = :person AND assignment.school_year = :year",
        {"person": person_id, "year": school_year},
    )


def roles_of_year(engine: Engine, *, school_year: str, scope: Scope) -> list[Row]:
    """The roles of every coach at every school in a school year, for who keeps cohorts."""
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows(
        "SELECT assignment.school_id, assignment.person_id, assignment_role.role FROM assignment_role "
        "JOIN assignment ON assignment.id = assignment_role.assignment_id "
        "WHERE assignment.school_year = :year",
        {"year": school_year},
    )


def coach(engine: Engine, person_id: str, scope: Scope) -> Row | None:
    """A coach who is here."""
    if not _may_read(scope, person_id):
        return None
    return engine.one(
        "SELECT person.id, person.name FROM person JOIN role_grant ON role_grant.person_id = person.id "
        "WHERE person.id = :person AND role_grant.role = 'coach' AND person.status <> 'left'",
        {"person": person_id},
    )


def profiles(engine: Engine, person_id: str, scope: Scope) -> list[Row]:
    """The profiles of the cohorts a coach is in now, the oldest first."""
    if not _may_read(scope, person_id):
        return []
    return engine.rows(
        "SELECT cohort.profile, min(cohort_member.since) AS since FROM cohort_member "
        "JOIN cohort ON cohort.id = cohort_member.cohort_id "
        "WHERE cohort_member.person_id = :person AND cohort_member.until IS NULL "
        "GROUP BY cohort.profile ORDER BY since, cohort.profile",
        {"person": person_id},
    )


def schools(engine: Engine, scope: Scope) -> list[Row]:
    """Every school, for who keeps cohorts."""
    if not scope.can(Permission.MANAGE_COHORTS):
        return []
    return engine.rows("SELECT id, name, place FROM school ORDER BY name")


def schools_of(engine: Engine, *, person_id: str, first: str, last: str, scope: Scope) -> list[Row]:
    """The schools where a coach works on some day of this time."""
    if not _may_read(scope, person_id):
        return []
    return engine.rows(
        "SELECT DISTINCT school.id, school.name, school.place FROM school "
        "JOIN works_at ON works_at.school_id = school.id "
        "WHERE works_at.person_id = :person AND works_at.starts_on <= :last "
        "AND (works_at.ends_on IS NULL OR works_at.ends_on >= :first) ORDER BY school.name",
        {"person": person_id, "first": first, "last": last},
    )


def insert_assignment(engine: Engine, row: Mapping[str, Any]) -> None:
    engine.insert("assignment", row)


def stamp_assignment(
    engine: Engine, assignment_id: str, *, noted_by: str | None, noted_at: str | None
) -> None:
    """Note who wrote an assignment last, and when."""
    engine.run(
        "UPDATE assignment SET noted_by = :noted_by, noted_at = :noted_at WHERE id = :id",
        {"id": assignment_id, "noted_by": noted_by, "noted_at": noted_at},
    )


def replace_content(
    engine: Engine, assignment_id: str, *, roles: Collection[str], tasks: Collection[str]
) -> None:
    """Write roles and tasks in the place of those that stood there."""
    of = {"id": assignment_id}
    engine.run("DELETE FROM assignment_role WHERE assignment_id = :id", of)
    engine.run("DELETE FROM assignment_task WHERE assignment_id = :id", of)
    engine.insert("assignment_role", [{"assignment_id": assignment_id, "role": role} for role in roles])
    engine.insert("assignment_task", [{"assignment_id": assignment_id, "task": task} for task in tasks])


def delete_assignment(engine: Engine, assignment_id: str) -> None:
    engine.run("DELETE FROM assignment WHERE id = :id", {"id": assignment_id})
