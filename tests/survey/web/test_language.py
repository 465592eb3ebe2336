"""Dutch unless someone chose English; days and times in words."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.access.permissions import Role
from survey.web.language import day, full_date, month, speak, time
from tests.survey.web.conftest import SignIn


def test_screens_are_dutch(client: FlaskClient, marit: None) -> None:
    text = client.get("/vandaag").text
    assert '<html lang="nl">' in text
    assert "Naar de inhoud" in text
    assert "dinsdag 20 januari" in text


def test_screens_are_english_for_who_chose_that(client: FlaskClient, sign_in: SignIn) -> None:
    sign_in(Role.COACH, language="en")
    text = client.get("/vandaag").text
    assert '<html lang="en">' in text
    assert "Skip to content" in text
    assert "Tuesday 20 January" in text
    assert "Vandaag" not in text


def test_before_signing_in_the_device_remembers_the_language(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    assert '<html lang="en">' in client.get("/nergens").text


@pytest.mark.parametrize("wanted", ["ar", "de", "", "en; rm", None])
def test_a_language_we_do_not_speak_is_dutch(client: FlaskClient, wanted: str | None) -> None:
    with client.session_transaction() as cookie:
        cookie["language"] = wanted
    assert '<html lang="nl">' in client.get("/nergens").text


def test_a_respondent_page_follows_its_link_and_not_the_cookie(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie["language"] = "en"
    assert '<html lang="nl">' in client.get("/c/token").text
    assert '<html lang="en">' in client.get("/c/token?taal=en").text


def test_moments_are_told_on_the_wall_clock_of_the_netherlands(app: Flask) -> None:
    with app.test_request_context("/c/token"):
        assert day("2026-01-20T23:30:00+00:00") == "woensdag 21 januari"
        assert day(date(2026, 1, 20)) == "dinsdag 20 januari"
        assert full_date("2026-07-01") == "1 juli 2026"
        assert month("2026-01-20") == "januari 2026"
        assert time("2026-01-20T08:05:59+00:00") == "9.05"
        assert time(datetime(2026, 7, 1, 20, 42, tzinfo=UTC)) == "22.42"


@pytest.mark.parametrize(
    ("moment", "told"),
    [("2026-11-22T22:59:00+00:00", "22 november 2026"), ("2026-07-31T21:59:00+00:00", "31 juli 2026")],
)
def test_the_last_hour_of_a_day_is_still_that_day(app: Flask, moment: str, told: str) -> None:
    with app.test_request_context("/c/token"):
        assert full_date(moment) == told
        assert day(moment).endswith(told.removesuffix(" 2026"))
        assert month(moment) == told.partition(" ")[2]
        assert time(moment) == "23.59"


def test_moments_are_told_in_english_too(app: Flask) -> None:
    with app.test_request_context("/c/token"):
        speak("en")
        assert full_date("2026-07-01") == "1 July 2026"
        assert time("2026-01-20T08:05:59+00:00") == "9:05"
