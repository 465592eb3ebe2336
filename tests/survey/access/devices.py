"""A device to look at: whether someone is signed in on it, and what its cookie holds."""

from typing import Any

from flask import Flask

from tests.client import HouseClient

CLOSED = "/uitloggen/overal"  # for everyone who is signed in


def is_in(client: HouseClient) -> bool:
    """The sign-in page leads on when someone is signed in."""
    return client.get("/inloggen").status_code == 302


def cookie_of(app: Flask, client: HouseClient, name: str = "groeispiegel") -> dict[str, Any]:
    """What the cookie on this device holds."""
    cookie = client.get_cookie(name)
    assert cookie is not None
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    held: dict[str, Any] = serializer.loads(cookie.value)
    return held
