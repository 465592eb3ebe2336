"""Ways a mail leaves: over SMTP, or onto the console while only this machine uses the application."""

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import Protocol

import click

from survey.config import NO_MAIL_SERVER, BadSetting, Settings

PATIENCE = 20.0  # seconds for each step of the conversation with the mail server


class Transport(Protocol):
    """Takes one mail to where it is read, or raises OSError (smtplib's errors are OSErrors too)."""

    def send(self, message: EmailMessage) -> None:
        """Send one mail."""


class SmtpTransport:
    """Hands mails to the mail server of the settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def send(self, message: EmailMessage) -> None:
        """Send one mail over its own connection."""
        server = self._connected()
        try:
            if self._settings.SMTP_USER:
                server.login(self._settings.SMTP_USER, self._settings.SMTP_PASSWORD)
            server.send_message(message)
            with suppress(OSError):  # the mail is taken, whether or not the server says goodbye
                server.quit()
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        host, port = self._settings.SMTP_HOST, self._settings.SMTP_PORT
        if self._settings.SMTP_SECURITY == "tls":
            return smtplib.SMTP_SSL(host, port, timeout=PATIENCE, context=ssl.create_default_context())
        server = smtplib.SMTP(host, port, timeout=PATIENCE)
        if self._settings.SMTP_SECURITY == "starttls":
            try:
                server.starttls(context=ssl.create_default_context())
            except BaseException:
                server.close()
                raise
        return server


class ConsoleTransport:
    """Prints mails, for one person trying the application on one machine."""

    def send(self, message: EmailMessage) -> None:
        """Print one mail."""
        click.echo(f"\nTo: {message['To']}\nSubject: {message['Subject']}\n\n{message.get_content()}")


def transport_for(settings: Settings) -> Transport:
    """The transport the settings ask for."""
    if settings.SMTP_HOST:
        return SmtpTransport(settings)
    if settings.local:
        return ConsoleTransport()
    raise BadSetting(NO_MAIL_SERVER)
