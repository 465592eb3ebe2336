"""A respondent opens a link, answers once, or says "not now"; whatever comes after lands on thanks."""

import re
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.checkin import actions, store
from survey.config import Settings
from survey.database import Busy, Engine, Full, SqliteEngine
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.checkin.conftest import ANSWERS, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
REPLY = {item: int(value) for item, value in ANSWERS.items()}


def stored(engine: SqliteEngine) -> dict[str, int]:
    return {row["item"]: row["value"] for row in engine.rows("SELECT item, value FROM checkin_answer")}


@pytest.mark.parametrize("kind", ["parent", "pupil", "teacher"])
def test_four_answers_are_stored_as_given(
    engine: SqliteEngine, client: HouseClient, ask: Ask, kind: str
) -> None:
    link = ask(kind)
    assert client.get(link.path).status_code == 200
    reply = client.post(link.path, data=ANSWERS)
    assert reply.status_code == 303
    assert reply.location == link.path
    assert stored(engine) == REPLY


def test_an_answer_carries_the_version_of_its_words(
    engine: SqliteEngine, client: HouseClient, link: Asked
) -> None:
    client.post(link.path, data=ANSWERS)
    assert engine.rows("SELECT DISTINCT item_version FROM checkin_answer") == [{"item_version": "1.0"}]


def test_thanks_says_what_happens_next(client: HouseClient, link: Asked) -> None:
    page = client.post(link.path, data=ANSWERS, follow_redirects=True)
    assert page.status_code == 200
    assert "Dank u wel" in page.text
    assert "De coach praat er met u over." in page.text
    assert "<input" not in page.text


def test_the_same_answer_sent_again_lands_on_thanks(client: HouseClient, link: Asked, dump: Dump) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    again = client.post(link.path, data=ANSWERS, follow_redirects=True)
    assert "Dank u wel" in again.text
    assert dump() == before


@pytest.mark.parametrize(
    "other", [{**ANSWERS, "w4": "1"}, dict.fromkeys(ANSWERS, "4"), {"w1": "3"}, {}], ids=str
)
def test_another_answer_on_an_answered_link_is_not_thanked_for(
    client: HouseClient, link: Asked, dump: Dump, other: dict[str, str]
) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    again = client.post(f"{link.path}?taal=en", data=other)
    assert again.status_code == 409
    assert "This link no longer works" in again.text
    assert "Thank you" not in again.text
    assert dump() == before


