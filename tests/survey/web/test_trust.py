"""What comes in: hosts, proxies, origins, and bodies that are no form of ours."""

from dataclasses import replace
from io import RawIOBase
from typing import Any

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import create_environ, run_wsgi_app

from survey.config import Settings
from tests.survey.web.conftest import build

FORM = "application/x-www-form-urlencoded"
OURS = {"Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("host", "status"),
    [("localhost", 200), ("localhost:8000", 200), ("127.0.0.1:8000", 200), ("evil.example", 400), ("", 400)],
)
def test_on_this_machine_only_names_of_this_machine_are_answered(
    client: FlaskClient, host: str, status: int
) -> None:
    assert client.get("/c/token", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("groei.example.org", 200),
        ("127.0.0.1:8000", 200),
        ("x.groei.example.org", 400),
        ("evil.example", 400),
    ],
)
def test_elsewhere_only_the_configured_name_and_a_monitor_beside_are_answered(
    abroad: Settings, host: str, status: int
) -> None:
    assert build(abroad).test_client().get("/c/token", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_only_as_many_proxies_are_believed_as_configured(abroad: Settings, proxies: int, seen: str) -> None:
    app = build(replace(abroad, TRUSTED_PROXIES=proxies))
    app.add_url_rule("/static/address", view_func=_address)
    vars(app.view_functions["_address"]).update(vars(app.view_functions["asset"]))
    reply = app.test_client().get(
        "/static/address",
        headers={"Host": "groei.example.org", "X-Forwarded-For": "198.51.100.7, 203.0.113.9"},
    )
    assert reply.text == seen


def _address() -> str:
    return request.remote_addr or ""


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "http://localhost:9999"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://localhost\u2100"}, 403),
        ({}, 200),
    ],
)
def test_a_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/c/token", data={"W1": "3"}, headers=headers).status_code == status
    assert client.get("/c/token", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"W1=3", FORM, 200),
        (b"W1=3", f"{FORM}; charset=utf-8", 200),
        (b"W1=caf%C3%A9+%E2%9C%93", FORM, 200),
        (b"", "", 200),
        (b"W1=3", "", 415),
        (b"W1=3", "text/plain", 415),
        (b'{"W1": 3}', "application/json", 415),
        (b"<W1>3</W1>", "application/xml", 415),
        (b"W1=%FF%FE", FORM, 400),
        (b"W1=\xff\xfe", FORM, 400),
        (b"W1=%ED%A0%80", FORM, 400),
        (b"W1=3%00", FORM, 400),
        (b"%00=3", FORM, 400),
    ],
)
def test_a_body_is_a_form_in_readable_text(
    client: FlaskClient, body: bytes, content_type: str, status: int
) -> None:
    assert client.post("/c/token", data=body, content_type=content_type).status_code == status


def test_repeated_fields_reach_the_form_that_judges_them(client: FlaskClient) -> None:
    assert client.post("/c/token", data="W1=1&W1=3", content_type=FORM).text == "token ['1', '3']"


@pytest.mark.parametrize("size", [64 * 1024 + 1, 10 * 1024 * 1024])
def test_a_body_that_is_too_large_is_refused_unread(client: FlaskClient, size: int) -> None:
    assert client.post("/c/token", data=b"a" * size, content_type=FORM).status_code == 413


def test_a_large_body_that_hides_its_length_is_refused_too(app: Flask) -> None:
    environ = create_environ("/c/token", "http://localhost", method="POST", content_type=FORM)
    environ |= {"wsgi.input": _Endless(), "wsgi.input_terminated": True}
    environ.pop("CONTENT_LENGTH")
    _, status, _ = run_wsgi_app(app.wsgi_app, environ)
    assert status.startswith("413")


def test_half_a_form_is_refused_when_the_connection_was_lost(app: Flask) -> None:
    environ = create_environ(
        "/c/token", "http://localhost", method="POST", content_type=FORM, data=b"W1=3&W2="
    )
    environ |= {"CONTENT_LENGTH": "20", "wsgi.input_terminated": True}
    _, status, _ = run_wsgi_app(app.wsgi_app, environ)
    assert status.startswith("400")


class _Endless(RawIOBase):
    """A body that goes on and on."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"a" * len(buffer)
        return len(buffer)


def test_a_long_note_fits(client: FlaskClient) -> None:
    assert client.post("/c/token", data={"W1": "a" * 60_000}, headers=OURS).status_code == 200
