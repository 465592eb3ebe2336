"""Makes the whole region from a seed and a day: equal input, equal rows, keys included."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from survey.database import Row
from survey.demo import cases, checks, people, reflections, schools
from survey.demo.calendar import Calendar
from survey.demo.world import World
from survey.questionnaire.catalog import Catalog

SEED: Final = 72


def simulate(catalog: Catalog, *, day: date, seed: int = SEED) -> Mapping[str, list[Row]]:
    """The rows of every table of the region, by table."""
    world = World(seed, Calendar.of(day), catalog)
    members = people.coaches(world)
    people.add(world, members)
    reflections.add(world, members)
    placements = schools.add(world, members)
    checks.add(world, cases.add(world, members, placements))
    return dict(world.tables)
