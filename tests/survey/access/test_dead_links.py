"""A link to sign in that does not work: unknown, used and expired look alike."""

import re

import pytest
from flask import Flask

from survey.access import actions as access
from survey.access import views
from survey.database import Busy, Full, SqliteEngine
from survey.web import limits
from tests.client import HouseClient
from tests.conftest import Clock, Dump, Member

UNKNOWN = "AAECAwQFBgcICQoLDA0ODw"  # 128 bits nobody was given


@pytest.mark.parametrize(
    "token",
    ["x", UNKNOWN, UNKNOWN * 20, "%00", "é", "%ED%A0%80", "' OR 1=1 --", "verstuurd2"],
)
def test_an_unknown_link_says_what_to_do(token: str, client: HouseClient, dump: Dump) -> None:
    before = dump()
    for reply in (client.get(f"/inloggen/{token}"), client.post(f"/inloggen/{token}")):
        assert reply.status_code == 404
        assert "Vraag een nieuwe link" in reply.get_data(as_text=True)
    assert dump() == before


def test_unknown_used_and_expired_links_look_alike(
    client: HouseClient, app: Flask, engine: SqliteEngine, link: str, ana: Member, clock: Clock
) -> None:
    client.post(link)
    used, unknown = app.test_client().get(link), app.test_client().get("/inloggen/x")
    unused = access.issue_link(engine, person_id=ana.id, at=clock())
    clock.forward(hours=1)
    expired = app.test_client().get(f"/inloggen/{unused}")
    pages = {
        re.sub(r'(csrf_token" value=)"[^"]+"', r"\1", reply.get_data(as_text=True))
        for reply in (used, unknown, expired)
    }
    assert len(pages) == 1


@pytest.mark.parametrize("trouble", [Full("disk is full"), Busy("locked")])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_dead_link_says_so_when_it_cannot_be_counted(
    trouble: Exception, method: str, client: HouseClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> bool:
        raise trouble

    monkeypatch.setattr(limits, "hit", refuse)
    monkeypatch.setattr(access, "sign_in", lambda *_args, **_named: None)
    reply = getattr(client, method)("/inloggen/x")
    assert reply.status_code == 404
    assert "Deze link werkt niet meer" in reply.text


def test_guessing_links_ends_and_good_links_still_work(client: HouseClient, app: Flask, link: str) -> None:
    for _ in range(views.DEAD_LINKS_PER_PLACE):
        assert client.get("/inloggen/x").status_code == 404
    assert client.get("/inloggen/x").status_code == 429
    assert client.post(link).status_code == 303
