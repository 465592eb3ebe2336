"""Sessions: what the cookie holds, when they end, and who loses them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app import create_app
from survey.access import actions as access
from survey.access.tokens import token_hash
from survey.config import Settings
from survey.database import Busy, Full, SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import SECRET, Clock, Member

Signed = Callable[[Member], HouseClient]
CLOSED = "/uitloggen/overal"  # for everyone who is signed in


def _signed_in(client: HouseClient) -> bool:
    """The sign-in page leads on when someone is signed in."""
    return client.get("/inloggen").status_code == 302


def _cookie(app: Flask, client: HouseClient, name: str = "groeispiegel") -> dict[str, Any]:
    cookie = client.get_cookie(name)
    assert cookie is not None
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held: dict[str, Any] = serializer.loads(cookie.value)
    return held


def test_the_cookie_holds_a_token_and_nothing_about_the_person(
    app: Flask, as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    held = _cookie(app, as_(ana))
    assert set(held) - {"csrf_token", "language", "_permanent"} == {"token"}
    (row,) = engine.rows("SELECT token_hash, person_id FROM session")
    assert row == {"token_hash": token_hash(held["token"]), "person_id": ana.id}


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    app: Flask, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    token = access.issue_link(engine, person_id=ana.id, at=clock())
    set_cookie = app.test_client().post(f"/inloggen/{token}").headers["Set-Cookie"]
    assert set_cookie.startswith("groeispiegel=")
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_cookie.split("; "))
    assert "Secure" not in set_cookie


def test_looking_at_a_page_sends_no_new_cookie(as_: Signed, ana: Member) -> None:
    client = as_(ana)
    assert "Set-Cookie" not in client.get("/mensen").headers
    assert "Set-Cookie" not in client.get("/inloggen").headers


@pytest.fixture
def secure_app(tmp_path: Path, clock: Clock, template_database: Path) -> Iterator[Flask]:
    settings = Settings.from_environment(
        {
            "DATABASE": str(tmp_path / "secure.db"),
            "SECRET_KEY": SECRET,
            "BASE_URL": "https://groeispiegel.example",
            "SMTP_HOST": "mail.example",
            "MAIL_FROM": "noreply@groeispiegel.example",
        }
    )
    shutil.copyfile(template_database, settings.DATABASE)
    app = create_app({"SETTINGS": settings, "CLOCK": clock, "DURABLE": False, "WTF_CSRF_ENABLED": False})
    yield app
    app.extensions["database"].close()


def test_under_https_the_cookie_belongs_to_this_host_alone(secure_app: Flask, clock: Clock) -> None:
    with secure_app.extensions["database"].session() as engine:
        ana = people.add_person(engine, name="Ana", email="ana@example.org", roles=(), by=None, at=clock())
        token = access.issue_link(engine, person_id=ana, at=clock())
    reply = secure_app.test_client().post(f"/inloggen/{token}", base_url="https://groeispiegel.example")
    set_cookie = reply.headers["Set-Cookie"]
    assert set_cookie.startswith("__Host-groeispiegel=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(set_cookie.split("; "))
    assert "Domain" not in set_cookie


@pytest.mark.parametrize("cookie", ["", "x", "eyJ0b2tlbiI6IngifQ.aaaa.bbbb"])
def test_a_made_up_cookie_signs_nobody_in(cookie: str, app: Flask, ana: Member) -> None:
    client = app.test_client()
    client.set_cookie("groeispiegel", cookie)
    assert client.get("/inloggen").status_code == 200


@pytest.mark.parametrize("token", ["x", "", None, 7, ["x"], {"x": 1}])
def test_a_signed_cookie_with_another_token_signs_nobody_in(
    token: object, app: Flask, as_: Signed, ana: Member
) -> None:
    client = as_(ana)
    with client.session_transaction() as held:
        held["token"] = token
    assert not _signed_in(client)


def test_a_session_ends_after_two_idle_hours(as_: Signed, ana: Member, clock: Clock) -> None:
    client = as_(ana)
    for _ in range(3):
        clock.forward(minutes=119)
        assert _signed_in(client), "each visit starts the two hours again"
    clock.forward(minutes=120)
    assert not _signed_in(client)
    clock.forward(minutes=-60)
    assert _signed_in(client), "ended by the clock, not by the visit"


def test_a_session_ends_after_two_weeks_however_busy(as_: Signed, ana: Member, clock: Clock) -> None:
    client = as_(ana)
    visits = 0
    while _signed_in(client):
        clock.forward(hours=1)
        visits += 1
        assert visits <= 336
    assert visits == 336


def test_being_seen_is_written_at_most_once_a_minute(
    as_: Signed, ana: Member, clock: Clock, engine: SqliteEngine
) -> None:
    client = as_(ana)
    seen = []
    for seconds in (0, 59, 1, 30):
        clock.forward(seconds=seconds)
        assert _signed_in(client)
        seen.append(engine.rows("SELECT seen_at FROM session")[0]["seen_at"][14:19])
    assert seen == ["00:00", "00:00", "01:00", "01:00"]


@pytest.mark.parametrize("trouble", [Full("disk is full"), Busy("locked")])
def test_reading_goes_on_when_being_seen_cannot_be_written(
    trouble: Exception, as_: Signed, ana: Member, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object, **_named: object) -> None:
        raise trouble

    client = as_(ana)
    clock.forward(minutes=2)
    monkeypatch.setattr(access, "see_session", refuse)
    assert _signed_in(client)


def test_signing_out_ends_this_device_only(as_: Signed, ana: Member, engine: SqliteEngine) -> None:
    phone, laptop = as_(ana), as_(ana)
    reply = phone.post("/uitloggen")
    assert (reply.status_code, reply.location) == (303, "/inloggen")
    assert not _signed_in(phone)
    assert _signed_in(laptop)
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
    assert "token" not in _cookie(app, client)
    assert not _signed_in(client)


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
    assert not _signed_in(phone)
    assert not _signed_in(laptop)
    assert _signed_in(bens)
    assert app.test_client().get(f"/inloggen/{link}").status_code == 404
    noted = engine.rows("SELECT person_id, object FROM audit WHERE act = 'signed-out-everywhere'")
    assert noted == [{"person_id": ana.id, "object": ana.id}]


def test_someone_who_leaves_is_out_at_once(
    as_: Signed, ana: Member, engine: SqliteEngine, app: Flask, clock: Clock
) -> None:
    client = as_(ana)
    assert _signed_in(client)
    people.leave(engine, person_id=ana.id, at=clock(), by=None)
    assert not _signed_in(client)
    assert client.post(CLOSED).status_code == 401


def test_a_session_of_someone_who_left_is_dead_even_if_it_was_never_ended(
    as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    client = as_(ana)
    engine.run(
        "UPDATE person SET status = 'left', left_at = '2026-01-20T10:00:00+00:00' WHERE id = :id",
        {"id": ana.id},
    )
    assert not _signed_in(client)


def test_requests_never_share_who_is_signed_in(app: Flask, as_: Signed, lea: Member, ana: Member) -> None:
    leas, anas = as_(lea), as_(ana)
    with app.app_context():  # commands and workers may hold one open around several requests
        assert leas.get("/mensen").status_code == 200
        assert anas.get("/mensen").status_code == 404
        assert app.test_client().get("/mensen").status_code == 302


def test_a_role_that_is_taken_away_is_gone_at_once(as_: Signed, lea: Member, engine: SqliteEngine) -> None:
    client = as_(lea)
    assert client.get("/mensen").status_code == 200
    engine.run("DELETE FROM role_grant WHERE person_id = :id", {"id": lea.id})
    assert client.get("/mensen").status_code == 404


def test_signing_in_as_someone_else_ends_the_session_before(
    as_: Signed, ana: Member, ben: Member, engine: SqliteEngine, clock: Clock
) -> None:
    shared = as_(ana)
    kept = shared.get_cookie("groeispiegel")
    token = access.issue_link(engine, person_id=ben.id, at=clock())
    shared.post(f"/inloggen/{token}")
    living = engine.rows("SELECT person_id FROM session WHERE revoked_at IS NULL")
    assert living == [{"person_id": ben.id}]
    assert kept is not None
    assert kept.value != shared.get_cookie("groeispiegel").value  # type: ignore[union-attr]


def test_signing_in_never_keeps_a_token_that_was_there_before(
    app: Flask, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    client = app.test_client()
    with client.session_transaction() as held:
        held["token"] = planted = "geplant-door-een-ander"
    client.post(f"/inloggen/{access.issue_link(engine, person_id=ana.id, at=clock())}")
    assert _cookie(app, client)["token"] != planted  # type: ignore[arg-type]
    assert engine.rows("SELECT 1 FROM session WHERE token_hash = :hash", {"hash": token_hash(planted)}) == []


def test_the_language_stays_on_the_device_and_follows_the_person(
    as_: Signed, client: HouseClient, ana: Member, engine: SqliteEngine
) -> None:
    offered = '<button name="language" value="en" lang="en">English</button>'
    assert offered in client.get("/inloggen").get_data(as_text=True)
    assert client.post("/taal", data={"language": "en", "next": "/inloggen"}).location == "/inloggen"
    assert '<html lang="en">' in client.get("/inloggen").get_data(as_text=True)
    as_(ana).post("/taal", data={"language": "en"})
    assert engine.rows("SELECT language FROM person") == [{"language": "en"}]


@pytest.mark.parametrize("language", ["", "xx", "NL", "nl,en"])
def test_a_language_the_screens_do_not_have_is_refused(
    language: str, as_: Signed, ana: Member, dump: Callable[[], object]
) -> None:
    client = as_(ana)
    before = dump()
    assert client.post("/taal", data={"language": language}).status_code == 400
    assert dump() == before


def test_the_language_switch_leads_nowhere_else(client: HouseClient) -> None:
    assert client.post("/taal", data={"language": "nl", "next": "//elders.example"}).location == "/"
