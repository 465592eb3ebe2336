"""A mail about a link that no longer waits is not sent, and where it would have gone is forgotten."""

from collections.abc import Callable

import pytest
from flask import Flask

from survey.case import actions as cases
from survey.checkin import actions
from survey.database import SqliteEngine
from survey.mail import courier
from tests.conftest import START, Clock, Member, scope_of
from tests.survey.checkin.conftest import ANSWERS, Asked

Ask = Callable[..., Asked]
PARENT = "ouder@example.org"
REPLY = {item: int(value) for item, value in ANSWERS.items()}


@pytest.fixture
def mailed(engine: SqliteEngine, ask: Ask, ana: Member) -> Asked:
    """A link whose mail has not left yet."""
    link = ask()
    mail(engine, link, ana)
    return link


def mail(engine: SqliteEngine, link: Asked, by: Member, recipient: str = PARENT) -> None:
    actions.mail_link(engine, link_id=link.id, recipient=recipient, language="nl", by=scope_of(by), at=START)


def texts(engine: SqliteEngine) -> list[tuple[str, bool]]:
    rows = engine.rows("SELECT recipient, body FROM outbox ORDER BY created_at, id")
    return [(row["recipient"], bool(row["body"])) for row in rows]


@pytest.mark.parametrize("end", ["answered", "stopped", "revoked", "asked again", "case over"])
def test_a_mail_goes_with_the_link_it_is_about(
    app: Flask, engine: SqliteEngine, mailed: Asked, ana: Member, case_id: str, clock: Clock, end: str
) -> None:
    assert texts(engine) == [(PARENT, True)]
    if end == "answered":
        actions.submit(engine, token=mailed.token, reply=REPLY, clock=clock)
    if end == "stopped":
        actions.stop(engine, token=mailed.token, clock=clock)
    if end == "revoked":
        actions.revoke(engine, link_id=mailed.id, by=ana.id, at=START)
    if end == "asked again":
        actions.revoke_all_of(engine, informant_id=mailed.informant, at=START)
    if end == "case over":
        actions.end_all(engine, case_id=case_id, at=START)
    assert texts(engine) == [("", False)]
    assert courier.deliver_now(app) == (0, 0)


def test_withdrawing_takes_no_mail_to_a_parent(
    engine: SqliteEngine, mailed: Asked, ask: Ask, ana: Member, case_id: str
) -> None:
    ask("pupil")
    cases.withdraw_agreement(engine, case_id=case_id, by=ana.id, at=START)
    assert texts(engine) == [(PARENT, True)]


def test_the_mail_of_someone_else_still_leaves(
    app: Flask, engine: SqliteEngine, mailed: Asked, ask: Ask, ana: Member, clock: Clock
) -> None:
    mail(engine, ask("teacher"), ana, "leraar@example.org")
    actions.submit(engine, token=mailed.token, reply=REPLY, clock=clock)
    assert sorted(texts(engine)) == [("", False), ("leraar@example.org", True)]
    assert courier.deliver_now(app) == (1, 0)


def test_another_coach_takes_no_mail_away(engine: SqliteEngine, mailed: Asked, cleo: Member) -> None:
    actions.revoke(engine, link_id=mailed.id, by=cleo.id, at=START)
    actions.resume(engine, informant_id=mailed.informant, by=cleo.id, at=START)
    assert texts(engine) == [(PARENT, True)]


def test_not_now_leaves_the_mail_for_who_changes_their_mind(
    engine: SqliteEngine, mailed: Asked, clock: Clock
) -> None:
    actions.decline(engine, token=mailed.token, clock=clock)
    assert texts(engine) == [(PARENT, True)]
