"""Sends what waits in the outbox: any number of senders at once, and each mail by one of them."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from survey.clock import stamp
from survey.database import Engine, Row
from survey.mail import store
from survey.mail.failure import Failure, failure_of
from survey.mail.letter import Letter
from survey.mail.message import message
from survey.mail.outbox import ATTEMPTS, wait_after
from survey.mail.transport import Transport
from survey.mail.writing import Later, Writers

Progress = Callable[[int, int], None]  # how many mails were tried, and how many are left

LEASE = timedelta(minutes=5)  # longer than any transport waits, so that two senders never hold one mail

_log = logging.getLogger(__name__)


class Delivery(NamedTuple):
    """How one round of sending went."""

    sent: int
    failed: int


class Rehearsal(NamedTuple):
    """What a round of sending would do: who would get which subject, and how many would wait or end."""

    letters: tuple[tuple[str, str], ...]
    later: int
    nothing_to_say: int


class Sender(Struct, frozen=True):
    """One round of sending on one connection to the database."""

    engine: Engine
    clock: Callable[[], datetime]
    writers: Writers

    def deliver(self, transport: Transport, address: str, progress: Progress | None = None) -> Delivery:
        """Send everything that is due from this address; `progress` hears of each mail.

        A server that takes nothing ends the round: the others of it would only wait for the same answer.
        """
        sent = failed = 0
        self._drop_texts()
        while (mail := self._claim()) is not None:
            letter = self._written(mail)
            failure = self._send(transport, mail, letter, address) if letter else None
            sent += bool(letter and not failure)
            failed += bool(failure)
            if progress:
                progress(sent + failed, self._due())
            if failure and failure.stops_all:
                break
        return Delivery(sent, failed)

    def rehearse(self, before: Callable[[], None] = lambda: None) -> Rehearsal:
        """What `deliver` would do now, after `before`; nothing of it stays."""
        letters, later, nothing = [], 0, 0
        with suppress(_Undone), self.engine.atomic():
            before()
            while (mail := self._claim()) is not None:
                written = self.writers[mail["writer"]].write(self.engine, mail, self.clock())
                if isinstance(written, Letter):
                    letters.append((mail["recipient"], written.subject))
                later += isinstance(written, Later)
                nothing += written is None
            raise _Undone
        return Rehearsal(tuple(letters), later, nothing)

    def _drop_texts(self) -> None:
        with self.engine.atomic():
            if store.drop_texts(self.engine, at=stamp(self.clock()), attempts=ATTEMPTS):
                self.engine.wipe()

    def _due(self) -> int:
        return store.count_due(self.engine, at=stamp(self.clock()), attempts=ATTEMPTS)

    def _claim(self) -> Row | None:
        at = self.clock()
        with self.engine.atomic():
            return store.claim(self.engine, at=stamp(at), until=stamp(at + LEASE), attempts=ATTEMPTS)

    def _written(self, mail: Row) -> Letter | None:
        """What the mail says; None when it waits for later, or ended because it says nothing."""
        at = self.clock()
        with self.engine.atomic():
            found = self.writers[mail["writer"]].write(self.engine, mail, at)
            if isinstance(found, Letter):
                return found
            if isinstance(found, Later):
                store.postpone(self.engine, mail_id=mail["id"], until=stamp(found.until))
            else:
                store.end(self.engine, mail["id"], at=stamp(at))
        return None

    def _send(self, transport: Transport, mail: Row, letter: Letter, address: str) -> Failure | None:
        try:
            transport.send(message(mail, letter, address))
        except (OSError, ValueError) as error:
            failure = failure_of(error)
            # Only the kind of error: its text often repeats the address.
            _log.warning("mail %s failed, attempt %d: %s", mail["id"], mail["attempts"], type(error).__name__)
            self._put_back(mail, failure)
            return failure
        with self.engine.atomic():
            at = self.clock()
            store.mark_sent(self.engine, mail_id=mail["id"], at=stamp(at))
            self.writers[mail["writer"]].sent(self.engine, mail, at)
            self.engine.wipe()
        return None

    def _put_back(self, mail: Row, failure: Failure) -> None:
        """Let it wait for another try; what a server away from its post did not take is never given up."""
        counted = min(mail["attempts"], ATTEMPTS - 1) if failure.stops_all else mail["attempts"]
        until = stamp(self.clock() + wait_after(mail["attempts"]))
        with self.engine.atomic():
            store.put_back(
                self.engine, mail_id=mail["id"], until=until, failed_because=failure, attempts=counted
            )
            if counted >= ATTEMPTS:
                store.give_up(self.engine, mail_id=mail["id"])
                self.engine.wipe()


class _Undone(Exception):
    """A rehearsal is over."""
