"""What whoever keeps the plans sees of mail: how much waits and left, and what failed."""

from datetime import datetime, timedelta

from msgspec import Struct

from survey.access.permissions import Scope
from survey.clock import moment, moment_or_none, stamp
from survey.database import Engine, Row
from survey.mail.failure import Failure
from survey.mail.outbox import ATTEMPTS
from survey.mail.trouble import store

LATELY = timedelta(days=30)
PATIENCE = timedelta(days=1)


class Failed(Struct, frozen=True):
    """A mail that did not leave: where to, why, and whether it will be or can be tried again.

    `recipient` is empty for someone without an account, `failure` is None where a sender died with it.
    """

    id: str
    recipient: str
    written_at: datetime
    failure: Failure | None
    next_try: datetime | None
    can_leave: bool

    @classmethod
    def of(cls, row: Row) -> "Failed":
        return cls(
            id=row["id"],
            recipient=row["recipient"],
            written_at=moment(row["created_at"]),
            failure=Failure(row["failed_because"]) if row["failed_because"] else None,
            next_try=moment_or_none(row["next_try"]),
            can_leave=bool(row["can_leave"]),
        )


class State(Struct, frozen=True):
    """How many mails to people with an account wait and left, whether others wait, and which failed."""

    waiting: int
    sent: int
    others_wait: bool
    failed: tuple[Failed, ...]

    def stuck(self, at: datetime) -> tuple[Failed, ...]:
        """What could leave and is tried no more, or did not for a day: someone has to look."""
        return tuple(
            one
            for one in self.failed
            if one.can_leave and (one.next_try is None or one.written_at <= at - PATIENCE)
        )


def state(engine: Engine, scope: Scope, at: datetime) -> State:
    """How mail stands."""
    now = stamp(at)
    counts = store.counts(engine, scope, at=now, since=stamp(at - LATELY), attempts=ATTEMPTS)
    failed = store.in_trouble(engine, scope, at=now, attempts=ATTEMPTS)
    found = tuple(Failed.of(row) for row in failed)
    return State(counts["waiting"], counts["sent"], bool(counts["others"]), found)