def test_two_taps_at_the_same_moment_store_one_answer(app: Flask, engine: SqliteEngine, link: Asked) -> None:
    results: list[int] = []
    start = threading.Barrier(2)

    def send(value: str) -> None:
        client = app.test_client()
        start.wait()
        results.append(client.post(link.path, data=dict.fromkeys(ANSWERS, value)).status_code)

    threads = [threading.Thread(target=send, args=(value,)) for value in ("0", "4")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [303, 409]
    assert len(engine.rows("SELECT id FROM checkin")) == 1
    assert set(stored(engine).values()) in ({0}, {4})


def test_an_answer_stays_as_it_was_first_given(engine: SqliteEngine, link: Asked) -> None:
    actions.submit(engine, token=link.token, reply=REPLY, clock=lambda: START)
    actions.submit(engine, token=link.token, reply=REPLY, clock=lambda: START)
    with pytest.raises(actions.AnsweredOtherwise):
        actions.submit(engine, token=link.token, reply=dict.fromkeys(REPLY, 4), clock=lambda: START)
    assert stored(engine) == REPLY


@pytest.mark.parametrize("sent", [ANSWERS, {"nu_niet": "1"}], ids=["answers", "not now"])
def test_a_link_that_ends_while_others_write_takes_nothing_any_more(
    client: HouseClient,
    link: Asked,
    settings: Settings,
    dump: Dump,
    sent: dict[str, str],
    wait_in_the_queue: Callable[[timedelta], None],
) -> None:
    before = dump()
    wait_in_the_queue(timedelta(hours=settings.CHECKIN_LINK_HOURS))
    assert client.post(link.path, data=sent).status_code == 404
    assert dump() == before


@pytest.mark.parametrize(
    "reply",
    [
        {},
        {"w1": 3},
        {**REPLY, "w5": 1},
        {**REPLY, "w1": 5},
        {**REPLY, "w1": -1},
    ],
)
def test_half_a_reply_or_a_false_one_is_not_stored(
    engine: SqliteEngine, link: Asked, reply: dict[str, int], dump: Dump
) -> None:
    before = dump()
    with pytest.raises(ValueError, match="answer"):
        actions.submit(engine, token=link.token, reply=reply, clock=lambda: START)
    assert dump() == before


def test_looking_changes_nothing(client: HouseClient, plain: FlaskClient, link: Asked, dump: Dump) -> None:
    before = dump()
    for path in (link.path, f"{link.path}?taal=ar", f"{link.path}/nu-niet", "/c/nobody-made-this-token"):
        client.get(path)
        plain.head(path)
    assert dump() == before


def test_not_now_is_noted_without_answers_and_help_goes_on(
    engine: SqliteEngine, client: HouseClient, link: Asked
) -> None:
    page = client.post(link.path, data={**ANSWERS, "nu_niet": "1"}, follow_redirects=True)
    assert page.status_code == 200
    assert "De hulp gaat gewoon door." in page.text
    row = engine.one("SELECT declined_at FROM checkin_link WHERE id = :id", {"id": link.id})
    assert row == {"declined_at": "2026-01-20T10:00:00+00:00"}
    assert engine.rows("SELECT id FROM checkin") == []


def test_who_said_not_now_can_still_answer(engine: SqliteEngine, client: HouseClient, link: Asked) -> None:
    page = client.post(link.path, data={"nu_niet": "1"}, follow_redirects=True)
    assert f'href="{link.path}"' in page.text
    assert client.post(link.path, data=ANSWERS).status_code == 303
    assert stored(engine) == REPLY


def test_not_now_after_an_answer_changes_nothing(client: HouseClient, link: Asked, dump: Dump) -> None:
    client.post(link.path, data=ANSWERS)
    before = dump()
    page = client.post(link.path, data={"nu_niet": "1"}, follow_redirects=True)
    assert "Dank u wel" in page.text
    assert "Dank u wel" in client.get(f"{link.path}/nu-niet").text
    assert dump() == before


def test_a_missing_answer_is_asked_for_and_the_others_are_kept(
    client: HouseClient, link: Asked, dump: Dump
) -> None:
    before = dump()
    page = client.post(link.path, data={item: value for item, value in ANSWERS.items() if item != "w3"})
    assert page.status_code == 422
    assert 'href="#w3-0"' in page.text
    assert "Vraag 3 van 4: Helpt dit gesprek u?" in page.text
    checked = re.findall(r'id="([^"]+)" name="\w+" value="\d"[^>]* checked', page.text)
    assert checked == ["w1-3", "w2-4", "w4-0"]
    assert page.text.count('class="wrong"') == 1
    assert dump() == before


def test_nothing_chosen_marks_all_four(client: HouseClient, link: Asked) -> None:
    page = client.post(link.path)
    assert page.status_code == 422
    assert page.text.count('class="wrong"') == 4


@pytest.mark.parametrize("failure", [Busy("locked"), Full("no room")])
def test_a_database_that_cannot_write_gives_the_answers_back(
    client: HouseClient, link: Asked, dump: Dump, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(_engine: Engine, _rows: object) -> None:
        raise failure

    before = dump()
    monkeypatch.setattr(store, "insert_answers", fail)
    page = client.post(link.path, data=ANSWERS)
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "30"
    assert "nog niet bewaard" in page.text
    assert page.text.count(" checked") == 4
    assert dump() == before


def test_a_respondent_gets_no_cookie_and_no_session(client: HouseClient, link: Asked) -> None:
    for reply in (
        client.get(link.path),
        client.post(link.path),
        client.post(link.path, data={"nu_niet": "1"}),
        client.get(f"{link.path}/nu-niet"),
        client.post(link.path, data=ANSWERS),
        client.get(link.path),
        client.get("/c/nobody-made-this-token"),
    ):
        assert "Set-Cookie" not in reply.headers
        assert "Cookie" not in reply.headers.get("Vary", "")


def test_someone_signed_in_is_not_noticed_on_a_link(
    as_: Callable[[Member], HouseClient], ana: Member, client: HouseClient, link: Asked
) -> None:
    assert as_(ana).get(link.path).data == client.get(link.path).data


def test_the_token_in_the_address_is_all_a_form_needs(app: Flask, client: HouseClient, link: Asked) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    assert "csrf_token" not in client.get(link.path).text
    assert client.post(link.path, data=ANSWERS).status_code == 303


def test_the_form_is_not_kept_by_browser_or_proxy(client: HouseClient, link: Asked) -> None:
    assert client.get(link.path).headers["Cache-Control"] == "no-store"


def test_the_token_is_not_passed_on_to_other_sites(client: HouseClient, link: Asked) -> None:
    assert client.get(link.path).headers["Referrer-Policy"] == "same-origin"


def test_the_link_decides_which_version_is_answered(
    engine: SqliteEngine, client: HouseClient, ask: Ask, clock: Clock
) -> None:
    first = ask("teacher")
    clock.forward(hours=1)
    page = client.get(first.path)
    assert "Kon u zeggen wat er in de klas speelt?" in page.text
    client.post(first.path, data=ANSWERS)
    row = engine.one(
        "SELECT form, version FROM checkin JOIN checkin_link ON checkin_link.id = checkin.link_id"
    )
    assert row == {"form": "relationship-teacher", "version": "1.0"}
