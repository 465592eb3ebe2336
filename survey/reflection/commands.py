"""The command that holds the bands of growth against the programme's own pairs of rounds, once a year."""

import click
from flask.cli import with_appcontext

from survey.clock import local_day, now
from survey.current import catalog
from survey.database import Refused
from survey.database.request import engine
from survey.reflection.bands import actions, reports
from survey.reflection.bands.calibration import PAIRS_NEEDED, Calibration


@click.command("calibrate-bands")
@click.option("--apply", "in_force", is_flag=True, help="Let the new SEM hold for rounds that open from now.")
@with_appcontext
def calibrate_bands(in_force: bool) -> None:
    """Estimate the SEM behind the bands of growth from pairs of rounds; changes nothing without --apply."""
    at = now()
    found = reports.calibrations(engine(), catalog=catalog(), at=at)
    for one in found:
        click.echo(_line(one))
    if not found:
        click.echo("There are no pairs of rounds yet.")
    if not in_force:
        click.echo("Nothing was changed. To let the new values hold for rounds that open from now: --apply")
        return
    if not any(one.new for one in found):
        raise click.ClickException("There is nothing new to be in force.")
    try:
        renewed = actions.calibrate(engine(), found=found, at=at)
    except Refused as error:
        raise click.ClickException("Someone else did this just now. Run it again.") from error
    click.echo(
        f"{renewed} new, for rounds that open from now. A figure without such a round stays as it was."
    )


def _line(one: Calibration) -> str:
    named = f"{one.profile} {one.measure}: {one.pairs} pairs"
    old = f"{one.old:.3f} (version {one.version})"
    if one.new is not None:
        return f"{named}, old {old}, new {one.new:.3f} (version {one.version + 1})"
    return f"{named}, {_why_not(one)}. Stays: {old}"


def _why_not(one: Calibration) -> str:
    if one.is_too_soon and one.since:
        return f"in force since {local_day(one.since):%Y-%m-%d}, and a year is needed"
    return f"{PAIRS_NEEDED} are needed" if one.pairs < PAIRS_NEEDED else "all of them differ by as much"


COMMANDS = (calibrate_bands,)
