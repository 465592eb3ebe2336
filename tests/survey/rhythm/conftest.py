"""A plan of Ben's cohort in Lea's hands, and time that ticks by."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from tests.client import HouseClient
from tests.conftest import Clock, Cohorts, Member
from tests.survey.rhythm.planning import SUMMER
from tests.survey.rhythm.ticking import Ticking


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    found = app.extensions["catalog"]
    assert isinstance(found, Catalog)
    return found


@pytest.fixture
def ticking(
    engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, add_round: Callable[..., str]
) -> Ticking:
    return Ticking(engine, catalog, cohorts, add_round)


@pytest.fixture
def lead(as_: Callable[[Member], HouseClient], lea: Member, clock: Clock) -> HouseClient:
    """Lea, at the end of the summer holidays."""
    clock.at = SUMMER
    return as_(lea)


@pytest.fixture
def address(cohorts: Cohorts) -> str:
    return f"/jaarplan/{cohorts.bens}/2026-2027"
