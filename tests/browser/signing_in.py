"""How tests sign in: at once by the cookie of an open session, or as people do."""

from collections.abc import Mapping
from datetime import datetime

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Page

from survey.access import actions as access
from survey.clock import system_clock
from tests.browser.database import inside
from tests.server import SECRET, Server

SIGNING = Flask(__name__)
SIGNING.secret_key = SECRET


def sign_in(page: Page, server: Server, at: datetime | None = None, **person: str) -> None:
    """Give the device of this page a session of the person with this name or address."""
    ((column, value),) = person.items()
    with inside(server) as engine:
        (row,) = engine.rows(f"SELECT id FROM person WHERE {column} = :value", {"value": value})
        token = access.open_session(engine, person_id=row["id"], at=at or system_clock())
    value = _signed({"token": token, "_permanent": True})
    page.context.add_cookies(
        [{"name": "groeispiegel", "value": value, "url": server.url, "httpOnly": True, "sameSite": "Lax"}]
    )


def come_in(page: Page, server: Server, email: str) -> None:
    """Be signed in as someone who is no persona, on the first page."""
    sign_in(page, server, email=email)
    page.goto(f"{server.url}/vandaag")


def choose_persona(page: Page, server: Server, name: str) -> None:
    """Sign in as one of the personas through the page where one chooses."""
    page.goto(f"{server.url}/demo")
    page.get_by_role("button", name=f"Ga verder als {name}").click()
    page.wait_for_url("**/vandaag")


def follow_a_link(page: Page, server: Server, email: str, at: datetime) -> None:
    """Sign in with a link as in the mail."""
    with inside(server) as engine:
        token = access.issue_link_to(engine, email=email, at=at)
    page.goto(f"{server.url}/inloggen/{token}")
    page.get_by_role("button", name="Inloggen").click()
    page.wait_for_url("**/vandaag")


def _signed(content: Mapping[str, object]) -> str:
    signer = SecureCookieSessionInterface().get_signing_serializer(SIGNING)
    assert signer is not None
    return str(signer.dumps(content))
