"""The outbox: mails wait in the database, in the same act as what they tell, until a sender takes them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from survey.clock import stamp
from survey.database import Engine, new_key
from survey.mail import store
from survey.mail.letter import Letter

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ATTEMPTS = 10


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


def put_later(engine: Engine, *, writer: str, recipients: Mapping[str, str], at: datetime) -> None:
    """Add mails inside the caller's act that this writer writes when they leave: (person, address).

    Of one writer one mail waits for a person, however often this is asked.
    """
    rows = [
        {
            "id": new_key(),
            "recipient": address,
            "created_at": stamp(at),
            "writer": writer,
            "person_id": person_id,
        }
        for person_id, address in recipients.items()
    ]
    store.put_later(engine, rows)


def drop(engine: Engine, *, about: Sequence[str], at: datetime) -> None:
    """Inside the caller's act: the mails about these that wait are not sent, and lose their text."""
    if store.drop_about(engine, about, at=stamp(at)) > 0:
        engine.wipe()


def wait_after(attempts: int) -> timedelta:
    """How long a mail waits after so many failed attempts: twice as long each time, up to six hours."""
    return min(FIRST_WAIT * int(2 ** (attempts - 1)), LONGEST_WAIT)
