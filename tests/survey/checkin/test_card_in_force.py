"""A card in force: one for each person, until case, coach or stop ends it; nobody guesses one."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.checkin import actions, reports
from survey.checkin.views import front
from survey.clock import stamp
from survey.database import Refused, SqliteEngine
from survey.people import actions as people
from tests.client import HouseClient
from tests.conftest import BOTH_AGREE, START, Member, scope_of
from tests.survey.checkin.conftest import Ask, begun


def test_a_pupil_finds_nothing_once_the_parents_no_longer_agree(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], case_id: str, ana: Member
) -> None:
    cases.note_agreement(engine, case_id=case_id, given=BOTH_AGREE, by=ana.id, at=START)
    path = card("pupil")
    assert "Begin" in client.get(path).text
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert "Er staat nu niets klaar." in client.get(path).text
    assert client.post(path).location == path
    assert begun(engine) == []


def test_a_card_that_ended_is_like_one_that_never_was(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], case_id: str, ana: Member
) -> None:
    replaced, path = card(), card()
    assert client.get(path).status_code == 200
    dead = [replaced, "/k/AAAAAAAAAAAAAAAAAAAAAA", f"{path[:-1]}?"]
    actions.end_all(engine, case_id=case_id, at=START)
    replies = [call(each) for each in (*dead, path) for call in (client.get, client.post)]
    assert {reply.status_code for reply in replies} == {404}
    assert len({reply.data for reply in replies}) == 1
    assert "Deze kaart werkt niet meer." in replies[0].text


@pytest.mark.parametrize("end", ["closed", "left", "stopped"])
def test_a_card_ends_with_case_coach_or_stop(
    engine: SqliteEngine, client: HouseClient, card: Callable[..., str], ana: Member, end: str
) -> None:
    path = card()
    if end == "closed":
        engine.run('UPDATE "case" SET closed_at = :at', {"at": stamp(START)})
    if end == "left":
        people.leave(engine, person_id=ana.id, at=START, by=None)
    if end == "stopped":
        engine.run("UPDATE informant SET stopped_at = :at", {"at": stamp(START)})
    assert client.get(path).status_code == client.post(path).status_code == 404
    assert begun(engine) == []


def test_guessing_cards_is_slowed_down_and_good_cards_work(
    client: HouseClient, card: Callable[..., str]
) -> None:
    path = card()
    guesses = [client.get(f"/k/guess-{n}").status_code for n in range(front.FAILURES + 1)]
    assert set(guesses[:-1]) == {404}
    assert guesses[-1] == 429
    assert client.get(path).status_code == 200
    assert "Set-Cookie" not in client.get(path).headers


def test_the_coach_can_print_the_same_card_again_and_nobody_else(
    engine: SqliteEngine, card: Callable[..., str], ana: Member, cleo: Member
) -> None:
    path = card()
    row = engine.one("SELECT informant_id, token_hash FROM card")
    assert row is not None
    shown = reports.card_of(engine, scope_of(ana), row["informant_id"])
    assert shown is not None
    assert shown.address == f"http://localhost{path}"
    assert shown.qr.startswith("<svg")
    assert reports.card_of(engine, scope_of(cleo), row["informant_id"]) is None
    with pytest.raises(actions.MayNotAsk):
        actions.make_card(engine, informant_id=row["informant_id"], by=cleo.id, at=START)
    assert reports.card_of(engine, scope_of(ana), row["informant_id"]) == shown


def test_after_a_change_of_the_secret_no_dead_card_is_printed(
    app: Flask, engine: SqliteEngine, client: HouseClient, ask: Ask, card: Callable[..., str], ana: Member
) -> None:
    link, path = ask(), card()
    app.secret_key = "another secret of at least 32 characters"
    assert reports.card_of(engine, scope_of(ana), link.informant) is None
    assert client.get(path).status_code == 200  # the printed one works on, and begins a new link
    assert client.post(path).status_code == 303


def test_the_database_refuses_a_second_card_in_force(engine: SqliteEngine, card: Callable[..., str]) -> None:
    card()
    row = engine.one("SELECT informant_id FROM card")
    assert row is not None
    with pytest.raises(Refused):
        engine.insert("card", {**row, "id": "x", "token_hash": "0" * 64, "created_at": stamp(START)})
