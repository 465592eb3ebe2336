"""The form as it is sent: seven languages with the same values, few bytes, few requests, little work."""

import gzip
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.config import Settings
from survey.web import pages
from tests.client import HouseClient, every, parsed, words
from tests.survey.checkin.conftest import ANSWERS, Asked

LANGUAGES = ["nl", "en", "ar", "uk", "pl", "tr", "ti"]
DRAFTS = ["ar", "uk", "pl", "tr", "ti"]
WEIGHT, REQUESTS = 14 * 1024, 3

Ask = Callable[..., Asked]


@pytest.mark.parametrize("kind", ["parent", "pupil"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_asks_the_same_and_posts_the_same(
    client: HouseClient, ask: Ask, app: Flask, lang: str, kind: str
) -> None:
    tree = parsed(client.get(f"{ask(kind).path}?taal={lang}").text)
    form = app.extensions["catalog"].get(f"relationship-{kind}")
    assert tree.get("lang") == lang
    offered = [(radio.get("name"), radio.get("value")) for radio in every(tree, "input")]
    assert offered == [(item.key, str(value)) for item in form.items for value in range(5)]
    for item, legend in zip(form.items, every(tree, "legend"), strict=True):
        assert item.text[lang] in words(legend)
        assert item.text["nl"] in words(legend)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_goes_on_to_its_own_thanks(
    client: HouseClient, ask: Ask, app: Flask, lang: str
) -> None:
    page = client.post(f"{ask().path}?taal={lang}", data=ANSWERS, follow_redirects=True)
    text = app.extensions["catalog"].get("relationship-parent").texts["thanks_text"]
    assert text[lang] in page.text
    assert text["nl"] in page.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_what_is_missing_and_what_not_now_means(
    client: HouseClient, link: Asked, app: Flask, lang: str
) -> None:
    texts = app.extensions["catalog"].get("relationship-parent").texts
    missing = client.post(f"{link.path}?taal={lang}", data={"w1": "0"})
    assert texts["error_choose"][lang] in missing.text
    later = client.post(f"{link.path}?taal={lang}", data={"nu_niet": "1"}, follow_redirects=True)
    assert texts["not_now_text"][lang] in later.text
    closed = client.get(f"/c/unknown?taal={lang}")
    assert texts["error_closed"][lang] in closed.text


def test_arabic_runs_from_right_to_left_with_dutch_beside(client: HouseClient, link: Asked) -> None:
    tree = parsed(client.get(f"{link.path}?taal=ar").text)
    assert (tree.get("lang"), tree.get("dir")) == ("ar", "rtl")
    beside = [span for span in every(tree, "span") if span.get("class") == "nl"]
    assert len(beside) > 20
    assert {(span.get("lang"), span.get("dir")) for span in beside} == {("nl", "ltr")}


def test_dutch_stands_alone(client: HouseClient, link: Asked) -> None:
    assert 'class="nl"' not in client.get(link.path).text


@pytest.mark.parametrize("wanted", ["", "xx", "NL", "de", "nl'--"])
def test_an_unknown_language_is_dutch(client: HouseClient, link: Asked, wanted: str) -> None:
    assert client.get(f"{link.path}?taal={wanted}").data == client.get(link.path).data


def test_the_chosen_language_is_marked_and_the_others_are_links(client: HouseClient, link: Asked) -> None:
    page = client.get(f"{link.path}?taal=uk").text
    assert re.findall(r'hreflang="(\w+)" aria-current="true"', page) == ["uk"]
    assert re.findall(r'href="\?taal=(\w+)"', page) == LANGUAGES


def test_a_teacher_chooses_between_dutch_and_english(client: HouseClient, ask: Ask) -> None:
    assert re.findall(r'href="\?taal=(\w+)"', client.get(ask("teacher").path).text) == ["nl", "en"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_draft_is_marked_as_one(client: HouseClient, link: Asked, app: Flask, lang: str) -> None:
    mark = app.extensions["catalog"].get("relationship-parent").texts["draft_mark"][lang]
    assert (mark in client.get(f"{link.path}?taal={lang}").text) is (lang in DRAFTS)


def test_drafts_are_offered_only_where_the_programme_wants_them(
    app: Flask, client: HouseClient, link: Asked, settings: Settings
) -> None:
    app.config["SETTINGS"] = replace(settings, DRAFT_LANGUAGES=("uk",))
    page = client.get(f"{link.path}?taal=ar").text
    assert 'lang="nl"' in page
    assert re.findall(r'href="\?taal=(\w+)"', page) == ["nl", "en", "uk"]


@pytest.mark.parametrize("kind", ["parent", "pupil", "teacher"])
def test_the_form_says_who_sees_the_answers(client: HouseClient, ask: Ask, app: Flask, kind: str) -> None:
    said = app.extensions["catalog"].get(f"relationship-{kind}").texts["who_sees"]["nl"]
    assert said in client.get(ask(kind).path).text


def test_the_form_works_without_script(client: HouseClient, link: Asked) -> None:
    tree = parsed(client.get(link.path).text)
    (form,) = every(tree, "form")
    assert (form.get("method"), form.get("action")) == ("post", "?taal=nl")
    buttons = [
        (button.get("name"), button.get("type"), button.get("disabled")) for button in every(tree, "button")
    ]
    assert buttons == [(None, None, None), ("nu_niet", None, None), ("stop", None, None)]


def test_the_script_stays_under_a_kilobyte(client: HouseClient, link: Asked) -> None:
    (address,) = re.findall(r'<script src="([^"]+)" defer>', client.get(link.path).text)
    assert len(client.get(address).data) < 1024


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_light(plain: FlaskClient, link: Asked, lang: str) -> None:
    packed = {"Accept-Encoding": "gzip"}
    page = plain.get(f"{link.path}?taal={lang}", headers=packed)
    html = gzip.decompress(page.data).decode()
    addresses = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
    assert 1 + len(addresses) <= REQUESTS
    sizes = [len(page.data), *(len(plain.get(address, headers=packed).data) for address in addresses)]
    assert sum(sizes) <= WEIGHT, f"{lang}: {sizes}"


@pytest.mark.parametrize(
    ("accepts", "packed"), [("gzip", True), ("br, gzip;q=0.5", True), ("gzip;q=0", False), ("", False)]
)
def test_the_page_is_packed_for_who_can_unpack_it(
    plain: FlaskClient, link: Asked, accepts: str, packed: bool
) -> None:
    reply = plain.get(link.path, headers={"Accept-Encoding": accepts})
    assert (reply.headers.get("Content-Encoding") == "gzip") is packed
    body = gzip.decompress(reply.data) if packed else reply.data
    assert body == plain.get(link.path).data
    assert "Accept-Encoding" in reply.headers["Vary"]


def test_the_form_is_made_once_and_the_same_for_all(client: HouseClient, ask: Ask, app: Flask) -> None:
    form = app.extensions["catalog"].get("relationship-parent")
    first, second = (client.get(ask().path).data for _parent in range(2))
    look = pages.look(form)
    assert first == second == pages.page("checkin/form", look).body
    assert pages.page("checkin/form", look) is pages.page("checkin/form", pages.look(form))
