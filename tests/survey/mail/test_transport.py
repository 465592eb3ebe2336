"""How mails leave: over SMTP as configured, or onto the console of this one machine."""

import smtplib
import ssl
from dataclasses import replace
from email.message import EmailMessage
from typing import Any

import pytest

from survey.config import BadSetting, Settings
from survey.mail.transport import ConsoleTransport, SmtpTransport, transport_for
from tests.survey.mail.conftest import Received


@pytest.fixture
def message() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "Onderwerp"
    mail.set_content("Met een link")
    return mail


@pytest.mark.parametrize(
    ("host", "base_url", "kind"),
    [
        ("mail.example", "https://groeispiegel.example", SmtpTransport),
        ("mail.example", "http://localhost:8000", SmtpTransport),
        ("", "http://localhost:8000", ConsoleTransport),
    ],
)
def test_the_settings_choose_the_transport(host: str, base_url: str, kind: type, settings: Settings) -> None:
    assert isinstance(transport_for(replace(settings, SMTP_HOST=host, BASE_URL=base_url)), kind)


def test_links_never_go_to_the_console_of_a_server_others_use(settings: Settings) -> None:
    with pytest.raises(BadSetting, match="SMTP_HOST"):
        transport_for(replace(settings, BASE_URL="https://groeispiegel.example"))


def test_the_console_shows_whom_and_what(message: EmailMessage, capsys: pytest.CaptureFixture[str]) -> None:
    ConsoleTransport().send(message)
    assert capsys.readouterr().out == "\nTo: b@example.org\nSubject: Onderwerp\n\nMet een link\n\n"


def test_a_server_that_offers_no_security_gets_no_mail(
    smtp: Settings, server: Received, message: EmailMessage
) -> None:
    with pytest.raises(smtplib.SMTPNotSupportedError):
        SmtpTransport(replace(smtp, SMTP_SECURITY="starttls")).send(message)
    assert server.mails == []


def test_a_server_that_speaks_no_tls_gets_no_mail(
    smtp: Settings, server: Received, message: EmailMessage
) -> None:
    with pytest.raises(OSError):  # noqa: PT011 - which one depends on the TLS library
        SmtpTransport(replace(smtp, SMTP_SECURITY="tls")).send(message)
    assert server.mails == []


def test_a_server_that_is_not_there_is_an_oserror(smtp: Settings, message: EmailMessage) -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpTransport(replace(smtp, SMTP_PORT=1)).send(message)


class Recorded:
    """Stands in for smtplib.SMTP and SMTP_SSL and notes the conversation."""

    said: list[tuple[str, Any]]

    def __init__(self, host: str, port: int, **options: Any) -> None:
        self.said.append(("connect", (type(self).__name__, host, port, sorted(options))))

    def quit(self) -> None:
        self.said.append(("quit", None))

    def close(self) -> None:
        """The connection is given back in any case."""

    def starttls(self, context: ssl.SSLContext) -> None:
        self.said.append(("starttls", (context.check_hostname, context.verify_mode)))

    def login(self, user: str, password: str) -> None:
        self.said.append(("login", (user, password)))

    def send_message(self, message: EmailMessage) -> None:
        self.said.append(("send", message["To"]))


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    Recorded.said = []
    monkeypatch.setattr(smtplib, "SMTP", type("Plain", (Recorded,), {}))
    monkeypatch.setattr(smtplib, "SMTP_SSL", type("Tls", (Recorded,), {}))
    return Recorded.said


CHECKED = (True, ssl.CERT_REQUIRED)


@pytest.mark.parametrize(
    ("security", "user", "acts"),
    [
        ("starttls", "", ["connect", "starttls", "send", "quit"]),
        ("starttls", "groei", ["connect", "starttls", "login", "send", "quit"]),
        ("tls", "groei", ["connect", "login", "send", "quit"]),
        ("none", "", ["connect", "send", "quit"]),
    ],
)
def test_the_connection_is_secured_before_anything_is_said(
    security: str,
    user: str,
    acts: list[str],
    settings: Settings,
    message: EmailMessage,
    said: list[tuple[str, Any]],
) -> None:
    smtp = replace(
        settings, SMTP_HOST="mail.example", SMTP_SECURITY=security, SMTP_USER=user, SMTP_PASSWORD="x"
    )
    SmtpTransport(smtp).send(message)
    assert [act for act, _ in said] == acts
    kind, _, _, options = said[0][1]
    assert kind == ("Tls" if security == "tls" else "Plain")
    assert "timeout" in options
    assert dict(said).get("starttls", CHECKED) == CHECKED
