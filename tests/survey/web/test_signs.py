"""Signs that no page can hold are taken out of what comes in, before anybody reads, shows or stores it."""

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from survey.access.permissions import public
from survey.config import Settings
from survey.web.trust import takes_files
from tests.survey.web.conftest import build

UNFIT = [
    "\x01",
    "\x08",
    "\x1b",
    "\x1f",
    "\x7f",
    "\x9f",
    "\ufdd0",
    "\ufffe",
    "\U0010ffff",
]


@pytest.fixture
def echo(abroad: Settings) -> FlaskClient:
    """A page that says how it read what was asked and sent."""
    app: Flask = build(abroad)

    @app.route("/echo", methods=["GET", "POST"])
    @public("a page of this test")
    @takes_files
    def echo() -> list[list[tuple[str, str]]]:
        return [list(request.args.items(multi=True)), list(request.form.items(multi=True))]

    app.config["WTF_CSRF_ENABLED"] = False
    return app.test_client()


@pytest.mark.parametrize("sign", UNFIT)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_sign_that_no_page_can_hold_comes_in_as_a_space(echo: FlaskClient, sign: str, kind: str) -> None:
    reply = echo.post(
        "/echo",
        query_string={"q": f"a{sign}b"},
        data={"words": f"{sign}een", f"na{sign}am": "x"},
        content_type=kind,
        headers={"Host": "groei.example.org", "Sec-Fetch-Site": "same-origin"},
    )
    assert reply.json == [[["q", "a b"]], [["words", " een"], ["na am", "x"]]]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85"])
def test_a_line_end_of_a_word_processor_comes_in_as_one(echo: FlaskClient, sign: str) -> None:
    reply = echo.get("/echo", query_string={"q": f"a{sign}b"}, headers={"Host": "groei.example.org"})
    assert reply.json == [[["q", "a\nb"]], []]


@pytest.mark.parametrize(
    "words", ["a\tb\r\nc", "کتاب\u200cها", "👩\u200d🏫", "é ë ̂", "\u2028", "\ud7ff\ue000\ufffd"]
)
def test_what_people_write_comes_in_as_it_is(echo: FlaskClient, words: str) -> None:
    reply = echo.get("/echo", query_string={"q": words}, headers={"Host": "groei.example.org"})
    assert reply.json == [[["q", words]], []]
