"""What adopting a plan does to the register, step by step, and doing it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from survey.access.permissions import Scope
from survey.clock import days_of_school_year, year_before
from survey.database import Engine
from survey.hours_plan.dividing import QUARTERS, Place
from survey.hours_plan.plans import Line, Plan
from survey.hours_plan.starting import going_on, place_of, quarters
from survey.placement import actions as placements
from survey.placement import reports
from survey.placement.reports import END_OF_YEAR, FREE, Placement

Does = Literal["continues", "begins", "changes", "stays", "ends", "beside"]


class Step(Struct, frozen=True):
    """What happens to a place: `line` is how the plan has it, `placement` how the register has it now."""

    does: Does
    line: Line | None = None
    placement: Placement | None = None

    @property
    def more(self) -> int:
        """The quarters a week this adds, negative where it takes."""
        before = quarters(self.placement.hours_agreed) if self.placement else 0
        return (self.line.quarters if self.line else 0) - before


class Clashes(Exception):
    """Some steps cannot be done: why, by place in the steps; nothing was stored."""

    def __init__(self, refusals: Mapping[int, Exception]) -> None:
        super().__init__(sorted(refusals))
        self.refusals = refusals


def steps(engine: Engine, scope: Scope, plan: Plan) -> tuple[Step, ...]:
    """What adopting does, by school: a place without hours in the plan is none."""
    of_year = reports.of_year(engine, scope, plan.school_year)
    there = [one for one in of_year if one.status != "ended"]
    base = reports.of_year(engine, scope, year_before(plan.school_year))
    gone_on = {one.follows for one in of_year}
    running = [one for one in going_on(base) if one.id not in gone_on]
    standing, before = _by_place(there), _by_place(running)
    lines = [line for line in plan.lines if line.quarters]
    planned = [_step(line, standing.get(line.where), before.get(line.where)) for line in lines]
    touched = {step.placement.id for step in planned if step.placement}
    settled = touched | gone_on
    found = [
        *planned,
        *(Step("beside", None, one) for one in there if one.id not in touched),
        *(Step("ends", None, one) for one in _open(base) if one.id not in settled),
    ]
    return tuple(sorted(found, key=_school))


def carry_out(engine: Engine, found: Sequence[Step], plan: Plan, *, by: Scope, at: datetime) -> None:
    """Do all steps inside the caller's act, those that take hours first; raises Clashes where one cannot."""
    refusals: dict[int, Exception] = {}
    for number in sorted(range(len(found)), key=lambda number: found[number].more):
        try:
            _do(engine, found[number], plan, by=by, at=at)
        except (
            placements.Misfit,
            placements.NoCoach,
            placements.NotNow,
            placements.Overlaps,
            placements.TooManyHours,
        ) as refusal:
            refusals[number] = refusal
    if refusals:
        raise Clashes(refusals)


def _step(line: Line, there: Placement | None, before: Placement | None) -> Step:
    if there is not None:
        return Step("stays" if quarters(there.hours_agreed) == line.quarters else "changes", line, there)
    return Step("continues" if before is not None else "begins", line, before)


def _by_place(found: Iterable[Placement]) -> dict[Place, Placement]:
    """The first placement in each place of a plan."""
    by_place: dict[Place, Placement] = {}
    for one in found:
        if one.person_id is not None or one.status in FREE:
            by_place.setdefault(place_of(one), one)
    return by_place


def _open(base: Iterable[Placement]) -> list[Placement]:
    """The placements of a year that run until its end and did not end yet, paid for or not."""
    return [
        one for one in base if one.status != "ended" and one.until == days_of_school_year(one.school_year)[1]
    ]


def _school(step: Step) -> tuple[str, str, str]:
    one = step.line or step.placement
    return (one.school, one.place, one.coach or "~") if one else ("", "", "")


def _do(engine: Engine, step: Step, plan: Plan, *, by: Scope, at: datetime) -> None:
    if step.does == "begins" and step.line:
        placements.add(engine, details=_details(step.line, plan), by=by, at=at, second=True)
    elif step.does == "continues" and step.line and step.placement:
        hours = step.line.quarters / QUARTERS
        placements.continue_next_year(
            engine, placement_id=step.placement.id, by=by, at=at, hours_agreed=hours
        )
    elif step.does == "changes" and step.line and step.placement:
        hours = step.line.quarters / QUARTERS
        details = replace(placements.details_of(step.placement), hours_agreed=hours)
        placements.change(engine, placement_id=step.placement.id, details=details, by=by, at=at, second=True)
    elif step.does == "ends" and step.placement:
        placements.end(
            engine,
            placement_id=step.placement.id,
            ends_on=days_of_school_year(step.placement.school_year)[1],
            reason=END_OF_YEAR,
            vacancy=False,
            by=by,
            at=at,
        )


def _details(line: Line, plan: Plan) -> placements.Details:
    return placements.Details(
        school_id=line.school_id,
        person_id=line.person_id,
        status="agreed" if line.person_id else "vacant_funded",
        starts_on=days_of_school_year(plan.school_year)[0],
        hours_agreed=line.quarters / QUARTERS,
    )
