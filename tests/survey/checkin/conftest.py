"""A case of Ana, and links to the people in it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.case import actions as cases
from survey.case.informants import Who
from survey.checkin import actions
from survey.checkin.reports import address
from survey.clock import stamp
from survey.database import SqliteEngine
from tests.conftest import BOTH_AGREE, START, Clock, Member

ANSWERS = {"w1": "3", "w2": "4", "w3": "1", "w4": "0"}
HOW_IT_GOES = {"u1": "3", "u2": "4", "u3": "1", "u4": "0"}
TODAY = START.date()


@dataclass(frozen=True)
class Asked:
    """A link and where it leads."""

    id: str
    token: str
    informant: str

    @property
    def path(self) -> str:
        return f"/c/{self.token}"


Ask = Callable[..., Asked]


@pytest.fixture(autouse=True)
def _in_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def case_id(engine: SqliteEngine, ana: Member, school_of: Callable[[Member], str]) -> str:
    code = cases.open_case(engine, school_id=school_of(ana), by=ana.id, at=START)
    found = engine.one('SELECT id FROM "case" WHERE code = :code', {"code": code})
    assert found
    return str(found["id"])


@pytest.fixture
def ask(engine: SqliteEngine, ana: Member, case_id: str, clock: Clock) -> Ask:
    """A fresh link to someone in the case; for a pupil the parents agree first."""

    def fresh(
        kind: str = "parent", number: int = 1, family: str = "relationship", goal: str | None = None
    ) -> Asked:
        if kind == "pupil":
            cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=clock())
        informant = cases.add_informant(engine, case_id=case_id, who=Who(kind, number))
        link_id, token = actions.ask(
            engine,
            informant_id=informant,
            form=f"{family}-{kind}",
            version="1.0",
            by=ana.id,
            at=clock(),
            goal=goal,
        )
        assert address(link_id).endswith(f"/c/{token}")
        return Asked(link_id, token, informant)

    return fresh


@pytest.fixture
def plain(app: Flask) -> FlaskClient:
    """A client that takes packed and empty pages as they come."""
    return FlaskClient(app, app.response_class)


@pytest.fixture
def link(ask: Callable[..., Asked]) -> Asked:
    return ask()


@pytest.fixture
def card(engine: SqliteEngine, ana: Member, case_id: str) -> Callable[..., str]:
    """The path of a fresh card of someone in the case."""

    def make(kind: str = "parent", number: int = 1) -> str:
        informant = cases.add_informant(engine, case_id=case_id, who=Who(kind, number))
        made = actions.make_card(engine, informant_id=informant, by=ana.id, at=START)
        return made.address.removeprefix("http://localhost")

    return make


@pytest.fixture
def talked(engine: SqliteEngine, case_id: str) -> Callable[..., None]:
    """A talk that stands in the case."""

    def note(day: date, who: str = "parent-1", kind: str = "meeting", state: str = "done") -> None:
        key = f"talk-{day}-{kind}-{state}-{who}"
        row = {"id": key, "case_id": case_id, "kind": kind, "state": state, "day": day.isoformat()}
        engine.insert("talk", {**row, "noted_at": stamp(START)})
        engine.insert("talk_with", {"talk_id": key, "who": who})

    return note


@pytest.fixture
def answered(engine: SqliteEngine, ask: Ask, clock: Clock) -> Callable[..., None]:
    """An answer of the parent so many days ago."""

    def answer(family: str, days: int) -> None:
        at = clock.at
        clock.at = START - timedelta(days=days)
        values = ANSWERS if family == "relationship" else HOW_IT_GOES
        link = ask(family=family)
        reply = {item: int(value) for item, value in values.items()}
        actions.submit(engine, token=link.token, reply=reply, clock=clock)
        clock.at = at

    return answer


def begun(engine: SqliteEngine) -> list[dict[str, Any]]:
    """The links without an answer."""
    rows = engine.rows("SELECT form, goal FROM checkin_link WHERE id NOT IN (SELECT link_id FROM checkin)")
    return [dict(row) for row in rows]
