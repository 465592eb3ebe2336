"""Signing in by a link: once, within a quarter of an hour, and to where you wanted to be."""

import hashlib
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from werkzeug.test import Client

from survey.access import actions as access
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import Clock, Dump, Member, Signed
from tests.survey.access.asking import Post, ask, link_in


def test_opening_the_link_changes_nothing(client: HouseClient, link: str, dump: Dump) -> None:
    before = dump()
    for _ in range(3):  # mail scanners and previews open it first
        assert client.get(link).status_code == 200
        assert Client(client.application).head(link).status_code == 200
    assert dump() == before
    assert client.post(link).status_code == 303


def test_the_link_works_once(client: HouseClient, app: Flask, link: str) -> None:
    assert client.post(link).status_code == 303
    other = app.test_client()
    assert other.get(link).status_code == 404
    assert other.post(link).status_code == 404
    assert other.get("/inloggen").status_code == 200, "the second use signed nobody in"


@pytest.mark.parametrize(("minutes", "status"), [(14.9, 303), (15, 404), (60, 404)])
def test_the_link_works_a_quarter_of_an_hour(
    minutes: float, status: int, client: HouseClient, link: str, clock: Clock
) -> None:
    clock.forward(minutes=minutes)
    assert client.post(link).status_code == status


def test_using_one_link_ends_the_others(
    client: HouseClient, app: Flask, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    first, second = (access.issue_link(engine, person_id=ana.id, at=clock()) for _ in range(2))
    assert client.post(f"/inloggen/{second}").status_code == 303
    assert app.test_client().post(f"/inloggen/{first}").status_code == 404


def test_the_link_of_someone_who_left_is_dead(
    client: HouseClient, engine: SqliteEngine, ana: Member, link: str, clock: Clock
) -> None:
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404


def test_the_link_of_someone_who_left_is_dead_even_if_it_was_never_used_up(
    client: HouseClient, engine: SqliteEngine, ana: Member, link: str
) -> None:
    engine.run("UPDATE person SET status = 'left', left_at = created_at WHERE id = :id", {"id": ana.id})
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    assert engine.rows("SELECT 1 FROM session") == []


def test_only_the_hash_of_the_link_is_stored(engine: SqliteEngine, link: str) -> None:
    token = link.removeprefix("/inloggen/")
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", token)
    (row,) = engine.rows("SELECT * FROM signin_link")
    assert row["token_hash"] == hashlib.sha256(token.encode()).hexdigest()
    assert token not in str(row)


def test_after_signing_in_you_are_where_you_wanted_to_be(
    client: HouseClient, post: Post, ana: Member
) -> None:
    page = client.get("/inloggen?next=/groei?ronde%3D3").get_data(as_text=True)
    assert 'name="next" type="hidden" value="/groei?ronde=3"' in page
    ask(client, ana.email, next="/groei?ronde=3")
    assert client.post(link_in(*post())).location == "/groei?ronde=3"


def test_a_place_elsewhere_is_forgotten(client: HouseClient, post: Post, ana: Member) -> None:
    page = client.get("/inloggen?next=//elders.example").get_data(as_text=True)
    assert "elders" not in page
    ask(client, ana.email, next="https://elders.example/")
    assert client.post(link_in(*post())).location == "/"


def test_signed_in_already_the_sign_in_page_leads_on(as_: Signed, ana: Member) -> None:
    assert as_(ana).get("/inloggen?next=/groei").location == "/groei"
    assert as_(ana).get("/inloggen?next=//elders.example").location == "/"


def test_signing_in_is_in_the_audit_log_without_the_link(
    engine: SqliteEngine, client: HouseClient, ana: Member, link: str
) -> None:
    client.post(link)
    rows = engine.rows("SELECT person_id, act, object FROM audit WHERE act = 'signed-in'")
    assert rows == [{"person_id": ana.id, "act": "signed-in", "object": None}]


def test_two_devices_use_one_link_at_the_same_moment_and_one_gets_in(app: Flask, link: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(lambda _: app.test_client().post(link).status_code, range(4)))
    assert sorted(statuses) == [303, 404, 404, 404]
