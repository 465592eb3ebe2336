"""Noting an assignment in code, as a lead."""

from collections.abc import Callable, Collection

import pytest

from survey.access.permissions import Role
from survey.assignment import actions
from survey.database import SqliteEngine
from tests.conftest import START, Member, scope_of

YEAR = "2025-2026"


@pytest.fixture
def assigned(engine: SqliteEngine, lea: Member, school_of: Callable[..., str]) -> Callable[..., str]:
    """An assignment of a coach at a school where the coach works; the id of the school."""

    def note(
        coach: Member,
        tasks: Collection[str] = (),
        roles: Collection[str] = (),
        *,
        school: str = "De Kraanheide",
        year: str = YEAR,
    ) -> str:
        school_id = school_of(coach, school)
        actions.note(
            engine,
            person_id=coach.id,
            school_id=school_id,
            school_year=year,
            roles=roles,
            tasks=tasks,
            by=scope_of(lea, Role.LEAD),
            at=START,
        )
        return school_id

    return note
