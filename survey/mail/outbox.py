"""The outbox: mails wait in the database, in the same act as what they tell, until a sender delivers them."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import NamedTuple

from survey.clock import moment, stamp
from survey.database import Engine, Row, SqliteDatabase, new_key
from survey.mail import store
from survey.mail.letter import Letter
from survey.mail.transport import Transport

LEASE = timedelta(minutes=5)  # longer than any transport waits, so that two senders never hold one mail
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ATTEMPTS = 10

_log = logging.getLogger(__name__)


class Delivery(NamedTuple):
    """How one round of sending went."""

    sent: int
    failed: int


def put(
    engine: Engine,
    *,
    recipient: str,
    letter: Letter,
    at: datetime,
    expires_at: datetime | None = None,
    forgets_recipient: bool = False,
    about: str | None = None,
) -> str:
    """Add a mail inside the caller's act and return its id; after `expires_at` it is not sent any more.

    `forgets_recipient` is for someone without an account: once the mail has left or never will, nothing
    tells where it went. `about` is what `drop` knows it by.
    """
    key = new_key()
    engine.insert(
        "outbox",
        {
            "id": key,
            "recipient": recipient,
            "subject": letter.subject,
            "body": letter.body,
            "created_at": stamp(at),
            "expires_at": stamp(expires_at) if expires_at else None,
            "forgets_recipient": int(forgets_recipient),
            "about": about,
        },
    )
    return key


def drop(engine: Engine, *, about: Sequence[str], at: datetime) -> None:
    """Inside the caller's act: the mails about these that wait are not sent, and lose their text."""
    if store.drop_about(engine, about, at=stamp(at)) > 0:
        engine.wipe()


def deliver(
    database: SqliteDatabase, transport: Transport, *, sender: str, clock: Callable[[], datetime]
) -> Delivery:
    """Send everything that is due; any number of senders may do this at once."""
    sent = failed = 0
    with database.session() as engine:
        _drop_texts(engine, clock())
        while (mail := _claim(engine, clock())) is not None:
            if _send(engine, transport, mail, sender=sender, clock=clock):
                sent += 1
            else:
                failed += 1
    return Delivery(sent, failed)


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits after so many failed attempts: twice as long each time, up to six hours."""
    return min(FIRST_WAIT * int(2 ** (attempts - 1)), LONGEST_WAIT)


def _drop_texts(engine: Engine, at: datetime) -> None:
    with engine.atomic():
        if store.drop_texts(engine, at=stamp(at), attempts=ATTEMPTS):
            engine.wipe()


def _claim(engine: Engine, at: datetime) -> Row | None:
    with engine.atomic():
        return store.claim(engine, at=stamp(at), until=stamp(at + LEASE), attempts=ATTEMPTS)


def _send(
    engine: Engine, transport: Transport, mail: Row, *, sender: str, clock: Callable[[], datetime]
) -> bool:
    try:
        transport.send(_message(mail, sender))
    except (OSError, ValueError) as error:  # ValueError: a header that cannot be written
        # Only the kind of error: its text often repeats the address.
        _log.warning("mail %s failed, attempt %d: %s", mail["id"], mail["attempts"], type(error).__name__)
        with engine.atomic():
            until = stamp(clock() + wait_after(mail["attempts"]))
            store.put_back(engine, mail_id=mail["id"], until=until)
            if mail["attempts"] >= ATTEMPTS:
                store.give_up(engine, mail_id=mail["id"])
                engine.wipe()
        return False
    with engine.atomic():
        store.mark_sent(engine, mail_id=mail["id"], at=stamp(clock()))
        engine.wipe()
    return True


def _message(mail: Row, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = mail["recipient"]
    message["Subject"] = mail["subject"]
    message["Date"] = format_datetime(moment(mail["created_at"]))
    # The same at every attempt: a mail that did leave before a crash is recognised as a duplicate.
    message["Message-ID"] = f"<{mail['id']}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail["body"])
    return message
