"""The command that deletes after time; an operator lets it run every night."""

from datetime import timedelta

import click
from flask.cli import with_appcontext

from survey.clock import now
from survey.current import settings
from survey.database.request import engine
from survey.retention import actions


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be deleted.")
@with_appcontext
def retention(*, dry_run: bool) -> None:
    """Delete what has been kept long enough, and say per table how many rows that were."""
    lasts = timedelta(hours=settings().SESSION_HOURS)
    gone = actions.delete_old(engine(), at=now(), session_lasts=lasts, dry_run=dry_run)
    said = "would delete" if dry_run else "deleted"
    for table, rows in gone.items():
        click.echo(f"{said} {rows} from {table}")
    if not gone:
        click.echo("nothing is old enough to delete")


COMMANDS = (retention,)
