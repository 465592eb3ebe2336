"""Commands with which an operator sets up cohorts and their rounds."""

from datetime import datetime, time, timedelta

import click
from flask.cli import with_appcontext

from survey.access.accounts import NobodyHas
from survey.clock import DAY, HOME, now
from survey.cohort import actions, reports
from survey.current import catalog
from survey.database import Refused, Row
from survey.database.request import engine
from survey.questionnaire.catalog import UnknownQuestionnaire
from survey.questionnaire.definition import Questionnaire


def _cohort(name: str) -> Row:
    found = reports.cohort_named(engine(), name)
    if found is None:
        raise click.ClickException(f"There is no cohort named {name}. Make it first with add-cohort.")
    return found


def _newest_form(profile: str) -> Questionnaire:
    try:
        return catalog().reflection(profile)
    except UnknownQuestionnaire as error:
        raise click.ClickException(f"There is no profile {profile}. Keep the default, or add one.") from error


@click.command("add-cohort")
@click.argument("name")
@click.option("--started", type=DAY, required=True, help="First day, as YYYY-MM-DD.")
@click.option("--profile", default="kansencoach", show_default=True, help="Profile its coaches reflect on.")
@with_appcontext
def add_cohort(name: str, started: datetime, profile: str) -> None:
    """Make a cohort called NAME."""
    _newest_form(profile)
    try:
        actions.add_cohort(engine(), name=name, profile=profile, started_on=started.date())
    except Refused as error:
        raise click.ClickException(f"There is a cohort named {name} already.") from error
    click.echo(f"Cohort {name} was made.")


@click.command("add-member")
@click.argument("cohort")
@click.argument("email")
@click.option("--since", type=DAY, required=True, help="First day in the cohort, as YYYY-MM-DD.")
@with_appcontext
def add_member(cohort: str, email: str, since: datetime) -> None:
    """Put the coach with this mail address in COHORT."""
    key = _cohort(cohort)["id"]
    try:
        actions.enrol(engine(), cohort_id=key, email=email, since=since.date(), at=now())
    except NobodyHas as error:
        raise click.ClickException(str(error)) from error
    except actions.AlreadyIn as error:
        raise click.ClickException(_why_not_in(email, cohort, error.until)) from error
    click.echo(f"{email} is in {cohort} now.")


@click.command("add-trainer")
@click.argument("cohort")
@click.argument("email")
@with_appcontext
def add_trainer(cohort: str, email: str) -> None:
    """Let the trainer with this mail address see COHORT."""
    key = _cohort(cohort)["id"]
    try:
        actions.appoint(engine(), cohort_id=key, email=email, at=now())
    except NobodyHas as error:
        raise click.ClickException(str(error)) from error
    except Refused as error:
        raise click.ClickException(f"{email} trains {cohort} already.") from error
    click.echo(f"{email} trains {cohort} now.")


@click.command("add-round")
@click.argument("cohort")
@click.option("--opens", type=DAY, required=True, help="First day, as YYYY-MM-DD.")
@click.option("--closes", type=DAY, required=True, help="Last day, as YYYY-MM-DD.")
@with_appcontext
def add_round(cohort: str, opens: datetime, closes: datetime) -> None:
    """Plan a reflection round for COHORT; it opens and closes by the clock."""
    found = _cohort(cohort)
    form = _newest_form(found["profile"])
    try:
        actions.add_round(
            engine(),
            cohort_id=found["id"],
            form=form.form,
            version=form.version,
            opens_at=datetime.combine(opens.date(), time(0), HOME),
            closes_at=datetime.combine(closes.date() + timedelta(days=1), time(0), HOME),
        )
    except actions.Overlap as error:
        raise click.ClickException(
            f"This round was not planned: another round of {cohort} is open in those days."
        ) from error
    except Refused as error:
        raise click.ClickException("This round was not planned: it closes before it opens.") from error
    click.echo(f"The round of {cohort} opens on {opens:%Y-%m-%d} and closes after {closes:%Y-%m-%d}.")


def _why_not_in(email: str, cohort: str, until: str | None) -> str:
    if until is None:
        return f"{email} is in {cohort} already."
    return f"{email} was in {cohort} until {until}. Nobody enters a cohort twice: choose or make another one."


COMMANDS = (add_cohort, add_member, add_trainer, add_round)
