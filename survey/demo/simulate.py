"""Makes the whole region from a seed and a day: equal input, equal rows, keys included."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from survey.database import Row
from survey.demo import (
    agreements,
    assignments,
    cases,
    coachings,
    courses,
    endings,
    evaluation_answers,
    evaluations,
    gatherings,
    hints,
    hours_plans,
    ledger,
    people,
    placements,
    reflections,
    register,
    schools,
    short_rounds,
    start_agreements,
    years,
)
from survey.demo.calendar import Calendar
from survey.demo.cases import Case
from survey.demo.people import Coach
from survey.demo.world import World
from survey.questionnaire.catalog import Catalog

SEED: Final = 72


def simulate(catalog: Catalog, *, day: date, seed: int = SEED) -> Mapping[str, list[Row]]:
    """The rows of every table of the region, by table."""
    world = World(seed, Calendar.of(day), catalog)
    members = coached(world)
    schools.add(world)
    held = placements.drawn(world, members)
    register.add(world, [*held, *placements.joining(world, members, held)])
    short_rounds.add(world, members)
    gatherings.add(world, members)
    years.add(world, members)
    assignments.add(world, held)
    start_agreements.add(world)
    hours_plans.add(world)
    evaluation_answers.add(world, evaluations.add(world))
    for case in cases.add(world, members, held):
        _live(world, case)
    return dict(world.tables)


def coached(world: World) -> list[Coach]:
    """The people of the region with all that coaches answer about themselves; nothing later changes that."""
    members = people.coaches(world)
    people.add(world, members)
    reflections.add(world, members)
    return members


def _live(world: World, case: Case) -> None:
    """Everything that happens in one case, from the first talk to the last."""
    chance = world.chance("course", case.code)
    told = case.story is not None and case.story.talks
    course = (
        case.story.course(world.calendar.day) if case.story and told else courses.draw(world, chance, case)
    )
    asked = ledger.write(world, chance, case, course)
    agreements.add(world, chance, case, course.agreements)
    hints.add(world, chance, case, asked)
    coachings.add(world, chance, case)
    endings.add(world, chance, case)
