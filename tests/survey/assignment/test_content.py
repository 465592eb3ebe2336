"""What follows from an assignment: which tasks it holds, and which sentences do not belong to it."""

from collections.abc import Collection

import pytest

from survey.assignment.content import Assignment, fingerprint_of, groups, outside, tasks_of
from survey.questionnaire.catalog import Catalog, load
from survey.questionnaire.profile import Profile

CATALOG: Catalog = load()
KANSENCOACH: Profile = CATALOG.profile("kansencoach")
SCHOOLCOACH: Profile = CATALOG.profile("schoolcoach")
NO_TASK_ASKS_FOR = {"A1", "S7", "S8"}


def held(tasks: Collection[str] = (), roles: Collection[str] = ()) -> Assignment:
    return Assignment(
        "a", "s", "De Kraanheide", "Veenrand", "2025-2026", frozenset(roles), frozenset(tasks), None, "t"
    )


def codes(keys: Collection[str], profile: Profile = KANSENCOACH) -> set[str]:
    return {one.code for one in profile.competencies if one.key in keys}


def test_a_task_that_roles_share_is_one_task() -> None:
    shown = [task.key for group in groups(KANSENCOACH) for task, _ in group.tasks]
    assert sorted(shown) == sorted({task.key for task in KANSENCOACH.tasks})
    named = sum(len(task.roles) for task in KANSENCOACH.tasks)
    assert (len(shown), named) == (19, 21)
    also = {
        task.key: [role.key for role in others]
        for group in groups(KANSENCOACH)
        for task, others in group.tasks
    }
    assert also["solution_focused_work"] == ["mediator"]


@pytest.mark.parametrize(
    ("assignments", "tasks"),
    [
        ([], 0),
        ([held(["short_lines"])], 1),
        ([held(["short_lines"]), held(["short_lines", "practical_tips"])], 2),
        ([held(roles=["mediator"])], 4),
        ([held(["short_lines"], ["connector"])], 1),
        ([held(["short_lines"], ["connector", "mediator"])], 5),
        ([held(["solution_focused_work"], ["mediator"])], 1),
        ([held(roles=["coach_of_professionals"])], 0),
    ],
)
def test_tasks_are_counted_once_and_a_role_without_tasks_means_all_of_its_tasks(
    assignments: list[Assignment], tasks: int
) -> None:
    assert len(tasks_of(assignments, KANSENCOACH)) == tasks


@pytest.mark.parametrize(
    ("tasks", "inside"),
    [
        (["short_lines"], {"S1"}),
        (["solution_focused_work"], {"A2", "S5"}),
        (["short_lines", "school_network"], {"S1", "K1"}),
        ([task.key for task in KANSENCOACH.tasks], {one.code for one in KANSENCOACH.rated}),
    ],
)
def test_a_sentence_is_outside_where_only_other_tasks_call_for_it(tasks: list[str], inside: set[str]) -> None:
    everything = {one.code for one in KANSENCOACH.rated}
    assert codes(outside([held(tasks)], KANSENCOACH)) == everything - inside - NO_TASK_ASKS_FOR


def test_what_one_school_asks_for_is_not_outside_because_another_does_not() -> None:
    both = outside([held(["short_lines"]), held(["school_network"])], KANSENCOACH)
    assert not codes(both) & {"S1", "K1"}


@pytest.mark.parametrize(
    ("assignments", "profile"),
    [
        ([], KANSENCOACH),
        ([held(roles=["coach_of_professionals"])], KANSENCOACH),
        ([held(["short_lines"], ["connector"])], SCHOOLCOACH),
        ([held(roles=["team_coach"])], SCHOOLCOACH),
    ],
    ids=["nothing noted", "of another profile", "for another profile", "a profile without tasks"],
)
def test_where_no_task_of_the_profile_is_noted_nothing_is_outside(
    assignments: list[Assignment], profile: Profile
) -> None:
    assert outside(assignments, profile) == frozenset()


def test_meetings_attended_are_never_outside() -> None:
    assert "K4" not in codes(outside([held(["short_lines"])], KANSENCOACH))


def test_the_mark_of_an_assignment_changes_with_what_it_holds() -> None:
    marks = {
        fingerprint_of(roles, tasks)
        for roles, tasks in [((), ()), (("a",), ()), ((), ("a",)), (("a",), ("a",))]
    }
    assert len(marks) == 4
    assert fingerprint_of(["b", "a"], []) == fingerprint_of({"a", "b"}, [])
