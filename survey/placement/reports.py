"""What pages and other rooms ask of placements. A lead reads all of them, a coach own ones, others none."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from survey.access.permissions import Scope
from survey.clock import days_of_month
from survey.clock import school_year as year_of
from survey.database import Engine, portions
from survey.placement import hours as rules
from survey.placement import store
from survey.placement.hours import Hours as Hours
from survey.placement.hours import rule as rule
from survey.placement.places import END_OF_YEAR as END_OF_YEAR
from survey.placement.places import FREE as FREE
from survey.placement.places import WITH_A_COACH as WITH_A_COACH
from survey.placement.places import Placement as Placement
from survey.placement.places import placement
from survey.placement.register.asked import Filters as Filters
from survey.placement.register.asked import day_of as day_of
from survey.placement.register.reports import Choices as Choices
from survey.placement.register.reports import Gap as Gap
from survey.placement.register.reports import Line as Line
from survey.placement.register.reports import Register as Register
from survey.placement.register.reports import Total as Total
from survey.placement.register.reports import Totals as Totals
from survey.placement.register.reports import choices as choices
from survey.placement.register.reports import every as every
from survey.placement.register.reports import gaps as gaps
from survey.placement.register.reports import hours_of
from survey.placement.register.reports import register as register
from survey.placement.register.reports import timeline as timeline
from survey.placement.register.reports import total as total
from survey.placement.register.reports import totals as totals
from survey.placement.register.reports import years as years
from survey.placement.words import refused as refused
from survey.placement.words import wish as wish


class Working(NamedTuple):
    """A coach who works at a school."""

    person_id: str
    name: str


class Who(NamedTuple):
    """Someone who coaches or coached."""

    id: str
    name: str
    email: str


class At(NamedTuple):
    """A school by what tells it apart; `code` is its BRIN number and branch, where it has one."""

    id: str
    name: str
    place: str
    code: str
    takes_part: bool


class Month(NamedTuple):
    """A month of a placement: the weeks of school in it, and the hours a week written down, if any."""

    month: str
    weeks: int
    hours: float | None


class Due(NamedTuple):
    """A month of a placement that is over, and of which nothing is written down yet."""

    placement: Placement
    month: str


class Change(NamedTuple):
    """One field of a placement that was changed; `changed_by` is None for an operator or someone erased."""

    at: str
    changed_by: str | None
    field: str
    before: str | None
    after: str | None


def one(engine: Engine, scope: Scope, placement_id: str) -> Placement | None:
    """One placement, for who may know."""
    row = store.one(engine, placement_id, scope)
    return placement(row) if row else None


def of_year(engine: Engine, scope: Scope, school_year: str) -> tuple[Placement, ...]:
    """Every placement of a school year, whatever its status, by school."""
    return tuple(map(placement, store.of_year(engine, school_year, scope)))


def schools_of_year(engine: Engine, scope: Scope, school_year: str) -> Mapping[str, str]:
    """The schools with a placement in a school year, as "name, place" by id."""
    rows = store.schools_of_year(engine, school_year, scope)
    return {row["id"]: f"{row['name']}, {row['place']}" for row in rows}


def everywhere(engine: Engine, scope: Scope) -> tuple[Placement, ...]:
    """Every placement of every school year."""
    return tuple(map(placement, store.everywhere(engine, scope)))


def of_coach(engine: Engine, scope: Scope, day: date, person_id: str | None = None) -> tuple[Placement, ...]:
    """The placements of a coach, or of the reader, in the school year of a day.

    With those of earlier years in which the coach still works, because they were not ended or continued.
    """
    found = map(placement, store.of_person(engine, person_id or scope.person_id, scope))
    return tuple(one for one in found if one.school_year == year_of(day) or one.runs_over(day))


def at_school(engine: Engine, scope: Scope, school_id: str, school_year: str) -> tuple[Placement, ...]:
    """The placements at a school in a school year, the newest first."""
    found = map(placement, store.of_school(engine, school_id, scope))
    return tuple(one for one in found if one.school_year == school_year)


def coaches_at(engine: Engine, scope: Scope, school_id: str, day: date) -> tuple[Working, ...]:
    """Who works at a school on a day, by name; for who keeps the register."""
    rows = store.works_at(engine, school_id, day.isoformat(), scope)
    return tuple(Working(row["person_id"], row["name"]) for row in rows)


def schools_with_a_coach(engine: Engine, scope: Scope, day: date) -> frozenset[str]:
    """The schools where a coach works on a day, by id; for who keeps the register."""
    return frozenset(store.schools_with_a_coach(engine, day.isoformat(), scope))


def not_continued(engine: Engine, scope: Scope, day: date) -> tuple[Placement, ...]:
    """Placements of earlier school years that nobody ended: to be continued or ended."""
    return tuple(map(placement, store.running_over(engine, year_of(day), scope)))


def hours(engine: Engine, scope: Scope, placement_id: str) -> Hours | None:
    """The hours of one placement, four ways."""
    found = one(engine, scope, placement_id)
    if found is None:
        return None
    return hours_of(
        found, [(row["month"], row["hours"]) for row in store.logs_of(engine, placement_id, scope)]
    )


def hours_of_year(
    engine: Engine, scope: Scope, school_year: str, of: Iterable[Placement] | None = None
) -> Mapping[str, Hours]:
    """The hours of every placement of a school year, or of some of it, four ways, by id of the placement."""
    logs = _logs(engine, scope, school_year)
    found = of_year(engine, scope, school_year) if of is None else of
    return {one.id: hours_of(one, logs[one.id]) for one in found}


def months(engine: Engine, scope: Scope, placement_id: str, day: date) -> tuple[Month, ...]:
    """The months of a placement up to the one of a day, in order, with what was written down."""
    found = one(engine, scope, placement_id)
    if found is None:
        return ()
    logged = {row["month"]: row["hours"] for row in store.logs_of(engine, placement_id, scope)}
    last = found.ends_on or max(day, found.until)
    return tuple(
        Month(month, rules.weeks_in(month, found.starts_on, last), logged.get(month))
        for month in rules.months(found.starts_on, min(last, days_of_month(rules.month_of(day))[1]))
    )


def due(engine: Engine, scope: Scope, day: date) -> tuple[Due, ...]:
    """The months of this school year that are over and not written down: own ones of a coach, all of a lead.

    Of places where a coach works or worked, also when they run on from an earlier year.
    """
    year = year_of(day)
    month_before = day.replace(day=1) - date.resolution
    rows = store.logs_since(engine, rules.month_of(rules.first_day(year)), scope)
    written = {(row["placement_id"], row["month"]) for row in rows}
    found = []
    for one in (*not_continued(engine, scope, day), *of_year(engine, scope, year)):
        first, last = max(one.starts_on, rules.first_day(year)), min(one.ends_on or day, month_before)
        if one.person_id is None or one.status not in {"active", "ended"} or first > last:
            continue
        found += [Due(one, month) for month in rules.months(first, last) if (one.id, month) not in written]
    return tuple(found)


def changes(engine: Engine, scope: Scope, placement_id: str) -> tuple[Change, ...]:
    """What was changed of a placement, the newest first."""
    return tuple(Change(**row) for row in store.changes_of(engine, placement_id, scope))


def coaches(engine: Engine, scope: Scope) -> Mapping[str, str]:
    """Who coaches and is here, as names by id."""
    return {row["id"]: row["name"] for row in store.coaches(engine, scope)}


def everyone(engine: Engine, scope: Scope) -> tuple[Who, ...]:
    """Who coaches or ever had a placement, also who left."""
    return tuple(Who(**row) for row in store.everyone(engine, scope))


def schools(engine: Engine, scope: Scope) -> tuple[At, ...]:
    """The schools that take part or ever had a placement."""
    rows = store.schools(engine, scope)
    return tuple(At(**{**row, "takes_part": bool(row["takes_part"])}) for row in rows)


def by_ids(engine: Engine, scope: Scope, ids: Iterable[str]) -> Mapping[str, Placement]:
    """These placements by id; what is not there is left out."""
    rows = (row for held in portions(ids) for row in store.by_ids(engine, held, scope))
    return {row["id"]: placement(row) for row in rows}


def names(engine: Engine, scope: Scope, changes: Iterable[Change]) -> Mapping[str, str]:
    """The names of the persons and schools that these changes name by id."""
    held = {value for one in changes if one.field in {"person_id", "school_id"} for value in one[3:] if value}
    return {row["id"]: row["name"] for row in store.names(engine, sorted(held), scope)}


def followed_by(engine: Engine, scope: Scope, placement_id: str) -> Placement | None:
    """The placement that goes on from this one, if there is one."""
    row = store.followed_by(engine, placement_id, scope)
    return placement(row) if row else None


def _logs(engine: Engine, scope: Scope, school_year: str) -> defaultdict[str, list[tuple[str, float]]]:
    found = defaultdict[str, list[tuple[str, float]]](list)
    for row in store.logs_of_year(engine, school_year, scope):
        found[row["placement_id"]].append((row["month"], row["hours"]))
    return found
