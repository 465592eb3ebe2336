"""The command that holds the thresholds of hints against the programme's own answers, once a year."""

import click
from flask.cli import with_appcontext

from survey.clock import now
from survey.current import catalog
from survey.database import Refused
from survey.database.request import engine
from survey.hint import actions, reports
from survey.hint.reports import PAIRS_NEEDED, Calibration
from survey.hint.versions import Version

SPOKEN = {"relationship": "w_b_talk", "wellbeing": "u_a_talk"}  # the rule each threshold belongs to


@click.command("calibrate-hints")
@click.option("--apply", "in_force", is_flag=True, help="Let the new thresholds be in force from now.")
@with_appcontext
def calibrate_hints(in_force: bool) -> None:
    """Compare the thresholds of hints with pairs of consecutive checks; changes nothing without --apply."""
    at = now()
    found = reports.calibrations(engine(), catalog=catalog(), at=at)
    for one in found:
        click.echo(_line(one))
    if any(one.differs for one in found):
        click.echo(
            "Of W-a, U-c, U-d and the ceiling the chances stay those of the model: pairs do not tell them."
        )
    if not in_force:
        click.echo("Nothing was changed. To let the new thresholds be in force from now: --apply")
        return
    try:
        changed = actions.calibrate(engine(), found=found, at=at)
    except Refused as error:
        raise click.ClickException("Someone else did this just now. Run it again.") from error
    click.echo(f"{changed} new in force from now. Answers given before keep the thresholds of their day.")


def _line(one: Calibration) -> str:
    named = f"{one.respondent} {one.family}: {one.pairs} pairs"
    if one.new is None:
        return f"{named}, {_why_not(one)}. Stays: {_told(one, one.old)}"
    if not one.differs:
        return f"{named}. Stays: {_told(one, one.old)}"
    return f"{named}\n  old {_told(one, one.old)}\n  new {_told(one, one.new)}"


def _why_not(one: Calibration) -> str:
    if one.is_beyond:
        return "cannot be modelled: they vary too much"
    return f"{PAIRS_NEEDED} are needed" if one.pairs < PAIRS_NEEDED else "all of them differ by as much"


def _told(one: Calibration, version: Version) -> str:
    rate = version.rates[SPOKEN[one.family]]
    after_one, threshold = version.zone
    return (
        f"version {version.number}, SD {version.sd:.2f}, threshold {after_one} after one check, {threshold} "
        f"after more, by chance in {rate:.1%} of talks"
    )


COMMANDS = (calibrate_hints,)
