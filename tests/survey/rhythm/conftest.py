"""A plan of Ben's cohort in Lea's hands, and time that ticks by."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.database import SqliteEngine
from survey.questionnaire.catalog import Catalog
from survey.rhythm import actions, reports
from survey.rhythm.current import school_holidays
from survey.rhythm.holidays import Region
from tests.client import HouseClient
from tests.conftest import Clock, Cohorts, Member, scope_of
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
def plan(app: Flask, engine: SqliteEngine, catalog: Catalog, cohorts: Cohorts, lea: Member) -> None:
    """The plan of Ben's cohort as it is proposed at the end of the summer holidays."""
    year, region = "2026-2027", Region.NOORD
    cohort = reports.cohort(engine, cohorts.bens)
    assert cohort
    with app.test_request_context():
        stands = reports.standing(engine, cohorts.bens, year, SUMMER)
        found = reports.proposal(stands, cohort, year, region=region, holidays=school_holidays(), at=SUMMER)
        actions.make_plan(
            engine,
            cohort_id=cohorts.bens,
            school_year=year,
            region=region,
            form=catalog.reflection(cohort.profile),
            slots=[one.slot for one in found if one.left_out is None],
            by=scope_of(lea, Role.LEAD),
            at=SUMMER,
        )


@pytest.fixture
def address(cohorts: Cohorts) -> str:
    return f"/jaarplan/{cohorts.bens}/2026-2027"
