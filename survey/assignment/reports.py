"""What pages ask of assignments: of the reader, or of a coach the reader keeps them for."""

from collections import defaultdict

from survey.access.permissions import Scope
from survey.assignment import content, store
from survey.assignment.content import Assignment as Assignment
from survey.assignment.content import groups as groups
from survey.assignment.content import tasks_in as tasks_in
from survey.clock import days_of_school_year
from survey.database import Engine
from survey.questionnaire.catalog import Catalog
from survey.questionnaire.profile import Profile, Task


def of(engine: Engine, scope: Scope, school_year: str) -> tuple[Assignment, ...]:
    """The assignments of the reader in a school year, by school."""
    return of_coach(engine, scope, scope.person_id, school_year)


def of_coach(engine: Engine, scope: Scope, person_id: str, school_year: str) -> tuple[Assignment, ...]:
    """The assignments of a coach in a school year, by school; none where the reader may not know."""
    roles: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.roles(engine, person_id=person_id, school_year=school_year, scope=scope):
        roles[row["assignment_id"]].add(row["role"])
    tasks: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.tasks(engine, person_id=person_id, school_year=school_year, scope=scope):
        tasks[row["assignment_id"]].add(row["task"])
    return tuple(
        Assignment(**row, roles=frozenset(roles[row["id"]]), tasks=frozenset(tasks[row["id"]]))
        for row in store.assignments(engine, person_id=person_id, school_year=school_year, scope=scope)
    )


def roles(engine: Engine, scope: Scope, school_year: str) -> dict[tuple[str, str | None], frozenset[str]]:
    """The roles in a school year by school and coach, for who keeps cohorts."""
    found: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for row in store.roles_of_year(engine, school_year=school_year, scope=scope):
        found[row["school_id"], row["person_id"]].add(row["role"])
    return {place: frozenset(held) for place, held in found.items()}


def tasks(engine: Engine, scope: Scope, school_year: str, profile: Profile) -> tuple[Task, ...]:
    """The tasks the reader has in a school year, over all schools, each once."""
    return content.tasks_of(of(engine, scope, school_year), profile)


def outside(engine: Engine, scope: Scope, school_year: str, profile: Profile) -> frozenset[str]:
    """The items of a profile that do not belong to what the reader does in a school year."""
    return content.outside(of(engine, scope, school_year), profile)


def coach_name(engine: Engine, scope: Scope, person_id: str) -> str | None:
    """The name of a coach who is here, if the reader may know."""
    row = store.coach(engine, person_id, scope)
    return row["name"] if row else None


def profiles(engine: Engine, scope: Scope, person_id: str, catalog: Catalog) -> tuple[Profile, ...]:
    """The profiles whose roles and tasks a coach can have: those of the cohorts the coach is in."""
    return tuple(catalog.profile(row["profile"]) for row in store.profiles(engine, person_id, scope))


def schools(engine: Engine, scope: Scope, person_id: str, school_year: str) -> dict[str, str]:
    """Where an assignment can be noted, by id: own schools first, for a lead then every other one."""
    found = [*own_schools(engine, scope, person_id, school_year), *store.schools(engine, scope)]
    return {row["id"]: f"{row['name']}, {row['place']}" for row in found}


def own_schools(engine: Engine, scope: Scope, person_id: str, school_year: str) -> list[dict[str, str]]:
    """The schools where a coach works in a school year."""
    first, last = (day.isoformat() for day in days_of_school_year(school_year))
    return store.schools_of(engine, person_id=person_id, first=first, last=last, scope=scope)
