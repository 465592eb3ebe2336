"""A case of Ana's."""

from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from tests.conftest import START, Member


@pytest.fixture
def case_id(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    row = engine.one('SELECT id FROM "case" WHERE code = :code', {"code": code})
    assert row is not None
    return str(row["id"])
