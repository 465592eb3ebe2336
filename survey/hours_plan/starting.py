"""What a plan starts from: the placements that run to the end of a school year, another plan, or nothing."""

from collections.abc import Iterable
from typing import NamedTuple

from survey.access.permissions import Scope
from survey.assignment import reports as assignments
from survey.clock import days_of_school_year, year_before
from survey.database import Engine
from survey.hours_plan import store
from survey.hours_plan.dividing import QUARTERS, Place
from survey.placement import reports as placements
from survey.placement.reports import END_OF_YEAR, FREE, WITH_A_COACH, Placement
from survey.school import reports as schools

FROM_PLACEMENTS, EMPTY = "placements", "empty"


class Given(NamedTuple):
    """A place with its hours and roles, to be put in a plan."""

    place: Place
    quarters: int
    roles: frozenset[str]


def given(engine: Engine, scope: Scope, *, start: str, school_year: str) -> list[Given]:
    """The places a plan begins with; `start` is one of the words above or the id of a plan."""
    if start == EMPTY:
        return []
    if start != FROM_PLACEMENTS:
        return _copied(engine, scope, start)
    base = year_before(school_year)
    running = going_on(placements.of_year(engine, scope, base))
    chosen, roles = schools.choices(engine, scope), assignments.roles(engine, scope, base)
    hours: dict[Place, int] = {}
    for one in running:
        if one.school_id in chosen:
            place = place_of(one)
            hours[place] = hours.get(place, 0) + quarters(one.hours_agreed)
    return [Given(place, number, roles.get(place, frozenset())) for place, number in hours.items()]


def going_on(found: Iterable[Placement]) -> list[Placement]:
    """Of the placements of a year: those that are paid for and run until its end."""
    return [
        one
        for one in found
        if one.status in WITH_A_COACH | FREE
        and one.until == days_of_school_year(one.school_year)[1]
        and (one.status != "ended" or (one.end_reason == END_OF_YEAR and one.person_id is not None))
    ]


def place_of(one: Placement) -> Place:
    """Where a placement stands in a plan; a candidate is nobody yet."""
    return Place(one.school_id, one.person_id if one.status in WITH_A_COACH else None)


def quarters(hours: float | None) -> int:
    """Hours a week as a plan counts them; none where nothing was agreed."""
    return round((hours or 0) * QUARTERS)


def _copied(engine: Engine, scope: Scope, plan_id: str) -> list[Given]:
    roles: dict[str, set[str]] = {}
    for row in store.roles(engine, plan_id, scope):
        roles.setdefault(row["line_id"], set()).add(row["role"])
    return [
        Given(
            Place(row["school_id"], row["person_id"]), row["quarters"], frozenset(roles.get(row["id"], set()))
        )
        for row in store.lines(engine, plan_id, scope)
    ]
