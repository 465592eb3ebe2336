"""A mail server that keeps what it receives, and an outbox to fill."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from survey.config import Settings
from survey.database import SqliteDatabase, SqliteEngine
from survey.mail import outbox
from survey.mail.letter import Letter
from survey.mail.sender import Delivery, Sender
from survey.mail.transport import Transport
from survey.mail.writing import NO_OTHERS
from tests.conftest import START

SENDER = "Groeispiegel <noreply@veenrand.example>"


def deliver(database: SqliteDatabase, transport: Transport, clock: Callable[[], datetime]) -> Delivery:
    """One round of sending."""
    with database.session() as engine:
        return Sender(engine, clock, NO_OTHERS).deliver(transport, SENDER)


@dataclass
class Received:
    """What the mail server received; it refuses recipients in `refused`."""

    host: str = "127.0.0.1"
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        parsed = message_from_bytes(cast("bytes", envelope.content), policy=policy.default)
        self.mails.append(parsed)
        return "250 OK"


@pytest.fixture
def server() -> Iterator[Received]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        received = Received(port=free.getsockname()[1])
    controller = Controller(received, hostname=received.host, port=received.port)
    controller.start()
    yield received
    controller.stop()


@pytest.fixture
def smtp(settings: Settings, server: Received) -> Settings:
    """Settings that send through the server."""
    return replace(
        settings,
        SMTP_HOST=server.host,
        SMTP_PORT=server.port,
        SMTP_SECURITY="none",
        MAIL_FROM=SENDER,
    )


@pytest.fixture
def put(engine: SqliteEngine) -> Callable[..., str]:
    """A mail in the outbox."""

    def add(recipient: str = "ana@example.org", **options: object) -> str:
        text = Letter("Onderwerp", "Één regel.\n")
        with engine.atomic():
            return outbox.put(engine, **{"recipient": recipient, "letter": text, "at": START, **options})  # type: ignore[arg-type]

    return add
