"""What the tests of events share: an event of Ben's cohort, and coaches who chose a focus."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.clock import stamp
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.event import actions, reports
from survey.event.reports import Event
from survey.people import actions as people
from tests.conftest import START, Cohorts, Member, scope_of

MakeEvent = Callable[..., Event]
Focus = Callable[..., None]


@pytest.fixture
def bens(ben: Member) -> Scope:
    return scope_of(ben, Role.TRAINER)


@pytest.fixture
def event_of(engine: SqliteEngine, cohorts: Cohorts, bens: Scope, ben: Member) -> MakeEvent:
    """An event of Ben's cohort, `days` from now, two hours long."""

    def make(days: float = 7, **other: Any) -> Event:
        starts_at = START + timedelta(days=days)
        row: dict[str, Any] = {
            "kind": "intervision",
            "title": "Een gesprek dat vastliep",
            "place": "De Turfschuur",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=2),
            "cohort_ids": [cohorts.bens],
            "themes": ["scales_up_or_down"],
            "by": None,
            "at": START - timedelta(days=60),
        }
        key = actions.add_event(engine, **(row | other))
        found = reports.event(engine, bens, key)
        assert found is not None
        return found

    return make


@pytest.fixture
def noor(engine: SqliteEngine, cohorts: Cohorts) -> Member:
    """A second coach of Ben's cohort."""
    key = people.add_person(
        engine, name="Noor", email="noor@example.org", roles=[Role.COACH], by=None, at=START
    )
    cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=key, since=date(2025, 9, 1))
    return Member(key, "Noor", "noor@example.org")


@pytest.fixture
def focus_of(engine: SqliteEngine, cohorts: Cohorts, add_round: Callable[..., str]) -> Focus:
    """A submitted reflection with these focus items, in one round of Ben's cohort."""
    round_id = add_round(cohorts.bens)

    def choose(member: Member, *items: str) -> None:
        key = f"reflection-{member.id}"
        engine.insert(
            "reflection",
            {
                "id": key,
                "round_id": round_id,
                "person_id": member.id,
                "revision": 1,
                "started_at": stamp(START),
                "saved_at": stamp(START),
                "submitted_at": stamp(START),
            },
        )
        engine.insert(
            "focus", [{"reflection_id": key, "item": item, "aim": "met mijn eigen woorden"} for item in items]
        )

    return choose
