"""Which mail leaves first: the one that ends first, so that a list of invitations keeps nobody waiting."""

from datetime import timedelta

from survey.clock import stamp
from survey.database import SqliteEngine
from survey.mail import outbox, store
from survey.mail.letter import Letter
from tests.conftest import START


def test_a_mail_to_sign_in_leaves_before_older_ones_that_have_weeks(engine: SqliteEngine) -> None:
    for address, days in (("a@school.nl", 21), ("b@school.nl", 21), ("ana@example.org", 0.01)):
        made_at = START + timedelta(seconds=1) if days < 1 else START
        outbox.put(
            engine,
            recipient=address,
            letter=Letter("Hoi", "Hoi"),
            at=made_at,
            expires_at=START + timedelta(days=days),
        )
    at, until = stamp(START + timedelta(seconds=2)), stamp(START + timedelta(minutes=5))
    first = store.claim(engine, at=at, until=until, attempts=3)
    assert first
    assert first["recipient"] == "ana@example.org"
