"""The cookie of a session: a token and nothing else, out of reach, and none that was made up."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from survey.access import actions as access
from survey.access.tokens import token_hash
from survey.config import Settings
from survey.database import SqliteEngine
from survey.people import actions as people
from tests.conftest import SECRET, Clock, Member, Signed
from tests.survey.access.devices import cookie_of, is_in


def test_the_cookie_holds_a_token_and_nothing_about_the_person(
    app: Flask, as_: Signed, ana: Member, engine: SqliteEngine
) -> None:
    held = cookie_of(app, as_(ana))
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
    assert not is_in(client)


def test_signing_in_never_keeps_a_token_that_was_there_before(
    app: Flask, engine: SqliteEngine, ana: Member, clock: Clock
) -> None:
    client = app.test_client()
    with client.session_transaction() as held:
        held["token"] = planted = "geplant-door-een-ander"
    client.post(f"/inloggen/{access.issue_link(engine, person_id=ana.id, at=clock())}")
    assert cookie_of(app, client)["token"] != planted  # type: ignore[arg-type]
    assert engine.rows("SELECT 1 FROM session WHERE token_hash = :hash", {"hash": token_hash(planted)}) == []
