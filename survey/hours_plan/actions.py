"""Acts of a lead on plans: making, dividing hours and coaches, throwing away, and adopting one.

Each act on a plan tells with `shown` which revision was seen, and changes all or nothing.
"""

from collections.abc import Collection
from datetime import datetime

from survey.access import audit
from survey.access.permissions import NotYours as NotYours
from survey.access.permissions import Permission, Scope
from survey.clock import stamp
from survey.database import Engine, Refused, new_key
from survey.hours_plan import adopting, dividing, reports, store
from survey.hours_plan.adopting import Clashes as Clashes
from survey.hours_plan.dividing import Held, Place
from survey.hours_plan.dividing import Short as Short
from survey.hours_plan.dividing import Taken as Taken
from survey.hours_plan.dividing import TooFew as TooFew
from survey.hours_plan.dividing import TooMuch as TooMuch
from survey.hours_plan.plans import Line, Plan
from survey.hours_plan.starting import Given
from survey.hours_plan.starting import given as given_by

LONGEST_NAME = 80
LARGEST = 400_000  # quarters of an hour a week


class Changed(Exception):
    """Someone else changed this plan since the page showed it; nothing was stored."""


class Adopted(Exception):
    """This plan was adopted, so it stays as it is; nothing was stored."""


class Empty(ValueError):
    """No place of this plan has hours, so adopting it would only end what there is; nothing was stored."""


class SameName(ValueError):
    """A plan of this school year has this name already; nothing was stored."""


def make(
    engine: Engine,
    *,
    name: str,
    school_year: str,
    budget: int | None,
    start: str,
    by: Scope,
    at: datetime,
    key: str | None = None,
) -> str:
    """Make a plan; its id. A form that comes in twice, with the same `key`, makes one.

    It starts from `placements` of the school year before, `empty`, or as a copy of the plan with that id.
    Without a budget it is what the start divides. Raises NotYours, Short or SameName.
    """
    key = key or new_key()
    with engine.atomic():
        _keeper(by)
        if store.plan(engine, key, by):
            return key
        given = given_by(engine, by, start=start, school_year=school_year)
        held = {one.place: one.quarters for one in given}
        budget = sum(held.values()) if budget is None else budget
        dividing.refuse_short(budget, held)
        row = {"id": key, "name": name, "school_year": school_year, "budget": budget}
        try:
            store.insert_plan(engine, {**row, "made_by": by.person_id, "made_at": stamp(at)})
        except Refused as refusal:
            raise SameName(name) from refusal
        _insert(engine, key, given)
        audit.note(engine, act="plan-made", by=by.person_id, at=at, object=key)
    return key


def describe(
    engine: Engine, *, plan_id: str, name: str, budget: int, by: Scope, at: datetime, shown: int | None = None
) -> None:
    """Give a plan another name or budget. Raises NotYours, Changed, Adopted, Short or SameName."""
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        dividing.refuse_short(budget, plan.held)
        try:
            store.update_plan(engine, plan_id, {"name": name, "budget": budget})
        except Refused as refusal:
            raise SameName(name) from refusal
        audit.note(engine, act="plan-changed", by=by.person_id, at=at, object=plan_id)


def add(
    engine: Engine,
    *,
    plan_id: str,
    place: Place,
    quarters: int,
    roles: Collection[str],
    by: Scope,
    at: datetime,
    shown: int | None = None,
) -> None:
    """Put a coach, or nobody yet, at a school. Raises NotYours, Changed, Adopted, Taken, Short or TooMuch."""
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        dividing.put(plan.budget, plan.held, place, quarters)
        _insert(engine, plan_id, [Given(place, quarters, frozenset(roles))])
        _note(engine, plan_id, by=by, at=at)


def change(
    engine: Engine,
    *,
    plan_id: str,
    line_id: str,
    person_id: str | None,
    quarters: int,
    roles: Collection[str],
    by: Scope,
    at: datetime,
    shown: int | None = None,
) -> None:
    """Put another coach in a place, or other hours or roles. Raises as `add`."""
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        line = _line(plan, line_id)
        target = Place(line.school_id, person_id)
        dividing.change(plan.budget, plan.held, line.where, target, quarters)
        store.update_lines(engine, [{"id": line_id, "person_id": person_id, "quarters": quarters}])
        store.replace_roles(engine, {line_id: roles})
        _note(engine, plan_id, by=by, at=at)


