"""Acts on a plan as tests need them, and what it holds after them."""

from collections.abc import Callable
from typing import Any

from survey.access.permissions import Scope
from survey.assignment import actions as assignments
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.dividing import Place as Where
from tests.conftest import START, Member
from tests.survey.hours_plan.conftest import NOW, plan_of


def held(plan: reports.Plan) -> dict[tuple[str, str | None], int]:
    """The quarters of each place of a plan."""
    return {(where.school_id, where.person_id): number for where, number in plan.held.items()}


def add(
    engine: SqliteEngine,
    lead: Scope,
    plan: reports.Plan,
    where: Where,
    quarters: int,
    roles: list[str] | None = None,
) -> reports.Plan:
    """The plan with one more place in it."""
    actions.add(engine, plan_id=plan.id, place=where, quarters=quarters, roles=roles or [], by=lead, at=START)
    return plan_of(engine, lead, plan.id)


def note_roles(engine: SqliteEngine, lead: Scope, coach: Member, school_id: str, *roles: str) -> None:
    """Roles that a coach was given at a school this year."""
    assignments.note(
        engine,
        person_id=coach.id,
        school_id=school_id,
        school_year=NOW,
        roles=roles,
        tasks=[],
        by=lead,
        at=START,
    )


def acts(
    engine: SqliteEngine, told: dict[str, Any], line: dict[str, Any], coach: Member
) -> list[Callable[[], object]]:
    """Every act on a plan."""
    other = Where("zilvermos", None)
    return [
        lambda: actions.describe(engine, name="Anders", budget=80, **told),
        lambda: actions.add(engine, place=other, quarters=1, roles=[], **told),
        lambda: actions.change(engine, person_id=coach.id, quarters=1, roles=[], **line, **told),
        lambda: actions.move(engine, target=other, quarters=1, **line, **told),
        lambda: actions.take(engine, **line, **told),
        lambda: actions.throw_away(engine, **told),
        lambda: actions.adopt(engine, **told),
    ]
