"""The command that holds the thresholds of hints against the programme's own answers, once a year."""

import click
from flask.cli import with_appcontext

from survey.clock import now
from survey.current import catalog
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
    if not in_force:
        click.echo("Nothing was changed. To let the new thresholds be in force from now: --apply")
        return
    changed = actions.calibrate(engine(), found=found, at=at)
    click.echo(f"{changed} new in force from now. Answers given before keep the thresholds of their day.")


def _line(one: Calibration) -> str:
    named = f"{one.respondent} {one.family}: {one.pairs} pairs"
    if one.new is None:
        why = f"{PAIRS_NEEDED} are needed" if one.pairs < PAIRS_NEEDED else "all of them differ by as much"
        return f"{named}, {why}. Stays: {_told(one, one.old)}"
    if not one.differs:
        return f"{named}. Stays: {_told(one, one.old)}"
    return f"{named}\n  old {_told(one, one.old)}\n  new {_told(one, one.new)}"


def _told(one: Calibration, version: Version) -> str:
    rate = version.rates[SPOKEN[one.family]]
    after_one, threshold = version.zone
    return (
        f"version {version.number}, SD {version.sd:.2f}, threshold {after_one} after one check, {threshold} "
        f"after more, by chance in {rate:.1%} of talks"
    )


COMMANDS = (calibrate_hints,)
