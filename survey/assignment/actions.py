"""Acts on assignments: noting and correcting one, and taking one away."""

from collections.abc import Collection
from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours, Permission, Role, Scope
from survey.assignment import reports, store
from survey.assignment.content import Assignment, fingerprint_of
from survey.clock import stamp
from survey.database import Engine, new_key
from survey.questionnaire.profile import Profile


class NothingChosen(ValueError):
    """An assignment holds a role or a task at least."""


class Changed(Exception):
    """Someone else changed this assignment since the page was opened; nothing was stored."""


def note(
    engine: Engine,
    *,
    person_id: str,
    school_id: str,
    school_year: str,
    roles: Collection[str],
    tasks: Collection[str],
    by: Scope,
    at: datetime,
    shown: str | None = None,
) -> None:
    """Note what a coach does at a school in a school year, in the place of what was noted before.

    `shown` is the fingerprint of what was seen, empty for nothing. Raises NotYours, NothingChosen or Changed.
    """
    if not (roles or tasks):
        raise NothingChosen
    with engine.atomic():
        if school_id not in reports.schools(engine, by, person_id, school_year) or not reports.coach_name(
            engine, by, person_id
        ):
            raise NotYours
        before = _standing(engine, by, person_id, school_id, school_year)
        if shown is not None and shown != (before.fingerprint if before else ""):
            raise Changed
        if before and before.fingerprint == fingerprint_of(roles, tasks):
            return
        of = {"person_id": person_id, "school_id": school_id, "school_year": school_year}
        noted = {"noted_by": by.person_id, "noted_at": stamp(at)}
        key = _write(engine, before, {**of, **noted}, roles=roles, tasks=tasks)
        audit.note(engine, act="assignment-noted", by=by.person_id, at=at, object=key)


def agree(
    engine: Engine,
    *,
    person_id: str,
    school_id: str,
    school_year: str,
    profile: Profile,
    roles: Collection[str],
    tasks: Collection[str],
    noted_by: str | None,
    at: datetime,
) -> None:
    """Inside the caller's act: what was signed at a school is what its coach does there from now on.

    It comes in the place of what was noted of this profile; what is noted of another one stays.
    """
    coach = Scope(person_id, "", frozenset({Role.COACH}))  # nobody signs in to sign: read as the coach does
    before = _standing(engine, coach, person_id, school_id, school_year)
    if before:
        roles = {*roles, *(before.roles - {role.key for role in profile.roles})}
        tasks = {*tasks, *(before.tasks - {task.key for task in profile.tasks})}
    of = {"person_id": person_id, "school_id": school_id, "school_year": school_year}
    noted = {"noted_by": noted_by, "noted_at": stamp(at)}
    key = _write(engine, before, {**of, **noted}, roles=roles, tasks=tasks)
    audit.note(engine, act="assignment-agreed", by=None, at=at, object=key)


def withdraw(
    engine: Engine, *, person_id: str, school_id: str, school_year: str, by: Scope, at: datetime
) -> None:
    """Take an assignment away; raises NotYours where there is none, or the reader keeps none."""
    with engine.atomic():
        found = _standing(engine, by, person_id, school_id, school_year)
        if found is None or not by.can(Permission.MANAGE_COHORTS):
            raise NotYours
        store.delete_assignment(engine, found.id)
        audit.note(engine, act="assignment-withdrawn", by=by.person_id, at=at, object=found.id)


def _write(
    engine: Engine,
    before: Assignment | None,
    row: dict[str, str | None],
    *,
    roles: Collection[str],
    tasks: Collection[str],
) -> str:
    key = before.id if before else new_key()
    if before:
        store.stamp_assignment(engine, key, noted_by=row["noted_by"], noted_at=row["noted_at"])
    else:
        store.insert_assignment(engine, {"id": key, **row})
    store.replace_content(engine, key, roles=sorted(set(roles)), tasks=sorted(set(tasks)))
    return key


def _standing(
    engine: Engine, by: Scope, person_id: str, school_id: str, school_year: str
) -> Assignment | None:
    held = reports.of_coach(engine, by, person_id, school_year)
    return next((one for one in held if one.school_id == school_id), None)
