"""Commands of the rhythm: the tick that an operator lets run, and a check of the school holidays."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.rhythm import holidays
from survey.rhythm.current import school_holidays
from survey.rhythm.files import BrokenCalendar
from survey.rhythm.tick import Act, Step, due, run

IN_WORDS = {
    Act.OPEN: ("opened", "would open"),
    Act.CLOSE: ("closed", "would close"),
    Act.TELL: ("told of", "would tell of"),
}


@click.command("tick")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@with_appcontext
def tick(*, dry_run: bool) -> None:
    """Announce rounds that opened, note those that closed, and tell people what comes."""
    at = now()
    steps = due(engine(), at) if dry_run else run(engine(), catalog=catalog(), at=at)
    for step in steps:
        click.echo(_line(step, dry_run=dry_run))
    if not steps:
        click.echo("nothing to do")


@click.command("check-holidays")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@with_appcontext
def check_holidays(file: Path | None) -> None:
    """Check FILE with school holidays, by default the one in use."""
    try:
        found = holidays.read(file) if file else school_holidays()
    except BrokenCalendar as broken:
        raise click.ClickException(str(broken)) from broken
    click.echo(f"{len(found.years)} school years, all fine: {', '.join(sorted(found.years))}")


def _line(step: Step, *, dry_run: bool) -> str:
    said = IN_WORDS[step.act][dry_run]
    notice = f" ({step.notice.value.replace('_', ' ')}, people: {len(step.people)})" if step.notice else ""
    return f"{said} {step.words}{notice}"


COMMANDS = (tick, check_holidays)
