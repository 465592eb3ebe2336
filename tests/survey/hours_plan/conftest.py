"""Three schools with coaches this year, and a plan for the next one to begin with."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.hours_plan import actions, reports
from survey.hours_plan.plans import Plan
from survey.placement import actions as placements
from tests.conftest import START, Member, scope_of

NOW, NEXT = "2025-2026", "2026-2027"
FIRST = date(2025, 8, 1)
SCHOOLS = ("kraanheide", "wollegras", "zilvermos")

Place = Callable[..., str]
Make = Callable[..., Plan]


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture
def schools(engine: SqliteEngine) -> tuple[str, ...]:
    """Three schools that take part, with their pupils."""
    for number, name in enumerate(SCHOOLS):
        engine.insert("school", {"id": name, "name": name.capitalize(), "place": "Veenrand"})
        engine.insert("school_count", {"school_id": name, "school_year": NOW, "pupils": 75 * (number + 1)})
    return SCHOOLS


@pytest.fixture
def place(engine: SqliteEngine, lead: Scope, schools: tuple[str, ...]) -> Place:
    """A placement of this school year."""

    def add(school_id: str, coach: Member | None = None, **told: Any) -> str:
        status = "active" if coach else "vacant_funded"
        told = {"status": status, "starts_on": FIRST, "person_id": coach.id if coach else None, **told}
        details = placements.Details(school_id=school_id, **told)
        return placements.add(engine, details=details, by=lead, at=START, second=True)

    return add


@pytest.fixture
def make(engine: SqliteEngine, lead: Scope, schools: tuple[str, ...]) -> Make:
    """A plan for the next school year."""

    def of(start: str = reports.EMPTY, budget: int | None = 40, name: str = "Zoals nu") -> Plan:
        key = actions.make(engine, name=name, school_year=NEXT, budget=budget, start=start, by=lead, at=START)
        return plan_of(engine, lead, key)

    return of


def plan_of(engine: SqliteEngine, scope: Scope, key: str) -> Plan:
    """A plan as it stands."""
    found = reports.one(engine, scope, key)
    assert found is not None
    return found
