"""A device given out of hands in the demo: the personas are no way around the code."""

from pathlib import Path

import pytest

from survey.access import lock
from survey.access.tokens import token_hash
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START
from tests.survey.demo.conftest import Loaded


@pytest.fixture
def template_database(region: Loaded) -> Path:
    return region.path


@pytest.fixture
def locked(client: HouseClient, engine: SqliteEngine) -> HouseClient:
    """The device of a coach in someone else's hands."""
    client.post("/demo/coach")
    with client.session_transaction() as cookie:
        (token,) = [value for value in cookie.values() if isinstance(value, str) and len(value) > 20]
    (row,) = engine.rows(
        "SELECT person_id FROM session WHERE token_hash = :hash", {"hash": token_hash(token)}
    )
    with client.application.app_context():
        lock.lock_session(engine, token=token, code="2468", back="/vandaag", by=row["person_id"], at=START)
    return client


def test_the_personas_ask_for_the_code_while_the_device_is_locked(locked: HouseClient) -> None:
    for reply in (locked.get("/demo"), locked.post("/demo/coach"), locked.post("/demo/lead")):
        assert (reply.status_code, reply.location) == (302, "/ontgrendelen")
    assert locked.get("/vandaag").location == "/ontgrendelen"


def test_after_the_code_someone_else_can_be_chosen(locked: HouseClient) -> None:
    locked.post("/ontgrendelen", data={"code": "2468"})
    assert locked.get("/demo").status_code == 200
    assert locked.post("/demo/lead").location == "/"


def test_a_wrong_code_opens_no_persona_either(locked: HouseClient) -> None:
    assert locked.post("/ontgrendelen", data={"code": "0000"}).status_code == 422
    assert locked.post("/demo/coach").location == "/ontgrendelen"
