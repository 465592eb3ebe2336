"""An assignment as it was noted, and what follows from it for a profile; touches nothing."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from msgspec import Struct

from survey.fingerprint import fingerprint
from survey.questionnaire.profile import Profile, Role, Task


class Assignment(Struct, frozen=True):
    """What a coach does at a school in a school year; `noted_by` wrote it last."""

    id: str
    school_id: str
    school: str
    place: str
    school_year: str
    roles: frozenset[str]
    tasks: frozenset[str]
    noted_by: str | None
    noted_at: str

    @property
    def fingerprint(self) -> str:
        """The mark of its roles and tasks, as they are now."""
        return fingerprint_of(self.roles, self.tasks)

    def tasks_in(self, profile: Profile) -> frozenset[str]:
        """The tasks of this profile it holds; of a role with no task noted, all tasks of that role."""
        return tasks_in(profile, self.roles, self.tasks)


class Group(NamedTuple):
    """A role with the tasks that are shown under it; each with the other roles it belongs to."""

    role: Role
    tasks: tuple[tuple[Task, tuple[Role, ...]], ...]


def tasks_in(profile: Profile, roles: Collection[str], tasks: Collection[str]) -> frozenset[str]:
    """The tasks that these roles and tasks come to; of a role with no task among them, all of that role."""
    noted = {task.key for task in profile.tasks if task.key in tasks}
    bare = {
        role for role in roles if not any(role in task.roles for task in profile.tasks if task.key in noted)
    }
    return frozenset(noted | {task.key for task in profile.tasks if bare & set(task.roles)})


def fingerprint_of(roles: Collection[str], tasks: Collection[str]) -> str:
    """The mark of these roles and tasks."""
    return fingerprint(sorted(set(roles)), sorted(set(tasks)))


def groups(profile: Profile) -> tuple[Group, ...]:
    """Every role of a profile with its tasks; a task that roles share stands once, under the first."""
    by_key = {role.key: role for role in profile.roles}
    return tuple(
        Group(
            role,
            tuple(
                (task, tuple(by_key[other] for other in task.roles[1:]))
                for task in profile.tasks
                if task.roles[0] == role.key
            ),
        )
        for role in profile.roles
    )


def tasks_of(assignments: Iterable[Assignment], profile: Profile) -> tuple[Task, ...]:
    """The tasks of all these assignments together, each once, in the order of the profile."""
    held = frozenset[str]().union(*(one.tasks_in(profile) for one in assignments))
    return tuple(task for task in profile.tasks if task.key in held)


def outside(assignments: Iterable[Assignment], profile: Profile) -> frozenset[str]:
    """The rated competencies that only tasks outside these assignments call for.

    One that no task calls for is never outside, and without any task of this profile nothing is.
    """
    asked = {code for task in tasks_of(assignments, profile) for code in task.related}
    if not asked:
        return frozenset()
    elsewhere = {code for task in profile.tasks for code in task.related} - asked
    return frozenset(one.key for one in profile.rated if one.code in elsewhere)
