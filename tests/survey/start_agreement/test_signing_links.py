"""A link to sign by: how long it works, asked anew, taken back, and known to whoever holds it alone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from survey.access.permissions import Scope
from survey.database import SqliteEngine
from survey.start_agreement import actions as writing
from survey.start_agreement.agreement import Agreement
from survey.start_agreement.parts import TALK
from survey.start_agreement.signing import actions, links
from survey.start_agreement.signing.links import Door
from tests.conftest import START, Dump
from tests.survey.start_agreement import making

pytestmark = pytest.mark.usefixtures("in_the_app")

LATER = START + actions.LASTS


def test_a_link_that_is_too_old_signs_nothing(engine: SqliteEngine, place: str, lead: Scope) -> None:
    signature, _ = making.asked(engine, place, lead)
    token = links.token_of(signature)
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=token, name="Ana", clock=lambda: LATER)
    link = links.find(engine, token, at=LATER)
    assert link is not None
    assert link.door is Door.EXPIRED


def test_waiting_for_a_turn_does_not_keep_a_link_alive(
    engine: SqliteEngine,
    place: str,
    lead: Scope,
    clock: Any,
    wait_in_the_queue: Callable[[timedelta], None],
) -> None:
    signature, _ = making.asked(engine, place, lead)
    clock.at = LATER - timedelta(seconds=1)
    wait_in_the_queue(timedelta(seconds=2))
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=links.token_of(signature), name="Ana", clock=clock)


def test_who_lost_a_link_gets_another_and_the_old_one_ends(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    old, _ = making.asked(engine, place, lead)
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=START)
    assert next(one.id for one in standing().signatures if one.counts) == old, "the old one still works"
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=LATER)
    new = next(one.id for one in standing().signatures if one.counts and one.partner == "coach")
    assert new != old
    with pytest.raises(actions.Closed):
        actions.sign(engine, token=links.token_of(old), name="Ana", clock=lambda: LATER)


def test_a_link_from_another_secret_is_not_shown_and_can_be_asked_anew(
    app: Flask, engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    old, other = making.asked(engine, place, lead)
    mailed = links.token_of(old)
    assert links.shown(engine, standing(), at=START).keys() == {old, other}
    app.config["SECRET_KEY"] = "a secret that came later"
    assert links.shown(engine, standing(), at=START) == {}
    assert links.find(engine, mailed, at=START) is not None, "who has the link can still use it"
    actions.ask(engine, agreement_id=standing().id, partners={"coach": None}, by=lead, at=START)
    (new,) = links.shown(engine, standing(), at=START)
    assert new not in {old, other}
    link = links.find(engine, mailed, at=START)
    assert link is not None
    assert link.door is Door.REVOKED


def test_the_text_changes_only_after_all_links_end_and_who_signed_signs_anew(
    engine: SqliteEngine, place: str, lead: Scope, coach: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first, "Ana")
    with pytest.raises(writing.NotNow):
        writing.save(
            engine,
            agreement_id=standing().id,
            part=TALK,
            content=making.CONTENT[TALK],
            by=coach,
            at=START,
        )
    actions.withdraw(engine, agreement_id=standing().id, by=coach, at=START)
    assert standing().state == "draft"
    with pytest.raises(actions.Closed):
        making.sign(engine, second)
    making.asked(engine, place, lead)
    assert standing().state == "asked"
    assert not [one for one in standing().signatures if one.has_signed]


def test_a_link_taken_back_is_not_waited_for(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first)
    actions.revoke(engine, signature_id=second, agreement_id=standing().id, by=lead, at=START)
    assert standing().state == "signed"
    with pytest.raises(actions.Closed):
        making.sign(engine, second)


def test_neither_a_signature_nor_the_last_link_is_taken_back(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    first, second = making.asked(engine, place, lead)
    making.sign(engine, first)
    for signature in (first, "none"):
        with pytest.raises(writing.NotNow):
            actions.revoke(engine, signature_id=signature, agreement_id=standing().id, by=lead, at=START)
    actions.withdraw(engine, agreement_id=standing().id, by=lead, at=START)
    (only,) = making.asked(engine, place, lead, partners=["director"])
    with pytest.raises(writing.NotNow):
        actions.revoke(engine, signature_id=only, agreement_id=standing().id, by=lead, at=START)
    assert second != only


def test_a_link_of_another_agreement_cannot_be_taken_back_through_this_one(
    engine: SqliteEngine, place: str, lead: Scope, school_of: Any, cleo: Any, standing: Any
) -> None:
    making.asked(engine, place, lead)
    theirs, _ = making.asked(engine, f"{school_of(cleo, 'Het Wollegras')}-{cleo.id}", lead)
    with pytest.raises(writing.NotNow):
        actions.revoke(engine, signature_id=theirs, agreement_id=standing().id, by=lead, at=START)


def test_a_mail_asks_and_forgets_the_address_where_the_link_is_taken_back(
    engine: SqliteEngine, place: str, lead: Scope, standing: Callable[[], Agreement]
) -> None:
    key = making.draft(engine, place, lead)
    partners = {"director": "rosa@example.org", "coach": None}
    actions.ask(engine, agreement_id=key, partners=partners, by=lead, at=START)
    (mail,) = engine.rows("SELECT recipient, subject, body, forgets_recipient FROM outbox")
    assert (mail["recipient"], mail["forgets_recipient"]) == ("rosa@example.org", 1)
    assert "De Kraanheide" in mail["subject"]
    director = next(one.id for one in standing().signatures if one.partner == "director")
    assert links.address(director) in mail["body"]
    actions.revoke(engine, signature_id=director, agreement_id=key, by=lead, at=START)
    kept = engine.rows("SELECT * FROM outbox")
    assert "rosa@example.org" not in repr(kept)
    assert links.token_of(director) not in repr(kept)


def test_the_database_holds_no_token(engine: SqliteEngine, place: str, lead: Scope, dump: Dump) -> None:
    signatures = making.asked(engine, place, lead)
    assert not [one for one in signatures if links.token_of(one) in repr(dump())]


def test_an_unknown_token_opens_nothing(engine: SqliteEngine, place: str, lead: Scope) -> None:
    making.asked(engine, place, lead)
    assert links.find(engine, "A" * 22, at=START) is None
    with pytest.raises(actions.Closed):
        actions.sign(engine, token="A" * 22, name="Ana", clock=lambda: START)
