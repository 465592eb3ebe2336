"""The lasting QR card of one person: made once, printed again, renewed when lost."""

import re
from dataclasses import replace

import pytest
from flask import Flask

from survey.case.informants import Who
from survey.database import SqliteEngine
from tests.client import HouseClient
from tests.conftest import START
from tests.survey.case.asking import stop


def make(coach: HouseClient, code: str, who: str = "parent-1", **more: str) -> str:
    """The address on the card."""
    reply = coach.post(f"/trajecten/{code}/vaste-kaart", data={"who": who, **more}, follow_redirects=True)
    assert reply.status_code == 200
    assert "<svg" in reply.text
    (address,) = set(re.findall(r"http://localhost(/k/[\w-]+)", reply.text))
    return str(address)


def test_a_card_opens_for_whoever_holds_it(coach: HouseClient, client: HouseClient, code: str) -> None:
    assert client.get(make(coach, code)).status_code == 200


def test_printing_it_again_gives_the_same_card(coach: HouseClient, code: str) -> None:
    assert make(coach, code) == make(coach, code)


def test_everyone_has_a_card_of_their_own(coach: HouseClient, code: str) -> None:
    assert make(coach, code) != make(coach, code, "parent-2")


def test_a_new_card_ends_the_lost_one(coach: HouseClient, client: HouseClient, code: str) -> None:
    lost = make(coach, code)
    new = make(coach, code, again="1")
    assert client.get(lost).status_code == 404
    assert client.get(new).status_code == 200


def test_a_card_names_nobody_and_no_case(coach: HouseClient, code: str) -> None:
    make(coach, code)
    page = coach.get(f"/trajecten/{code}/vaste-kaart/parent-1").text
    card = page[page.index('class="card qr-card"') : page.index("</section>")]
    assert code not in card
    assert "Ana" not in card
    assert "Kraanheide" not in card


@pytest.mark.parametrize("who", ["parent-1", "parent-2", "nobody", "parent-9"])
def test_a_card_that_was_not_made_is_not_there(coach: HouseClient, code: str, who: str) -> None:
    assert coach.get(f"/trajecten/{code}/vaste-kaart/{who}").status_code == 404


def test_who_wants_no_questions_gets_no_card(coach: HouseClient, engine: SqliteEngine, code: str) -> None:
    stop(engine, code, Who("parent", 1), START)
    reply = coach.post(f"/trajecten/{code}/vaste-kaart", data={"who": "parent-1"})
    assert reply.status_code == 409
    assert "Deze persoon wil geen vragen meer" in reply.text
    assert engine.rows("SELECT id FROM card") == []


@pytest.mark.parametrize(
    ("who", "drafts", "languages"),
    [
        ("parent-1", (), ["en"]),
        ("parent-1", ("ar", "ti"), ["en", "ar", "ti"]),
        ("teacher-1", ("ar", "ti"), ["en"]),
    ],
)
def test_a_card_speaks_every_language_it_opens_in(
    app: Flask,
    coach: HouseClient,
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    who: str,
    drafts: tuple[str, ...],
    languages: list[str],
) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], DRAFT_LANGUAGES=drafts))
    make(coach, code, who)
    page = coach.get(f"/trajecten/{code}/vaste-kaart/{who}").text
    texts = app.extensions["catalog"].page_texts("formal")
    assert re.findall(r'<p class="small" lang="(\w+)"', page) == languages
    for lang in languages:
        assert f"{texts['card_opens'][lang]} {texts['reason_who_sees'][lang]}" in page
    assert ('dir="rtl">' in page) is ("ar" in languages)