def move(
    engine: Engine,
    *,
    plan_id: str,
    line_id: str,
    target: Place,
    quarters: int,
    by: Scope,
    at: datetime,
    shown: int | None = None,
) -> None:
    """Take quarters from one place to another, which begins with the same roles where it is new.

    Raises NotYours, Changed, Adopted, TooFew, Taken or TooMuch.
    """
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        source = _line(plan, line_id)
        wanted = dividing.move(plan.held, source.where, target, quarters)
        _write(engine, plan, wanted, source)
        _note(engine, plan_id, by=by, at=at)


def take(
    engine: Engine, *, plan_id: str, line_id: str, by: Scope, at: datetime, shown: int | None = None
) -> None:
    """Take a place out; its hours can be divided again. Raises NotYours, Changed or Adopted."""
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        store.delete_lines(engine, [_line(plan, line_id).id])
        _note(engine, plan_id, by=by, at=at)


def throw_away(engine: Engine, *, plan_id: str, by: Scope, at: datetime, shown: int | None = None) -> None:
    """Delete a plan. Raises NotYours, Changed or Adopted."""
    with engine.atomic():
        store.delete_plan(engine, _standing(engine, plan_id, by, shown).id)
        audit.note(engine, act="plan-deleted", by=by.person_id, at=at, object=plan_id)


def adopt(engine: Engine, *, plan_id: str, by: Scope, at: datetime, shown: int | None = None) -> None:
    """Make the placements of the school year as the plan has them, all or none.

    Raises NotYours, Changed, Adopted, Empty, or Clashes with why, by place in the steps of `reports.steps`.
    """
    with engine.atomic():
        plan = _standing(engine, plan_id, by, shown)
        if not plan.divided:
            raise Empty
        adopting.carry_out(engine, adopting.steps(engine, by, plan), plan, by=by, at=at)
        store.update_plan(engine, plan_id, {"adopted_at": stamp(at)})
        audit.note(engine, act="plan-adopted", by=by.person_id, at=at, object=plan_id)


def _keeper(by: Scope) -> None:
    if not by.can(Permission.KEEP_REGISTER):
        raise NotYours


def _standing(engine: Engine, plan_id: str, by: Scope, shown: int | None) -> Plan:
    """A plan that can be changed, as it stands."""
    found = reports.one(engine, by, plan_id)
    if found is None:
        raise NotYours
    if found.adopted_at:
        raise Adopted
    if shown is not None and shown != found.revision:
        raise Changed
    return found


def _line(plan: Plan, line_id: str) -> Line:
    if line_id not in plan.by_id:
        raise NotYours
    return plan.by_id[line_id]


def _insert(engine: Engine, plan_id: str, given: Collection[Given]) -> None:
    keyed = [(new_key(), one) for one in given]
    store.insert_lines(
        engine,
        [
            {"id": key, "plan_id": plan_id, **one.place._asdict(), "quarters": one.quarters}
            for key, one in keyed
        ],
    )
    store.replace_roles(engine, {key: one.roles for key, one in keyed})


def _write(engine: Engine, plan: Plan, wanted: Held, source: Line) -> None:
    """Write what differs; a new place begins with the roles of the one its hours come from."""
    store.delete_lines(engine, [line.id for line in plan.lines if line.where not in wanted])
    store.update_lines(
        engine,
        [
            {"id": line.id, "person_id": line.person_id, "quarters": wanted[line.where]}
            for line in plan.lines
            if wanted.get(line.where, line.quarters) != line.quarters
        ],
    )
    new = [Given(place, wanted[place], source.roles) for place in wanted if place not in plan.held]
    _insert(engine, plan.id, new)


def _note(engine: Engine, plan_id: str, *, by: Scope, at: datetime) -> None:
    store.update_plan(engine, plan_id, {})
    audit.note(engine, act="plan-changed", by=by.person_id, at=at, object=plan_id)
