"""What the tests of schools share: a lead at her device, schools, and lists to read."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.school import actions, reports
from survey.school.actions import Details
from survey.school.reports import School
from tests.client import HouseClient
from tests.conftest import START, Member, scope_of

OFFICIAL = (
    "PROVINCIE;BEVOEGD GEZAG NUMMER;BRIN NUMMER;VESTIGINGSNUMMER;VESTIGINGSNAAM;STRAATNAAM;"
    "HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE\n"
    "Drenthe;41234;12AB;12AB00;De Kraanheide;Veenweg;3;7811 AB;VEENRAND;0114;VEENRAND;Openbaar\n"
    "Drenthe;41234;12AB;12AB01;De Ésdoorn;Turfkade;12-a;7812CD;'S-GRAVENMOER;0114;WIJK AAN VEEN;Openbaar\n"
)


@pytest.fixture
def leas(as_: Callable[[Member], HouseClient], lea: Member) -> HouseClient:
    return as_(lea)


@pytest.fixture
def add_school(engine: SqliteEngine, lea: Member) -> Callable[..., str]:
    """A school that takes part."""

    def add(name: str = "De Kraanheide", place: str = "Veenrand", **more: Any) -> str:
        details = Details(name=name, place=place, **more)
        return actions.add(engine, details=details, by=scope_of(lea, Role.LEAD), at=START)

    return add


@pytest.fixture
def find(engine: SqliteEngine, lea: Member) -> Callable[[str], School]:
    """A school by its name, as the lead sees it."""

    def found(name: str) -> School:
        (row,) = engine.rows("SELECT id FROM school WHERE name = :name", {"name": name})
        school = reports.find(engine, scope_of(lea, Role.LEAD), row["id"])
        assert school is not None
        return school

    return found
