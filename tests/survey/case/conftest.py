"""Ana, her device, and a case of hers about one pupil."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions as checkins
from survey.current import catalog
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.case.asking import case_id


@pytest.fixture
def code(engine: SqliteEngine, ana: Member, school_of: Callable[..., str]) -> str:
    """The code of the case."""
    return cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)


@pytest.fixture
def coach(as_: Callable[[Member], HouseClient], ana: Member) -> HouseClient:
    """Ana at her device."""
    return as_(ana)


@pytest.fixture
def ask(app: Flask, engine: SqliteEngine, code: str, ana: Member, clock: Clock) -> Callable[[], str]:
    """Ask the pupil and return the address of the form."""

    def ask() -> str:
        pupil = cases.add_informant(engine, case_id=case_id(engine, code), who=Who("pupil", 1))
        with app.app_context():
            form = catalog().get("relationship-pupil")
            _link, token = checkins.ask(
                engine, informant_id=pupil, form=form.form, version=form.version, by=ana.id, at=clock()
            )
        return f"/c/{token}"

    return ask
