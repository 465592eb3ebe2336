"""The outbox: stored with what it tells, sent once, tried again, and emptied of secrets."""

import logging
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPRecipientsRefused

import pytest
from flask import Flask

from survey.clock import moment
from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.mail import outbox
from survey.mail.letter import Letter
from survey.mail.outbox import ATTEMPTS
from survey.mail.sender import LEASE, Delivery
from survey.mail.transport import SmtpTransport, Transport
from tests.conftest import START, Clock
from tests.processes import fresh
from tests.survey.mail.conftest import SENDER, Received
from tests.survey.mail.conftest import deliver as deliver_with

Put = Callable[..., str]
Deliver = Callable[..., Delivery]


REFUSED = SMTPRecipientsRefused({"ana@example.org": (550, b"no such person")})


class Failing:
    """A transport that is out of order until told otherwise."""

    def __init__(self, error: OSError | None = None) -> None:
        self.broken = True
        self.error = error or ConnectionRefusedError("no server for ana@example.org")
        self.seen: list[EmailMessage] = []

    def send(self, message: EmailMessage) -> None:
        self.seen.append(message)
        if self.broken:
            raise self.error


@pytest.fixture
def deliver(app: Flask, clock: Clock, smtp: Settings) -> Deliver:
    def send(transport: Transport | None = None) -> Delivery:
        return deliver_with(app.extensions["database"], transport or SmtpTransport(smtp), clock)

    return send


def test_a_mail_arrives_as_it_was_written(put: Put, deliver: Deliver, server: Received) -> None:
    key = put("ana@example.org")
    assert deliver() == Delivery(sent=1, failed=0)
    (mail,) = server.mails
    assert mail["To"] == "ana@example.org"
    assert mail["From"] == SENDER
    assert mail["Subject"] == "Onderwerp"
    assert mail["Date"] == "Tue, 20 Jan 2026 10:00:00 +0000"
    assert mail["Message-ID"] == f"<{key}@veenrand.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().strip() == "Één regel."


def test_a_sent_mail_is_not_sent_again(put: Put, deliver: Deliver, server: Received) -> None:
    put()
    assert [deliver(), deliver()] == [Delivery(1, 0), Delivery(0, 0)]
    assert len(server.mails) == 1


def test_a_sent_mail_leaves_no_text_behind(put: Put, deliver: Deliver, engine: SqliteEngine) -> None:
    put()
    deliver()
    (row,) = engine.rows("SELECT body, sent_at, leased_until, attempts FROM outbox")
    assert row == {"body": "", "sent_at": "2026-01-20T10:00:00+00:00", "leased_until": None, "attempts": 1}


def test_when_the_act_fails_the_mail_was_never_there(engine: SqliteEngine, deliver: Deliver) -> None:
    with pytest.raises(ZeroDivisionError), engine.atomic():
        outbox.put(engine, recipient="ana@example.org", letter=Letter("a", "b"), at=START)
        _ = 1 / 0
    assert deliver() == Delivery(0, 0)


def test_mails_leave_in_the_order_they_came(put: Put, deliver: Deliver, server: Received) -> None:
    addresses = [f"n{number}@example.org" for number in range(5)]
    for number, address in enumerate(addresses):
        put(address, at=START - timedelta(seconds=number))
    deliver()
    addresses.reverse()
    assert [mail["To"] for mail in server.mails] == addresses


def test_a_failed_mail_waits_longer_each_time_and_then_rests(
    put: Put, deliver: Deliver, clock: Clock, engine: SqliteEngine
) -> None:
    put()
    broken, waits = Failing(REFUSED), []
    for _ in range(ATTEMPTS):
        assert deliver(broken) == Delivery(0, 1)
        (row,) = engine.rows("SELECT leased_until FROM outbox")
        due = moment(row["leased_until"])
        waits.append((due - clock.at) // timedelta(minutes=1))
        clock.at = due - timedelta(seconds=1)
        assert deliver(broken) == Delivery(0, 0), "not before its time"
        clock.at = due
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360]
    assert deliver(broken) == Delivery(0, 0), "given up"


def test_a_mail_that_failed_goes_out_with_the_same_id(put: Put, deliver: Deliver, clock: Clock) -> None:
    put()
    transport = Failing()
    deliver(transport)
    transport.broken = False
    clock.forward(minutes=1)
    assert deliver(transport) == Delivery(1, 0)
    first, second = transport.seen
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Date"] == second["Date"]


