"""When mails leave: by command, and in the background after an answer has left."""

import threading
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask

from survey.mail import courier
from tests.client import HouseClient
from tests.commands import run
from tests.conftest import Member

Put = Callable[..., str]


class Slow:
    """A transport that waits for the test, and notes in which thread it sends."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.may_send = threading.Event()
        self.sent: list[str] = []
        self.threads: set[str] = set()

    def send(self, message: EmailMessage) -> None:
        self.asked.set()
        assert self.may_send.wait(10)
        self.threads.add(threading.current_thread().name)
        self.sent.append(message["To"])


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    transport = Slow()
    monkeypatch.setattr(courier, "transport_for", lambda _settings: transport)
    return transport


def test_the_command_sends_what_waits(app: Flask, put: Put) -> None:
    put("ana@example.org")
    code, printed = run(app, "send-mail")
    assert code == 0
    assert "To: ana@example.org" in printed
    assert printed.endswith("1 sent, 0 failed and waiting for another try\n")


def test_the_answer_does_not_wait_for_the_mail_server(
    app: Flask, client: HouseClient, ana: Member, slow: Slow
) -> None:
    reply = client.post("/inloggen", data={"mail": ana.email})
    assert reply.status_code == 303
    reply.close()
    assert slow.sent == []
    slow.may_send.set()
    app.extensions["courier"].wait()
    assert slow.sent == [ana.email]
    assert slow.threads == {"mail"}


def test_woken_while_sending_it_goes_round_once_more(app: Flask, put: Put, slow: Slow) -> None:
    put("een@example.org")
    courier.deliver_soon(app)
    assert slow.asked.wait(10)
    put("twee@example.org")
    courier.deliver_soon(app)
    courier.deliver_soon(app)
    slow.may_send.set()
    app.extensions["courier"].wait()
    assert slow.sent == ["een@example.org", "twee@example.org"]


def test_trouble_is_logged_and_the_next_mail_still_leaves(
    app: Flask, put: Put, slow: Slow, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    slow.may_send.set()
    with monkeypatch.context() as broken:
        broken.setattr(courier, "deliver_now", lambda _app: 1 / 0)
        courier.deliver_soon(app)
        app.extensions["courier"].wait()
    assert "mail could not be delivered" in caplog.text
    put("ana@example.org")
    courier.deliver_soon(app)
    app.extensions["courier"].wait()
    assert slow.sent == ["ana@example.org"]
