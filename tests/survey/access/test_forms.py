"""Signing in and out with the CSRF protection on, as people meet it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from survey.access import actions as access
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def app(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = True
    return app


def _token(client: HouseClient, path: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path).get_data(as_text=True))
    assert found, f"{path} has no token"
    return found[1]


def _post(client: HouseClient, path: str, token: str, **data: str) -> Any:
    return client.post(path, data={"csrf_token": token, **data}, headers=OWN)


def test_every_form_of_signing_in_carries_a_token(client: HouseClient, link: str, ana: Member) -> None:
    asked = _post(client, "/inloggen", _token(client, "/inloggen"), mail=ana.email)
    assert asked.status_code == 303
    assert _post(client, link, _token(client, link)).location == "/"
    assert _post(client, "/uitloggen", _token(client, "/vandaag")).location == "/inloggen"


@pytest.mark.parametrize("path", ["/inloggen", "/uitloggen", "/uitloggen/overal", "/taal", "/mensen/nieuw"])
def test_without_a_token_nothing_happens(
    path: str, client: HouseClient, link: str, ana: Member, dump: Dump
) -> None:
    _post(client, link, _token(client, link))
    before = dump()
    reply = client.post(path, data={"mail": ana.email, "language": "en"}, headers=OWN)
    assert reply.status_code == 400
    assert client.get("/vandaag").status_code == 200
    assert dump() == before


def test_a_link_is_not_used_up_by_another_site(client: HouseClient, link: str) -> None:
    assert client.post(link).status_code == 400
    assert client.post(link, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert _post(client, link, _token(client, link)).status_code == 303


def test_a_form_that_waited_in_another_tab_is_sent_after_signing_in_again(
    client: HouseClient, link: str, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    _post(client, link, _token(client, link))
    waiting = _token(client, "/vandaag")
    clock.forward(hours=3)
    late = client.post("/taal", data={"csrf_token": waiting, "language": "en"}, headers=OWN)
    assert late.status_code == 303, "the token outlives the session"
    again = f"/inloggen/{access.issue_link(engine, person_id=ana.id, at=clock())}"
    _post(client, again, _token(client, again))
    assert _post(client, "/uitloggen/overal", waiting).location == "/inloggen"


def test_a_form_that_waited_is_not_sent_as_someone_else(
    client: HouseClient, link: str, engine: SqliteEngine, ben: Member, clock: Clock
) -> None:
    _post(client, link, _token(client, link))
    waiting = _token(client, "/vandaag")
    bens = f"/inloggen/{access.issue_link(engine, person_id=ben.id, at=clock())}"
    _post(client, bens, _token(client, bens))
    late = _post(client, "/taal", waiting, language="en")
    assert late.status_code == 400
    assert "Ben" in late.get_data(as_text=True), "the page says as whom it would be sent"


def test_signing_out_leaves_no_token_for_the_next_person(client: HouseClient, link: str) -> None:
    _post(client, link, _token(client, link))
    before = _token(client, "/vandaag")
    _post(client, "/uitloggen", before)
    assert _post(client, "/taal", before, language="en").status_code == 400
