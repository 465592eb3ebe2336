"""Commands around mail."""

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from survey.mail import courier

LONG = 20  # mails, from which a line on the screen says how far it is


@click.command("send-mail")
@click.option("--dry-run", is_flag=True, help="Only say who would get which mail.")
@with_appcontext
def send_mail(*, dry_run: bool) -> None:
    """Send the mails that wait in the outbox; let cron or a timer do this every minute."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if dry_run:
        _rehearse(app)
        return
    done = courier.deliver_now(app, _say_how_far if sys.stderr.isatty() else None)
    click.echo(f"{done.sent} sent, {done.failed} failed and waiting for another try")


def _rehearse(app: Flask) -> None:
    would = courier.rehearse(app)
    for recipient, subject in would.letters:
        click.echo(f"would send to {recipient}: {subject}")
    click.echo(
        f"{len(would.letters)} would be sent, {would.later} wait for their time, "
        f"{would.nothing_to_say} have nothing to say any more; nothing was sent"
    )


def _say_how_far(done: int, left: int) -> None:
    if done + left >= LONG:
        click.echo(f"\rMail {done:,} of {done + left:,}", err=True, nl=left == 0)


COMMANDS = (send_mail,)
