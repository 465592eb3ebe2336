"""The cast of six that tests play with: who they are, what they work on, and how they sign in."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import START, Clock, Cohorts, Member, Signed


def _member(engine: SqliteEngine, name: str, *roles: Role) -> Member:
    email = f"{name.lower()}@example.org"
    key = people.add_person(engine, name=name, email=email, roles=roles, by=None, at=START)
    return Member(key, name, email)


@pytest.fixture
def ana(engine: SqliteEngine) -> Member:
    return _member(engine, "Ana", Role.COACH)


@pytest.fixture
def cleo(engine: SqliteEngine) -> Member:
    return _member(engine, "Cleo", Role.COACH)


@pytest.fixture
def ben(engine: SqliteEngine) -> Member:
    return _member(engine, "Ben", Role.TRAINER)


@pytest.fixture
def dora(engine: SqliteEngine) -> Member:
    return _member(engine, "Dora", Role.TRAINER)


@pytest.fixture
def lea(engine: SqliteEngine) -> Member:
    return _member(engine, "Lea", Role.LEAD)


@pytest.fixture
def nobody(engine: SqliteEngine) -> Member:
    return _member(engine, "Nobody")


@pytest.fixture
def cohorts(engine: SqliteEngine, ana: Member, cleo: Member, ben: Member, dora: Member) -> Cohorts:
    """Ana in Ben's cohort, Cleo in Dora's, both since September."""
    keys = []
    for name, coach, trainer in (("najaar", ana, ben), ("voorjaar", cleo, dora)):
        key = cohorts_of.add_cohort(engine, name=name, profile="kansencoach", started_on=date(2025, 9, 1))
        cohorts_of.join(engine, cohort_id=key, person_id=coach.id, since=date(2025, 9, 1))
        cohorts_of.add_trainer(engine, cohort_id=key, person_id=trainer.id)
        keys.append(key)
    return Cohorts(*keys)


@pytest.fixture
def add_round(app: Flask, engine: SqliteEngine) -> Callable[..., str]:
    """A round of a cohort, open from `days` days ago for three weeks unless told otherwise."""

    def add(
        cohort_id: str,
        days: float = 5,
        length: float = 21,
        at: datetime = START,
        profile: str = "kansencoach",
    ) -> str:
        opens = at - timedelta(days=days)
        form = app.extensions["catalog"].reflection(profile)
        return cohorts_of.add_round(
            engine,
            cohort_id=cohort_id,
            form=form.form,
            version=form.version,
            opens_at=opens,
            closes_at=opens + timedelta(days=length),
        )

    return add


@pytest.fixture
def school_of(engine: SqliteEngine) -> Callable[[Member], str]:
    """A school where this coach works."""

    def add(coach: Member, name: str = "De Kraanheide") -> str:
        key = f"school-{name}"
        if engine.one("SELECT id FROM school WHERE id = :id", {"id": key}) is None:
            engine.insert("school", {"id": key, "name": name, "place": "Veenrand"})
        engine.insert(
            "placement",
            {
                "id": f"{key}-{coach.id}",
                "school_id": key,
                "school_year": "2025-2026",
                "person_id": coach.id,
                "status": "active",
                "starts_on": "2025-08-01",
                "ends_on": None,
            },
        )
        return key

    return add


@pytest.fixture
def as_(app: Flask, clock: Clock) -> Signed:
    """A client signed in as someone by a sign-in link; tests of access do it through its page."""
    from survey.access import actions as access

    def signed_in(member: Member) -> HouseClient:
        client = app.test_client()
        assert isinstance(client, HouseClient)
        with app.extensions["database"].session() as engine:
            link = access.issue_link(engine, person_id=member.id, at=clock())
            token = access.sign_in(engine, link=link, at=clock())
        assert token, f"{member.name} may not come in"
        with client.session_transaction() as cookie:
            cookie["token"], cookie.permanent = token, True
        return client

    return signed_in
