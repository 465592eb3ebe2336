"""What coaches of Veenrand are asked to do at their schools, and where their hours went."""

from collections.abc import Sequence
from typing import Final

from survey.clock import school_year, stamp
from survey.demo.calendar import midnight
from survey.demo.people import Coach
from survey.demo.placements import Placement
from survey.demo.world import World

TELLS: Final = 0.7
EMPHASES: Final = (("none", "some", "much"), (20, 50, 30))


def add(world: World, placements: Sequence[Placement]) -> None:
    """Rows of assignments for every school year of a placement, and of the emphasis in newest reflections."""
    chance = world.chance("assignments")
    tasks_of: dict[str, list[str]] = {}
    for placement in placements:
        coach = placement.coach
        tasks = tasks_of.setdefault(coach.id, _tasks(world, coach))
        if not tasks:
            continue
        days = (placement.since, placement.until)
        for day in {school_year(each): each for each in days}.values():
            key = chance.key(midnight(day))
            world.tables["assignment"].append(
                {
                    "id": key,
                    "person_id": coach.id,
                    "school_id": placement.school_id,
                    "school_year": school_year(day),
                    "noted_at": stamp(midnight(day)),
                }
            )
            world.tables["assignment_task"] += [{"assignment_id": key, "task": task} for task in tasks]
            roles = sorted(_roles(world, coach, tasks))
            world.tables["assignment_role"] += [{"assignment_id": key, "role": role} for role in roles]
    _emphasise(world, tasks_of)


def _tasks(world: World, coach: Coach) -> list[str]:
    """The tasks of a coach: not those that touch only what this coach calls outside the assignment."""
    profile, chance = world.catalog.profile(coach.profile), world.chance("tasks", coach.name)
    outside = {
        item for answers in coach.course.answers.values() for item in answers if _is_outside(answers[item])
    }
    codes = {one.code: one.key for one in profile.competencies}
    kept: list[str] = []
    for task in profile.tasks:
        touched = {codes[code] for code in task.related if code in codes}
        if not touched & outside and (chance.random() < 0.75 or not kept):
            kept.append(task.key)
    return kept


def _is_outside(answer: int | str) -> bool:
    return answer == "NOT_IN_ASSIGNMENT"


def _roles(world: World, coach: Coach, tasks: Sequence[str]) -> set[str]:
    return {
        role
        for task in world.catalog.profile(coach.profile).tasks
        if task.key in tasks
        for role in task.roles
    }


def _emphasise(world: World, tasks_of: dict[str, list[str]]) -> None:
    """In the newest round that is over: of one that is open nobody reads a number."""
    over = {row["id"] for row in world.tables["round"] if row["closed_at"]}
    newest: dict[str, str] = {}
    for row in sorted(world.tables["reflection"], key=lambda row: row["started_at"]):
        if row["submitted_at"] and row["revision"] == 1 and row["round_id"] in over:
            newest[row["person_id"]] = row["id"]
    for person_id, reflection_id in newest.items():
        chance = world.chance("emphasis", person_id)
        if chance.happens(TELLS):
            world.tables["task_emphasis"] += [
                {
                    "reflection_id": reflection_id,
                    "task": task,
                    "emphasis": chance.choices(*EMPHASES)[0],
                }
                for task in tasks_of.get(person_id, ())
            ]
