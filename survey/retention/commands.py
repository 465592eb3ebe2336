"""The commands that delete: after time, which an operator lets run every night, and a person on request."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from survey.access.accounts import NobodyHas
from survey.clock import now
from survey.current import settings
from survey.database import Busy, Full
from survey.database.request import engine
from survey.retention import actions
from survey.retention.erasing import actions as erasing


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@with_appcontext
def retention(*, dry_run: bool) -> None:
    """Delete what has been kept long enough, say per table how many rows that were, and compact the file."""
    lasts = timedelta(hours=settings().SESSION_HOURS)
    gone = actions.delete_old(engine(), at=now(), session_lasts=lasts, dry_run=dry_run)
    said = "would delete" if dry_run else "deleted"
    for table, rows in gone.items():
        click.echo(f"{said} {rows} from {table}")
    if not gone:
        click.echo("nothing is old enough to delete")
    if not dry_run:
        _compact()


@click.command("erase-person")
@click.argument("email")
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@click.option("--yes", is_flag=True, help="Do not ask for the address once more.")
@with_appcontext
def erase_person(email: str, *, dry_run: bool, yes: bool) -> None:
    """Erase whoever has the address EMAIL, as they asked, and say per table how many rows that were."""
    try:
        gone = erasing.erase_person(engine(), email=email, at=now(), dry_run=True)
        if not dry_run and not yes:
            _ask_before_erasing(email, sum(gone.values()))
        if not dry_run:
            gone = erasing.erase_person(engine(), email=email, at=now())
    except (NobodyHas, erasing.StillHeld) as error:
        raise click.ClickException(str(error)) from error
    said = "would erase" if dry_run else "erased"
    for table, rows in gone.items():
        click.echo(f"{said} {rows} from {table}")
    if not dry_run:
        _compact()


def _ask_before_erasing(email: str, rows: int) -> None:
    click.echo(f"This erases {rows} rows for good. What belongs to others stays, without the name.")
    if click.prompt("Type the mail address once more", default="", show_default=False).strip() != email:
        raise click.ClickException("That is not the same address. Nothing was erased.")


def _compact() -> None:
    """What was deleted has to leave the file too: every night, as people erase by day what is theirs."""
    try:
        engine().compact()
    except (Busy, Full) as error:
        again = "what was deleted can still be read in its bytes. Run `flask retention`."
        raise click.ClickException(f"The file was not compacted ({error}): {again}") from error


COMMANDS = (retention, erase_person)
