"""The guard on its own: a bare application with one page of each kind."""

import logging
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import example, given
from hypothesis import strategies as st

from survey.access.guard import safe_next
from survey.access.permissions import Permission, allow, public
from survey.access.session import scope
from survey.config import Settings
from tests.client import HouseClient
from tests.conftest import Member, build

PAGE = "<!doctype html><html lang=nl><title>t</title><h1>h</h1></html>"
Signed = Callable[[Member], HouseClient]


@pytest.fixture
def house(settings: Settings) -> Flask:
    """The application with four more pages."""
    app = build(settings)
    app.add_url_rule("/open", "open", public("a page for tests")(lambda: PAGE))
    app.add_url_rule("/forgotten", "forgotten", lambda: PAGE, methods=["GET", "POST"])
    reflect = allow(Permission.REFLECT)(lambda: PAGE)
    app.add_url_rule("/closed", "closed", reflect, methods=["GET", "POST"])
    app.add_url_rule("/careless", "careless", public("asks for a scope all the same")(lambda: scope().name))
    return app


def test_an_open_page_is_open(client: FlaskClient) -> None:
    assert client.get("/open").status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_page_that_says_nothing_is_closed_to_everyone(
    method: str, as_: Signed, ana: Member, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        assert as_(ana).open("/forgotten", method=method).status_code == 404
    assert "forgotten says nothing about access: closed" in caplog.text


def test_a_closed_page_opens_with_the_permission(as_: Signed, ana: Member) -> None:
    assert as_(ana).get("/closed").status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_permission_the_page_is_not_there(method: str, as_: Signed, ben: Member) -> None:
    missing = as_(ben).get("/nowhere")
    refused = as_(ben).open("/closed", method=method)
    assert refused.status_code == missing.status_code == 404


def test_not_signed_in_reading_leads_to_the_sign_in_page_and_back(client: FlaskClient) -> None:
    reply = client.get("/closed?ronde=3&x=a%26b")
    assert reply.status_code == 302
    assert reply.location == "/inloggen?next=/closed?ronde%3D3%26x%3Da%2526b"


def test_not_signed_in_writing_keeps_what_was_typed(client: FlaskClient) -> None:
    reply = client.post(
        "/closed", data={"line": "Dit wil ik bewaren"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert reply.status_code == 401
    assert "Dit wil ik bewaren" in reply.get_data(as_text=True)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_not_signed_in_a_script_gets_words_it_can_read(method: str, client: FlaskClient) -> None:
    reply = client.open("/closed", method=method, headers={"Accept": "application/json"})
    assert reply.status_code == 401
    assert reply.json
    assert reply.json["message"].startswith("U bent uitgelogd")


def test_an_open_view_that_asks_who_is_there_is_an_error(client: FlaskClient) -> None:
    assert client.get("/careless").status_code == 500


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/groei",
        "/groei?ronde=3",
        "/a/b?next=https://elders.example",
        "/trajecten/KV-7Q4M",
        "/a//b",
        "/a:b",
    ],
)
def test_a_path_on_this_site_is_a_place_to_go(target: str) -> None:
    assert safe_next(target) == target


@pytest.mark.parametrize(
    "target",
    [
        None,
        "",
        "groei",
        "https://elders.example/",
        "//elders.example/",
        "///elders.example",
        "/\\elders.example",
        "\\\\elders.example",
        "/\t/elders.example",
        "/\n/elders.example",
        "\t//elders.example",
        " //elders.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=y",
        "/" + "a" * 500,
    ],
)
def test_anything_else_is_not(target: str | None) -> None:
    assert safe_next(target) is None


@given(st.text(alphabet="/\\.:?#@\t\n\r ae%[]", max_size=20))
@example("/.//elders.example")
@example("//[")
def test_whatever_is_accepted_stays_on_this_site(target: str) -> None:
    if safe_next(target):
        stripped = "".join(sign for sign in target if sign not in "\t\r\n").strip().replace("\\", "/")
        assert urlsplit(urljoin("https://hier.example/inloggen", stripped)).netloc == "hier.example"
