"""Every response carries the headers that keep a page on its own."""

import pytest
from flask.testing import FlaskClient

from survey.config import Settings
from tests.survey.web.conftest import build

EVERYWHERE = [
    "/vandaag",
    "/open",
    "/c/token",
    "/nergens",
    "/stuk/bug",
    "/static/groeispiegel.css",
    "/cijfers.json",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_response_is_guessed_at_or_used_by_another_site(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if "static" not in path])
def test_a_page_loads_nothing_but_our_own_files_and_nothing_inline(client: FlaskClient, path: str) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy
    for part in ("script-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy.split("; ")


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if "static" not in path])
def test_what_is_no_asset_is_stored_nowhere(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", [path for path in EVERYWHERE if "static" not in path])
def test_a_link_that_leaked_is_found_by_no_search(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_form_sends_its_origin_so_that_we_can_look_at_it(client: FlaskClient) -> None:
    assert client.get("/open").headers["Referrer-Policy"] == "same-origin"


def test_browsers_come_back_over_https_once_they_came_over_https(
    client: FlaskClient, abroad: Settings
) -> None:
    assert "Strict-Transport-Security" not in client.get("/open").headers
    headers = build(abroad).test_client().get("/open", base_url="https://groei.example.org").headers
    assert headers["Strict-Transport-Security"] == "max-age=31536000"


def test_a_page_for_respondents_neither_sets_nor_reads_a_cookie(client: FlaskClient) -> None:
    for reply in (client.get("/c/token"), client.post("/c/token", data={"W1": "3"}), client.get("/stuk/bug")):
        assert "Set-Cookie" not in reply.headers
        assert "Cookie" not in reply.headers.get("Vary", "")
