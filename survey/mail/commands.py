"""Commands around mail."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from survey.mail import courier


@click.command("send-mail")
@with_appcontext
def send_mail() -> None:
    """Send the mails that wait in the outbox; let cron or a timer do this every minute."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    done = courier.deliver_now(app)
    click.echo(f"{done.sent} sent, {done.failed} failed and waiting for another try")


COMMANDS = (send_mail,)
