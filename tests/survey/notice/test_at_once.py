"""Many ticks and senders at once, and senders killed at random: who is told, and who is told twice."""

import asyncio
import os
import random
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from survey.access.permissions import Role
from survey.cohort import actions as cohorts_of
from survey.config import Settings
from survey.database import SqliteEngine
from survey.mail import courier
from survey.mail.sender import LEASE
from survey.notice import actions
from survey.notice.kinds import Kind
from survey.people import actions as people
from tests.conftest import START, Cohorts
from tests.processes import application, fresh, tick
from tests.server import free_port

PEOPLE, TICKS, SENDERS, KILLS = 24, 2, 4, 6


@dataclass
class Server:
    """A mail server that is slow to say that it has a mail, and tells when it has the nth."""

    port: int
    pause: float = 0.0
    accepted: list[str] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    wanted: int = 0
    has_them: threading.Event = field(default_factory=threading.Event)
    loop: asyncio.AbstractEventLoop | None = None

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mail = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
        self.accepted.append(mail["Message-ID"].strip("<>").partition("@")[0])
        self.recipients.append(envelope.rcpt_tos[0])
        if len(self.accepted) >= self.wanted:
            self.has_them.set()
        await asyncio.sleep(self.pause)
        return "250 OK"

    def wait_for(self, more: int) -> None:
        """Until so many more mails are there."""
        self.wanted = len(self.accepted) + more
        self.has_them.clear()
        assert self.has_them.wait(20), "the senders sent too little to say anything"

    def settle(self) -> None:
        """Until what was on its way when a sender died has arrived."""
        assert self.loop
        asyncio.run_coroutine_threadsafe(asyncio.sleep(self.pause + 0.02), self.loop).result(5)


@pytest.fixture
def post_office() -> Iterator[Server]:
    server = Server(free_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    server.loop = controller.loop
    yield server
    controller.stop()


@pytest.fixture
def smtp(settings: Settings, post_office: Server) -> Settings:
    sender = "Groeispiegel <noreply@veenrand.example>"
    return replace(
        settings,
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=post_office.port,
        SMTP_SECURITY="none",
        MAIL_FROM=sender,
    )


@pytest.fixture
def coaches(engine: SqliteEngine, cohorts: Cohorts) -> dict[str, str]:
    """A cohort full of coaches: address by id."""
    found = {}
    for number in range(PEOPLE):
        email = f"coach{number}@example.org"
        key = people.add_person(
            engine, name=f"Coach {number}", email=email, roles={Role.COACH}, by=None, at=START
        )
        cohorts_of.join(engine, cohort_id=cohorts.bens, person_id=key, since=date(2025, 9, 1))
        found[key] = email
    return found


def _send(settings: Settings, at: datetime, together: Barrier, rounds: int = 1) -> None:
    app = application(settings, at)
    together.wait(30)
    for _ in range(rounds):
        courier.deliver_now(app)


def test_two_ticks_and_four_senders_tell_everyone_once(
    engine: SqliteEngine,
    smtp: Settings,
    post_office: Server,
    cohorts: Cohorts,
    coaches: dict[str, str],
    add_round: Callable[..., str],
) -> None:
    add_round(cohorts.bens)
    together, said = fresh.Barrier(TICKS + SENDERS), fresh.SimpleQueue()
    at_work = [fresh.Process(target=tick, args=(smtp, START, together, said)) for _ in range(TICKS)]
    at_work += [fresh.Process(target=_send, args=(smtp, START, together, 8)) for _ in range(SENDERS)]
    for process in at_work:
        process.start()
    for process in at_work:
        process.join(60)
    assert [process.exitcode for process in at_work] == [0] * (TICKS + SENDERS)
    _send(smtp, START, fresh.Barrier(1))
    assert Counter(post_office.recipients) == Counter([*coaches.values(), "ana@example.org"])
    assert sum(said.get().count("opened the round of najaar") for _ in range(TICKS)) == 1
    (notices,) = engine.rows("SELECT count(*) AS n, count(told_at) AS told FROM notice")
    assert notices == {"n": PEOPLE + 1, "told": PEOPLE + 1}


def _kill(senders: list[BaseProcess]) -> None:
    for sender in senders:
        if sender.pid is not None and sender.is_alive():
            os.kill(sender.pid, signal.SIGKILL)
    for sender in senders:
        sender.join(10)


def test_killed_at_random_nobody_misses_a_mail_and_each_second_copy_is_explained(
    engine: SqliteEngine,
    smtp: Settings,
    post_office: Server,
    cohorts: Cohorts,
    coaches: dict[str, str],
    add_round: Callable[..., str],
) -> None:
    round_id = add_round(cohorts.bens)
    with engine.atomic():
        actions.announce(engine, kind=Kind.ROUND_OPEN, about=round_id, person_ids=coaches, at=START)
    chance, at, explained = random.Random(4), START, Counter[str]()
    post_office.pause = 0.02
    for _ in range(KILLS):
        together, before = fresh.Barrier(2), len(post_office.accepted)
        senders: list[BaseProcess] = [
            fresh.Process(target=_send, args=(smtp, at, together)) for _ in range(2)
        ]
        for sender in senders:
            sender.start()
        post_office.wait_for(chance.randint(1, 4))
        threading.Event().wait(chance.uniform(0, 0.03))
        _kill(senders)
        post_office.settle()
        marked = {row["id"] for row in engine.rows("SELECT id FROM outbox WHERE sent_at IS NOT NULL")}
        explained.update(set(post_office.accepted[before:]) - marked)
        at += LEASE + timedelta(seconds=1)
    post_office.pause = 0
    _send(smtp, at, fresh.Barrier(1))
    copies = Counter(post_office.accepted)
    address = {row["id"]: row["recipient"] for row in engine.rows("SELECT id, recipient FROM outbox")}
    assert sorted(address.values()) == sorted(coaches.values()), "one mail for each"
    assert sorted(address[key] for key in copies) == sorted(coaches.values()), "nobody misses theirs"
    assert explained, "no sender was killed between acceptance and marking: this shows nothing"
    assert {key: n - 1 for key, n in copies.items() if n > 1} == dict(explained)
