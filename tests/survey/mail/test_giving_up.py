"""A mail that will never be tried again keeps neither its text nor an address to forget."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused

import pytest
from flask import Flask

from survey.clock import moment
from survey.database import SqliteEngine
from survey.mail import outbox
from survey.mail.outbox import ATTEMPTS
from survey.mail.sender import LEASE, Delivery
from survey.mail.transport import Transport
from tests.conftest import START, Clock
from tests.survey.mail.conftest import deliver as deliver_with

Put = Callable[..., str]


REFUSED = SMTPRecipientsRefused({"ana@example.org": (550, b"no such person")})


class Killed(BaseException):
    """The sender dies."""


class Broken:
    """A transport that always ends in the same error."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    def send(self, _message: EmailMessage) -> None:
        raise self.error


@pytest.fixture
def deliver(app: Flask, clock: Clock) -> Callable[[Transport], Delivery]:
    def send(transport: Transport) -> Delivery:
        return deliver_with(app.extensions["database"], transport, clock)

    return send


def kept(engine: SqliteEngine) -> list[tuple[str, str]]:
    rows = engine.rows("SELECT recipient, body FROM outbox ORDER BY recipient")
    return [(row["recipient"], row["body"]) for row in rows]


def wait(engine: SqliteEngine, clock: Clock) -> None:
    """Until the mail is due again."""
    (row,) = engine.rows("SELECT max(leased_until) AS due FROM outbox")
    clock.at = moment(row["due"])


def test_after_the_last_attempt_an_address_is_forgotten_at_once(
    put: Put, deliver: Callable[[Transport], Delivery], engine: SqliteEngine, clock: Clock
) -> None:
    put("ouder@example.org", forgets_recipient=True, expires_at=START + timedelta(hours=72))
    broken = Broken(REFUSED)
    for _ in range(ATTEMPTS - 1):
        assert deliver(broken) == Delivery(0, 1)
        wait(engine, clock)
    assert kept(engine) == [("ouder@example.org", "Één regel.\n")]
    deliver(broken)
    assert kept(engine) == [("", "")]
    wait(engine, clock)
    assert deliver(broken) == Delivery(0, 0)


def test_of_a_mail_to_someone_with_an_account_only_the_text_goes(
    put: Put, deliver: Callable[[Transport], Delivery], engine: SqliteEngine
) -> None:
    put("ana@example.org", expires_at=START + timedelta(minutes=15))
    engine.run("UPDATE outbox SET attempts = :n", {"n": ATTEMPTS - 1})
    deliver(Broken(REFUSED))
    assert kept(engine) == [("ana@example.org", "")]


def test_a_mail_without_an_end_keeps_its_text_for_who_tries_it_again(
    put: Put, deliver: Callable[[Transport], Delivery], engine: SqliteEngine
) -> None:
    put("ana@example.org")
    engine.run("UPDATE outbox SET attempts = :n", {"n": ATTEMPTS - 1})
    deliver(Broken(REFUSED))
    assert kept(engine) == [("ana@example.org", "Één regel.\n")]


def test_a_sender_that_dies_in_the_last_attempt_leaves_no_address_for_long(
    put: Put, deliver: Callable[[Transport], Delivery], engine: SqliteEngine, clock: Clock
) -> None:
    put("ouder@example.org", forgets_recipient=True)
    engine.run("UPDATE outbox SET attempts = :n", {"n": ATTEMPTS - 1})
    with pytest.raises(Killed):
        deliver(Broken(Killed()))
    clock.forward(seconds=LEASE.total_seconds())
    assert deliver(Broken(REFUSED)) == Delivery(0, 0)
    assert kept(engine) == [("", "")]


def test_what_is_dropped_is_what_is_about_it_and_has_not_left(
    put: Put, engine: SqliteEngine, clock: Clock
) -> None:
    for about in ("first", "second", "third", None):
        put(f"{about}@example.org", about=about, forgets_recipient=True)
    engine.run("UPDATE outbox SET sent_at = :at WHERE about = 'second'", {"at": START.isoformat()})
    with engine.atomic():
        outbox.drop(engine, about=["first", "second"], at=clock())
        outbox.drop(engine, about=[], at=clock())
    assert [recipient for recipient, _body in kept(engine)] == [
        "",
        "None@example.org",
        "second@example.org",
        "third@example.org",
    ]
