"""What a link page refuses: each with the right status, a clear page, and every table as it was."""

from collections.abc import Callable
from typing import Any

import pytest

from survey.case import actions as cases
from survey.checkin import actions
from survey.checkin.views import answering, front
from survey.database import Busy, Full, SqliteEngine
from survey.questionnaire.form import read_reply
from survey.web import store as limit_store
from tests.client import HouseClient
from tests.conftest import START, Clock, Member
from tests.survey.checkin.conftest import ANSWERS, Asked

Dump = Callable[[], dict[str, list[tuple[object, ...]]]]
Ask = Callable[..., Asked]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def states(engine: SqliteEngine, ana: Member, case_id: str, ask: Ask, clock: Clock) -> Callable[[str], str]:
    """The address of a link in a state."""

    def path(state: str) -> str:
        link = ask("pupil") if state == "locked" else ask()
        if state == "answered":
            values = {item: int(value) for item, value in ANSWERS.items()}
            actions.submit(engine, token=link.token, reply=values, clock=lambda: START)
        if state == "revoked":
            actions.revoke(engine, link_id=link.id, by=ana.id, at=START)
        if state == "locked":
            cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
        if state == "expired":
            clock.forward(hours=72)
        if state == "unknown":
            return "/c/AAAAAAAAAAAAAAAAAAAAAA"
        return link.path[:-1] + "?" if state == "tampered" else link.path

    return path


@pytest.mark.parametrize(
    ("state", "get", "post", "not_now"),
    [
        ("open", 200, 303, 303),
        ("answered", 200, 303, 303),
        ("expired", 404, 404, 404),
        ("revoked", 404, 404, 404),
        ("locked", 404, 404, 404),
        ("unknown", 404, 404, 404),
        ("tampered", 404, 404, 404),
    ],
)
def test_a_link_in_each_state(
    client: HouseClient, states: Callable[[str], str], state: str, get: int, post: int, not_now: int
) -> None:
    path = states(state)
    assert client.get(path).status_code == get
    assert client.post(path, data={"nu_niet": "1"}).status_code == not_now
    assert client.post(path, data=ANSWERS).status_code == post


def test_unknown_expired_revoked_and_locked_look_the_same(
    client: HouseClient, states: Callable[[str], str]
) -> None:
    replies = [client.get(states(state)) for state in ("revoked", "locked", "unknown", "tampered", "expired")]
    replies += [client.post(states(state), data=ANSWERS) for state in ("revoked", "unknown")]
    replies += [client.get(f"{states('revoked')}/nu-niet")]
    assert len({reply.data for reply in replies}) == 1
    assert len({str(sorted(reply.headers)) for reply in replies}) == 1
    assert "Vraag de coach om een nieuwe." in replies[0].text


@pytest.mark.parametrize("state", ["expired", "revoked", "locked", "unknown"])
def test_a_closed_link_stores_nothing(
    client: HouseClient, states: Callable[[str], str], dump: Dump, state: str
) -> None:
    path = states(state)
    before = dump()
    client.post(path, data=ANSWERS)
    client.post(path, data={"nu_niet": "1"})
    assert dump() == before


def test_a_link_taken_back_while_typing_stores_nothing(
    engine: SqliteEngine, client: HouseClient, ana: Member, link: Asked, dump: Dump
) -> None:
    assert client.get(link.path).status_code == 200
    actions.revoke(engine, link_id=link.id, by=ana.id, at=START)
    before = dump()
    assert client.post(link.path, data=ANSWERS).status_code == 404
    assert dump() == before


