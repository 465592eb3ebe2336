"""What pages ask of plans: one with what it leaves out, all, two beside each other, what adopting does."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct

from survey.access.permissions import Scope
from survey.assignment import reports as assignments
from survey.clock import year_before
from survey.database import Engine
from survey.hours_plan import store
from survey.hours_plan.adopting import Step as Step
from survey.hours_plan.adopting import steps as steps
from survey.hours_plan.dividing import QUARTERS
from survey.hours_plan.plans import Line as Line
from survey.hours_plan.plans import Plan as Plan
from survey.hours_plan.plans import Summary as Summary
from survey.hours_plan.starting import EMPTY as EMPTY
from survey.hours_plan.starting import FROM_PLACEMENTS as FROM_PLACEMENTS
from survey.hours_plan.starting import going_on, place_of, quarters
from survey.placement import reports as placements
from survey.placement.reports import FREE, WITH_A_COACH, Placement
from survey.school import reports as schools

GOES_ON = frozenset({"continue", "more_hours", "fewer_hours", "other_role"})  # wishes for a next year


class Now(Struct, frozen=True):
    """How a school stands on the day a plan looks at: hours a week, and what was wished for next year."""

    label: str
    pupils: int | None
    rule: float | None
    agreed: float
    needed: float | None
    wishes: tuple[str, ...]
    is_paid: bool


class Row(Struct, frozen=True):
    """A school in a plan: its places, their quarters together, how it stands now, and roles nobody takes."""

    school_id: str
    school: str
    place: str
    lines: tuple[Line, ...]
    now: Now | None
    uncovered: frozenset[str]

    @property
    def quarters(self) -> int:
        return sum(line.quarters for line in self.lines)


class Sheet(Struct, frozen=True):
    """A plan by school, and the schools it leaves without hours although they have or want a coach."""

    plan: Plan
    base: str
    day: date
    rows: tuple[Row, ...]
    left_out: Mapping[str, Now]

    @property
    def uncovered(self) -> tuple[Row, ...]:
        """The schools where nobody takes a role that was agreed there."""
        return tuple(row for row in self.rows if row.uncovered)

    @property
    def open_lines(self) -> tuple[Line, ...]:
        """The places with hours and nobody to work them yet."""
        return tuple(line for line in self.plan.lines if line.quarters and line.person_id is None)


class Side(Struct, frozen=True):
    """A school in two plans: quarters and places of each."""

    school_id: str
    school: str
    place: str
    one: tuple[Line, ...]
    other: tuple[Line, ...]

    @property
    def before(self) -> int:
        return sum(line.quarters for line in self.one)

    @property
    def after(self) -> int:
        return sum(line.quarters for line in self.other)

    @property
    def is_same(self) -> bool:
        """Whether both plans have the same coaches for the same hours here."""
        return {line.where: line.quarters for line in self.one} == {
            line.where: line.quarters for line in self.other
        }


def one(engine: Engine, scope: Scope, plan_id: str) -> Plan | None:
    """One plan with its places."""
    row = store.plan(engine, plan_id, scope)
    if row is None:
        return None
    roles = defaultdict[str, set[str]](set)
    for held in store.roles(engine, plan_id, scope):
        roles[held["line_id"]].add(held["role"])
    lines = store.lines(engine, plan_id, scope)
    return Plan(**row, lines=tuple(Line(**line, roles=frozenset(roles[line["id"]])) for line in lines))


def every(engine: Engine, scope: Scope) -> tuple[Summary, ...]:
    """Every plan, the newest school year first."""
    return tuple(Summary(**row) for row in store.plans(engine, scope))


def sheet(engine: Engine, scope: Scope, plan: Plan, today: date) -> Sheet:
    """A plan by school, held against how the register stands in the school year before."""
    base = year_before(plan.school_year)
    day = placements.day_of(base, today)
    found = placements.of_year(engine, scope, base)
    now = _now(engine, scope, plan.school_year, found, day)
    asked = _asked(engine, scope, base, going_on(found))
    lines = _by_school(plan.lines)
    rows = tuple(_row(held, now.get(key), asked.get(key, frozenset())) for key, held in lines.items())
    chosen = schools.choices(engine, scope)
    without = {key for key in chosen if not any(line.quarters for line in lines.get(key, ()))}
    left_out = {
        key: now[key]
        for key in chosen
        if key in without and key in now and (now[key].is_paid or GOES_ON & set(now[key].wishes))
    }
    return Sheet(plan, base, day, rows, left_out)


def compared(one: Plan, other: Plan) -> tuple[Side, ...]:
    """Two plans school by school, in the order of their names."""
    mine, theirs = _by_school(one.lines), _by_school(other.lines)
    found = []
    for key in {**mine, **theirs}:
        line = (*mine.get(key, ()), *theirs.get(key, ()))[0]
        found.append(Side(key, line.school, line.place, mine.get(key, ()), theirs.get(key, ())))
    return tuple(sorted(found, key=lambda side: (side.school, side.place, side.school_id)))


def divided_by_placements(engine: Engine, scope: Scope, school_year: str) -> int:
    """The quarters a plan for a school year would begin with, from the placements of the year before."""
    chosen = schools.choices(engine, scope)
    running = going_on(placements.of_year(engine, scope, year_before(school_year)))
    return sum(quarters(one.hours_agreed) for one in running if one.school_id in chosen)


def school_choices(engine: Engine, scope: Scope) -> Mapping[str, str]:
    """The schools where a plan can put a coach."""
    return schools.choices(engine, scope)


def coach_choices(engine: Engine, scope: Scope) -> Mapping[str, str]:
    """The coaches a plan can put somewhere."""
    return placements.coaches(engine, scope)


def _by_school(lines: Iterable[Line]) -> dict[str, tuple[Line, ...]]:
    found = defaultdict[str, list[Line]](list)
    for line in lines:
        found[line.school_id].append(line)
    return {key: tuple(held) for key, held in found.items()}


def _row(lines: tuple[Line, ...], now: Now | None, asked: frozenset[str]) -> Row:
    covered = {role for line in lines if line.person_id and line.quarters for role in line.roles}
    one = lines[0]
    return Row(one.school_id, one.school, one.place, lines, now, frozenset(asked - covered))


def _asked(
    engine: Engine, scope: Scope, base: str, running: Iterable[Placement]
) -> dict[str, frozenset[str]]:
    """By school the roles that were agreed with a coach who works there until the end of the year."""
    roles = assignments.roles(engine, scope, base)
    found = defaultdict[str, set[str]](set)
    for one in running:
        found[one.school_id] |= roles.get(place_of(one), frozenset())
    return {key: frozenset(held) for key, held in found.items()}


def _now(
    engine: Engine, scope: Scope, school_year: str, found: Iterable[Placement], day: date
) -> dict[str, Now]:
    """How each school stands: hours of the places that run on the day, wishes of all of the year."""
    base = year_before(school_year)
    counts = {**schools.counts(engine, scope, base), **schools.counts(engine, scope, school_year)}
    by_school = defaultdict[str, list[Placement]](list)
    for one in found:
        by_school[one.school_id].append(one)
    return {
        key: _how_it_stands(held, counts[key].pupils if key in counts else None, day)
        for key, held in by_school.items()
    }


def _how_it_stands(held: list[Placement], pupils: int | None, day: date) -> Now:
    running = [one for one in held if one.runs_on(day)]
    paid = [one for one in running if one.status in WITH_A_COACH | FREE]
    needed = [one.hours_needed for one in running if one.hours_needed is not None]
    return Now(
        label=f"{held[0].school}, {held[0].place}",
        pupils=pupils,
        rule=None if pupils is None else placements.rule(pupils),
        agreed=sum(quarters(one.hours_agreed) for one in paid) / QUARTERS,
        needed=sum(needed) if needed else None,
        wishes=tuple(sorted({one.wish for one in held if one.wish})),
        is_paid=bool(paid),
    )
