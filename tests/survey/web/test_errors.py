"""Every error says what happened and what to do."""

import logging
import re

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from survey.access.permissions import NotYours, public
from survey.web.errors import WORDS
from tests.client import check_page

JSON = {"Accept": "application/json"}


@pytest.fixture
def failing(app: Flask) -> FlaskClient:
    @app.get("/fout/<int:status>")
    @public("fails on purpose")
    def fail(status: int) -> str:
        if status == 429:
            raise TooManyRequests(retry_after=120)
        abort(status)

    @app.get("/fout/meanwhile")
    @public("fails on purpose")
    def meanwhile() -> str:
        raise NotYours

    return app.test_client()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503])
def test_each_error_has_a_page_that_says_what_to_do(failing: FlaskClient, status: int) -> None:
    reply = failing.get(f"/fout/{status}")
    assert reply.status_code == status
    check_page(reply.text)
    for words in (WORDS[status].title, WORDS[status].happened, *WORDS[status].advice):
        assert str(words) in reply.text
    assert re.search(rf"\b[2-9A-Z]{{4}}-{status}\b", reply.text)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 422, 429, 500, 503])
def test_a_script_gets_a_message_it_can_show(failing: FlaskClient, status: int) -> None:
    reply = failing.get(f"/fout/{status}", headers=JSON)
    assert reply.status_code == status
    assert reply.json is not None
    assert reply.json["message"].startswith(str(WORDS[status].title))


def test_an_error_without_words_of_its_own_borrows_them(failing: FlaskClient) -> None:
    assert str(WORDS[400].title) in failing.get("/fout/418").text
    assert str(WORDS[500].title) in failing.get("/fout/502").text


def test_not_yours_and_not_there_look_the_same(failing: FlaskClient) -> None:
    texts = [re.sub(r"\w{4}-40\d", "", failing.get(f"/fout/{status}").text) for status in (403, 404)]
    assert texts[0] == texts[1]


def test_what_is_no_longer_yours_when_it_is_written_changed_meanwhile(
    failing: FlaskClient,
) -> None:
    reply = failing.get("/fout/meanwhile")
    assert reply.status_code == 409
    assert str(WORDS[409].happened) in reply.text


def test_who_came_too_often_hears_when_to_come_back(failing: FlaskClient) -> None:
    assert failing.get("/fout/429").headers["Retry-After"] == "120"


def test_a_wrong_method_is_told_which_methods_there_are(client: FlaskClient) -> None:
    assert "GET" in client.delete("/open").headers["Allow"]


@pytest.mark.parametrize("what", ["busy", "full"])
def test_a_database_that_cannot_write_is_a_page_that_says_so(client: FlaskClient, what: str) -> None:
    reply = client.get(f"/stuk/{what}")
    assert reply.status_code == 503
    assert reply.headers["Retry-After"] == "30"
    assert str(WORDS[503].title) in reply.text


@pytest.mark.parametrize("path", ["/nergens", "/fout/400", "/fout/429", "/stuk/busy", "/stuk/full"])
def test_the_code_on_a_page_stands_in_the_log_as_servers_keep_it(
    failing: FlaskClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    with caplog.at_level(logging.WARNING):
        text = failing.get(path).text
    (code,) = re.findall(r"\b[2-9A-Z]{4}-\d{3}\b", text)
    (line,) = [record.getMessage() for record in caplog.records if code in record.getMessage()]
    assert line.startswith(f"{code} at ")


def test_the_log_says_what_kept_the_database_from_writing(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    client.get("/stuk/full")
    assert "at broken: Full: no space" in caplog.text


def test_a_mistake_of_ours_shows_a_code_that_stands_in_the_log(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        reply = client.get("/stuk/bug?token=geheim")
    assert reply.status_code == 500
    code = re.search(r"\w{4}-500", reply.text)
    assert code is not None
    assert code[0] in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert "geheim" not in caplog.text
    assert "ZeroDivisionError" not in reply.text


def test_a_mistake_is_not_hidden_from_a_developer(app: Flask) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = None
    app.testing = True
    with pytest.raises(ZeroDivisionError):
        app.test_client().get("/stuk/bug")


def test_the_page_names_whom_to_mail(app: Flask, client: FlaskClient) -> None:
    object.__setattr__(app.config["SETTINGS"], "CONTACT", "hulp@example.org")
    assert 'href="mailto:hulp@example.org"' in client.get("/nergens").text


def test_a_respondent_is_not_sent_to_a_page_for_coaches(client: FlaskClient) -> None:
    assert 'href="/"' in client.get("/nergens").text
    assert 'href="/"' not in client.get("/stuk/bug").text