def test_one_refused_recipient_does_not_hold_up_the_others(
    put: Put, deliver: Deliver, server: Received
) -> None:
    server.refused["weg@example.org"] = "550 no such person"
    put("weg@example.org", at=START - timedelta(seconds=1))
    put("ana@example.org")
    assert deliver() == Delivery(sent=1, failed=1)
    assert [mail["To"] for mail in server.mails] == ["ana@example.org"]


def test_a_header_that_cannot_be_written_fails_alone(put: Put, deliver: Deliver, server: Received) -> None:
    put(letter=Letter("Hallo\r\nBcc: ben@example.org", "x"), at=START - timedelta(seconds=1))
    put("ana@example.org")
    assert deliver() == Delivery(sent=1, failed=1)
    assert [mail["To"] for mail in server.mails] == ["ana@example.org"]


def test_a_mail_whose_link_expired_is_not_sent_and_loses_its_text(
    put: Put, deliver: Deliver, clock: Clock, server: Received, engine: SqliteEngine
) -> None:
    put(expires_at=START + timedelta(minutes=15))
    clock.forward(minutes=15)
    assert deliver() == Delivery(0, 0)
    assert server.mails == []
    assert engine.rows("SELECT body, sent_at FROM outbox") == [{"body": "", "sent_at": None}]


def test_a_sender_that_dies_loses_its_lease_and_another_sends(
    put: Put, deliver: Deliver, clock: Clock, server: Received
) -> None:
    class Killed(BaseException):
        pass

    class Dying:
        def send(self, _message: EmailMessage) -> None:
            raise Killed

    put()
    with pytest.raises(Killed):
        deliver(Dying())
    assert deliver() == Delivery(0, 0), "still leased"
    clock.forward(seconds=LEASE.total_seconds())
    assert deliver() == Delivery(1, 0)


def test_the_log_names_the_mail_and_not_the_person(
    put: Put, deliver: Deliver, caplog: pytest.LogCaptureFixture
) -> None:
    key = put()
    with caplog.at_level(logging.DEBUG, logger="survey"):
        deliver(Failing())
    assert key in caplog.text
    assert "ConnectionRefusedError" in caplog.text
    assert "example.org" not in caplog.text


def _send_all(path: Path, smtp: Settings) -> None:
    database = SqliteDatabase(path, durable=False)
    deliver_with(database, SmtpTransport(smtp), Clock())
    database.close()


def test_four_senders_send_each_mail_once(
    put: Put, settings: Settings, smtp: Settings, server: Received
) -> None:
    addresses = [f"n{number}@example.org" for number in range(60)]
    for address in addresses:
        put(address)
    senders = [fresh.Process(target=_send_all, args=(settings.DATABASE, smtp)) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    assert [sender.exitcode for sender in senders] == [0] * 4
    assert Counter(mail["To"] for mail in server.mails) == Counter(addresses)
    assert len({mail["Message-ID"] for mail in server.mails}) == len(addresses)


def test_of_a_mail_to_someone_without_an_account_nothing_is_kept_but_that_it_left(
    put: Put, deliver: Deliver, server: Received, engine: SqliteEngine
) -> None:
    put("ana@example.org", forgets_recipient=True)
    deliver()
    assert server.mails[0]["To"] == "ana@example.org"
    (row,) = engine.rows("SELECT recipient, body, sent_at FROM outbox")
    assert row == {"recipient": "", "body": "", "sent_at": "2026-01-20T10:00:00+00:00"}


def test_an_address_to_forget_is_kept_until_the_mail_leaves_or_expires(
    put: Put, deliver: Deliver, clock: Clock, engine: SqliteEngine
) -> None:
    put("ana@example.org", forgets_recipient=True, expires_at=START + timedelta(hours=1))
    put("ben@example.org", expires_at=START + timedelta(hours=1))
    deliver(Failing(REFUSED))
    kept = "SELECT recipient, body FROM outbox ORDER BY recipient"
    assert [row["recipient"] for row in engine.rows(kept)] == ["ana@example.org", "ben@example.org"]
    clock.forward(hours=1)
    deliver(Failing(REFUSED))
    assert engine.rows(kept) == [{"recipient": "", "body": ""}, {"recipient": "ben@example.org", "body": ""}]
