"""Signing out: this device or every one, also while the database refuses."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.access import actions as access
from survey.database import Busy, Full, SqliteEngine
from tests.client import HouseClient
from tests.conftest import Clock, Member, Signed
from tests.survey.access.devices import CLOSED, cookie_of, is_in


def test_signing_out_ends_this_device_only(as_: Signed, ana: Member, engine: SqliteEngine) -> None:
    phone, laptop = as_(ana), as_(ana)
    reply = phone.post("/uitloggen")
    assert (reply.status_code, reply.location) == (303, "/inloggen")
    assert not is_in(phone)
    assert is_in(laptop)
    assert len(engine.rows("SELECT 1 FROM session WHERE revoked_at IS NOT NULL")) == 1


def test_a_cookie_kept_from_before_signing_out_is_worth_nothing(app: Flask, as_: Signed, ana: Member) -> None:
    client = as_(ana)
    kept = client.get_cookie("groeispiegel")
    assert kept is not None
    client.post("/uitloggen")
    thief = app.test_client()
    thief.set_cookie("groeispiegel", kept.value)
    assert thief.get("/inloggen").status_code == 200


def test_signing_out_twice_is_as_good_as_once(client: HouseClient, as_: Signed, ana: Member) -> None:
    assert client.post("/uitloggen").location == "/inloggen"
    signed_in = as_(ana)
    assert [signed_in.post("/uitloggen").status_code for _ in range(2)] == [303, 303]


@pytest.fixture(params=[Full("disk is full"), Busy("locked")], ids=["full", "locked"])
def nothing_ends(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Lets the database refuse to end sessions, from now on."""

    def refuse(*_args: object, **_named: object) -> None:
        raise request.param

    def begin() -> None:
        monkeypatch.setattr(access, "close_session", refuse)
        monkeypatch.setattr(access, "sign_out_everywhere", refuse)

    return begin


@pytest.mark.parametrize(("path", "elsewhere"), [("/uitloggen", False), (CLOSED, True)])
def test_signing_out_empties_this_device_and_says_what_the_server_could_not_do(
    as_: Signed, app: Flask, ana: Member, nothing_ends: Callable[[], None], path: str, elsewhere: bool
) -> None:
    client = as_(ana)
    nothing_ends()
    reply = client.post(path)
    assert reply.status_code == 503
    assert "U bent uitgelogd op dit toestel" in reply.text
    assert "120 minuten na uw laatste klik" in reply.text
    assert ("andere toestellen" in reply.text) is elsewhere
    assert "token" not in cookie_of(app, client)
    assert not is_in(client)


def test_a_session_before_that_cannot_be_ended_does_not_keep_someone_out(
    as_: Signed,
    ana: Member,
    ben: Member,
    engine: SqliteEngine,
    clock: Clock,
    nothing_ends: Callable[[], None],
) -> None:
    shared = as_(ana)
    link = access.issue_link(engine, person_id=ben.id, at=clock())
    nothing_ends()
    assert shared.post(f"/inloggen/{link}").status_code == 303
    assert "Ben" in shared.get("/", follow_redirects=True).text


def test_signing_out_everywhere_ends_every_device_and_open_links(
    as_: Signed, app: Flask, ana: Member, ben: Member, engine: SqliteEngine, clock: Clock
) -> None:
    phone, laptop, bens = as_(ana), as_(ana), as_(ben)
    link = access.issue_link(engine, person_id=ana.id, at=clock())
    assert phone.post("/uitloggen/overal").location == "/inloggen"
    assert not is_in(phone)
    assert not is_in(laptop)
    assert is_in(bens)
    assert app.test_client().get(f"/inloggen/{link}").status_code == 404
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'signed-out-everywhere'")
    assert noted == [{"person_id": ana.id, "object": ana.id}]
