"""Ana, her device, and a case of hers about one pupil."""

from collections.abc import Callable

import pytest

from survey.case import actions as cases
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Member


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    """The code of the case."""
    return cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)


@pytest.fixture
def coach(as_: Callable[[Member], HouseClient], ana: Member) -> HouseClient:
    """Ana at her device."""
    return as_(ana)