def test_a_link_taken_back_between_looking_and_writing_stores_nothing(
    engine: SqliteEngine, client: HouseClient, ana: Member, link: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_slowly(*read: Any) -> Any:
        actions.revoke(engine, link_id=link.id, by=ana.id, at=START)
        return reading(*read)

    reading = read_reply
    monkeypatch.setattr(answering, "read_reply", read_slowly)
    assert client.post(link.path, data=ANSWERS).status_code == 404
    assert engine.rows("SELECT id FROM checkin") == []


def test_another_coach_cannot_take_a_link_back(
    engine: SqliteEngine, client: HouseClient, cleo: Member, link: Asked
) -> None:
    actions.revoke(engine, link_id=link.id, by=cleo.id, at=START)
    assert client.get(link.path).status_code == 200


BODY = "w1=3&w2=4&w3=1&w4=0"


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (BODY.replace("w3=1", "w3=5"), FORM, 422),
        (BODY.replace("w3=1", "w3=-1"), FORM, 422),
        (BODY.replace("w3=1", "w3=1.0"), FORM, 422),
        (BODY.replace("w3=1", "w3=%D9%A1"), FORM, 422),  # an Arabic digit one
        (BODY.replace("w3=1", "w3="), FORM, 422),
        (BODY + "&w3=2", FORM, 422),  # two different answers to one question
        (BODY + "&w5=1", FORM, 400),
        (BODY + "&u1=1", FORM, 400),
        (BODY + "&link_id=other", FORM, 400),
        (BODY.replace("w3=1", "w3=%ff"), FORM, 400),
        (BODY, {"Content-Type": "text/plain"}, 415),
        (BODY, {"Content-Type": "multipart/form-data; boundary=x"}, 415),
        ('{"w1": 3}', {"Content-Type": "application/json"}, 415),
        (BODY + "&w3=" + "9" * 10_000_000, FORM, 413),
        (BODY, {**FORM, "Sec-Fetch-Site": "cross-site"}, 403),
    ],
)
def test_a_faulty_post_stores_nothing(
    client: HouseClient, link: Asked, dump: Dump, body: str, headers: dict[str, str], status: int
) -> None:
    before = dump()
    reply = client.post(link.path, data=body, headers=headers)
    assert reply.status_code == status
    assert "Set-Cookie" not in reply.headers
    assert dump() == before


def test_an_answer_sent_twice_in_one_form_counts_once(
    engine: SqliteEngine, client: HouseClient, link: Asked
) -> None:
    assert client.post(link.path, data=BODY + "&w3=1", headers=FORM).status_code == 303
    assert len(engine.rows("SELECT item FROM checkin_answer")) == 4


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client: HouseClient, link: Asked, method: str) -> None:
    assert getattr(client, method)(link.path).status_code == 405


def test_guessing_is_slowed_down_but_good_links_work(client: HouseClient, ask: Ask) -> None:
    link = ask()
    guesses = [client.get(f"/c/guess-{n}").status_code for n in range(front.FAILURES + 1)]
    assert set(guesses[:-1]) == {404}
    assert guesses[-1] == 429
    assert client.get(link.path).status_code == 200
    assert client.post(link.path, data=ANSWERS).status_code == 303


@pytest.mark.parametrize("failure", [Busy("locked"), Full("no room")])
def test_a_dead_link_is_told_so_also_when_nothing_can_be_counted(
    client: HouseClient, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise failure

    monkeypatch.setattr(limit_store, "count_hit", fail)
    page = client.get("/c/guess")
    assert page.status_code == 404
    assert "Deze link werkt niet meer." in page.text


def test_good_answers_never_count_against_a_school(
    engine: SqliteEngine, client: HouseClient, ask: Ask
) -> None:
    for _parent in range(3):
        link = ask()
        client.get(link.path)
        client.post(link.path, data=ANSWERS)
        client.get(link.path)
    assert engine.rows("SELECT subject FROM rate_limit WHERE subject LIKE 'checkin:%'") == []


def test_after_a_while_one_may_try_again(client: HouseClient, clock: Clock) -> None:
    for n in range(front.FAILURES + 1):
        client.get(f"/c/guess-{n}")
    clock.forward(minutes=16)
    assert client.get("/c/guess").status_code == 404


SPOKEN = [("en", "en"), ("nl", "nl"), ("uk", "nl"), ("", "nl")]


@pytest.mark.parametrize(("wanted", "spoken"), SPOKEN)
def test_an_error_speaks_the_language_of_the_link(
    client: HouseClient, link: Asked, wanted: str, spoken: str
) -> None:
    reply = client.post(f"{link.path}?taal={wanted}", data={**ANSWERS, "w5": "1"})
    assert reply.status_code == 400
    assert f'<html lang="{spoken}">' in reply.text
    assert ("We could not read this" in reply.text) is (spoken == "en")


def test_who_is_slowed_down_reads_it_in_the_language_of_the_link(client: HouseClient) -> None:
    for n in range(front.FAILURES):
        client.get(f"/c/guess-{n}")
    reply = client.get("/c/guess?taal=en")
    assert reply.status_code == 429
    assert '<html lang="en">' in reply.text


def test_a_not_now_that_could_not_be_noted_comes_back_in_the_language_of_the_link(
    client: HouseClient, link: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise Busy("locked")

    monkeypatch.setattr(actions, "decline", fail)
    own = {"Sec-Fetch-Site": "same-origin"}
    reply = client.post(f"{link.path}?taal=en", data={"nu_niet": "1"}, headers=own)
    assert reply.status_code == 503
    assert '<html lang="en">' in reply.text
    assert 'name="nu_niet"' in reply.text
