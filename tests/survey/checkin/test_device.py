"""What a device may keep: a worker, pages without anything of anyone, and how all of it is wiped."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.client import HouseClient, every, parsed
from tests.survey.checkin.conftest import ANSWERS, Asked

Ask = Callable[..., Asked]
LANGUAGES = ["nl", "en", "ar", "uk", "pl", "tr", "ti"]


def test_the_worker_stands_where_it_may_answer_for_links_and_is_asked_for_anew(plain: FlaskClient) -> None:
    reply = plain.get("/c/offline.js")
    assert reply.mimetype == "text/javascript"
    assert reply.headers["Cache-Control"] == "no-cache"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "Service-Worker-Allowed" not in reply.headers
    assert (
        reply.headers["Content-Security-Policy"]
        == "default-src 'none'; script-src 'self'; connect-src 'self'"
    )


def test_pages_let_only_our_own_worker_in(client: HouseClient, link: Asked) -> None:
    policy = client.get(link.path).headers["Content-Security-Policy"].split("; ")
    assert "worker-src 'self'" in policy


@pytest.mark.parametrize("kind", ["parent", "pupil"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_form_tells_the_worker_its_language_and_its_register(
    client: HouseClient, ask: Ask, app: Flask, lang: str, kind: str
) -> None:
    (form,) = every(parsed(client.get(f"{ask(kind).path}?taal={lang}&hier=1").text), "form")
    look = form.get("action")
    assert look == f"?taal={lang}{'&jij=1' if kind == 'pupil' else ''}&hier=1"
    texts = app.extensions["catalog"].page_texts("informal" if kind == "pupil" else "formal")
    kept = client.get(f"/c/bewaard{look}").text
    for key in ("kept_title", "no_internet", "kept_text", "give_back", "refused_closed", "refused_answered"):
        assert texts[key][lang] in kept
        assert texts[key]["nl"] in kept
    assert texts["wiped"][lang] in client.get(f"/c/gewist{look}").text


def test_only_who_keeps_the_device_may_come_back_to_it_later(client: HouseClient, app: Flask) -> None:
    later = app.extensions["catalog"].page_texts("formal")["kept_later"]["nl"]
    assert later in client.get("/c/bewaard").text
    assert later not in client.get("/c/bewaard?hier=1").text


def test_what_the_worker_keeps_is_the_same_for_everyone_and_holds_no_token(
    client: HouseClient, link: Asked
) -> None:
    for path in ("/c/bewaard", "/c/gewist"):
        page = client.get(path)
        assert page.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in page.headers
        assert link.token not in page.text
        assert "<nav" not in page.text


def test_wiping_takes_what_is_stored_and_no_cookie(client: HouseClient) -> None:
    reply = client.post("/c/wis?taal=uk&jij=1&next=//elsewhere.example")
    assert reply.status_code == 303
    assert reply.location == "/c/gewist?taal=uk&jij=1"
    assert reply.headers["Clear-Site-Data"] == '"storage"'
    assert client.get("/c/wis").status_code == 404


def test_a_device_is_wiped_after_a_question_and_never_while_it_is_the_coachs(
    client: HouseClient, link: Asked
) -> None:
    client.post(link.path, data=ANSWERS)
    own, lent = client.get(link.path).text, client.get(f"{link.path}?hier=1").text
    assert re.search(
        r"<details.+<summary>Haal deze vragen van dit toestel</summary>.+action=\"/c/wis\?taal=nl\"",
        own,
        re.DOTALL,
    )
    assert "Geef het toestel terug" not in own
    assert "/c/wis" not in lent
    assert 'href="/ontgrendelen"' in lent
    assert lent.index("Geef het toestel terug") < lent.index("U kunt dit scherm sluiten")


@pytest.mark.parametrize(
    "ending", [ANSWERS, {"nu_niet": "1"}, {"stop": "1"}], ids=["thanks", "not now", "stop"]
)
@pytest.mark.parametrize("lang", ["nl", "ar"])
def test_on_the_device_of_the_coach_every_end_says_to_give_it_back(
    client: HouseClient, link: Asked, app: Flask, lang: str, ending: dict[str, str]
) -> None:
    page = client.post(f"{link.path}?hier=1&taal={lang}", data=ending, follow_redirects=True)
    assert "hier=1" in page.request.url
    assert app.extensions["catalog"].page_texts("formal")["give_back"][lang] in page.text
    assert 'href="/ontgrendelen"' in page.text
    languages = re.findall(r'href="\?taal=(\w+)([^"]*)"', page.text)
    assert languages == [(code, "&amp;hier=1") for code in LANGUAGES]


def test_the_way_back_from_not_now_stays_on_the_device_of_the_coach(client: HouseClient, link: Asked) -> None:
    page = client.get(f"{link.path}/nu-niet?hier=1&taal=en")
    assert f'href="{link.path}?taal=en&amp;hier=1"' in page.text
    told = client.post(f"{link.path}/nu-niet?hier=1&taal=en", data={"reden": "no_time"})
    assert told.location == f"{link.path}/nu-niet?taal=en&hier=1"


@pytest.mark.parametrize("value", ["0", "", "2", "true"])
def test_no_other_word_makes_it_the_device_of_the_coach(client: HouseClient, link: Asked, value: str) -> None:
    assert client.get(f"{link.path}?hier={value}").data == client.get(link.path).data
