"""Schools of two municipalities, and a placement to begin with."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from survey.access.permissions import Role, Scope
from survey.database import SqliteEngine
from survey.placement import actions, reports
from survey.placement.actions import Details
from tests.client import HouseClient, every, parsed, words
from tests.conftest import START, Member, Signed, scope_of

YEAR = "2025-2026"
FIRST = date(2025, 8, 1)

Add = Callable[..., str]
School = Callable[..., str]


@pytest.fixture
def lead(lea: Member) -> Scope:
    return scope_of(lea, Role.LEAD)


@pytest.fixture
def school(engine: SqliteEngine) -> School:
    """A school, with what it counted this year where that is told."""

    def make(name: str, municipality: str = "Veenrand", pupils: int | None = None, year: str = YEAR) -> str:
        key = f"s-{name}"
        if engine.one("SELECT id FROM school WHERE id = :id", {"id": key}) is None:
            engine.insert(
                "school", {"id": key, "name": name, "place": municipality, "municipality": municipality}
            )
        if pupils is not None:
            engine.insert("school_count", {"school_id": key, "school_year": year, "pupils": pupils})
        return key

    return make


@pytest.fixture
def kraanheide(school: School) -> str:
    return school("De Kraanheide", pupils=112)


@pytest.fixture
def wollegras(school: School) -> str:
    return school("Het Wollegras", "Heidewold", 205)


@pytest.fixture
def place(engine: SqliteEngine, lead: Scope) -> Add:
    """A placement of this school year, active where there is a coach and wanted where there is none."""

    def add(school_id: str, coach: Member | None = None, *, second: bool = False, **told: Any) -> str:
        told = {"status": "active" if coach else "wanted", "starts_on": FIRST, **told}
        details = Details(school_id=school_id, person_id=coach.id if coach else None, **told)
        return actions.add(engine, details=details, by=lead, at=START, second=second)

    return add


def standing(engine: SqliteEngine, by: Scope, key: str) -> reports.Placement:
    """A placement as the register holds it."""
    found = reports.one(engine, by, key)
    assert found is not None
    return found


@pytest.fixture
def as_lea(as_: Signed, lea: Member) -> HouseClient:
    return as_(lea)


def text_of(client: HouseClient, address: str) -> str:
    reply = client.get(address)
    assert reply.status_code == 200
    (main,) = every(parsed(reply.get_data(as_text=True)), "main")
    return words(main)


@pytest.fixture
def some(place: Add, kraanheide: str, wollegras: str, school: School, ana: Member, cleo: Member) -> list[str]:
    """Places of every kind, with words that a spreadsheet would run."""
    gagelhof = school("De Gagelhof", pupils=149)
    return [
        place(kraanheide, ana, hours_agreed=3.25, hours_needed=4.5, needed_because="many_questions"),
        place(
            kraanheide,
            cleo,
            status="ended",
            ends_on=date(2025, 12, 31),
            employer="=Zorg; & \"co\", +1",
            needed_note="-veel; vragen",
            second=True,
        ),
        place(gagelhof, status="vacant_funded", hours_agreed=4.0),
        place(wollegras, cleo, status="click_conversation", click_on=date(2026, 1, 28), agreed_note="'t Erf"),
    ]  # fmt: skip
