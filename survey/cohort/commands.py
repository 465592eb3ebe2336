"""Commands with which an operator sets up cohorts and their rounds."""

from datetime import datetime, time, timedelta

import click
from flask.cli import with_appcontext

from survey.access.accounts import NobodyHas
from survey.clock import DAY, HOME, local_day, now
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
@click.argument("email")
@click.argument("cohort")
@click.option("--since", type=DAY, help="First day in the cohort, as YYYY-MM-DD; by default today.")
@with_appcontext
def add_member(email: str, cohort: str, since: datetime | None) -> None:
    """Put the coach with this mail address in COHORT."""
    key, at = _cohort(cohort)["id"], now()
    first_day = since.date() if since else local_day(at)
    try:
        actions.enrol(engine(), cohort_id=key, email=email, since=first_day, at=at)
    except NobodyHas as error:
        raise click.ClickException(str(error)) from error
    except actions.AlreadyIn as error:
        raise click.ClickException(f"{email} is in {cohort} already.") from error
    click.echo(f"{email} is in {cohort} now.")


@click.command("add-trainer")
@click.argument("email")
@click.argument("cohort")
@with_appcontext
def add_trainer(email: str, cohort: str) -> None:
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
            opens_at=_midnight(opens),
            closes_at=_midnight(closes + timedelta(days=1)),
        )
    except actions.Overlap as error:
        raise click.ClickException(
            f"This round was not planned: another round of {cohort} is open in those days."
        ) from error
    except Refused as error:
        raise click.ClickException("This round was not planned: it closes before it opens.") from error
    click.echo(f"The round of {cohort} opens on {opens:%Y-%m-%d} and closes after {closes:%Y-%m-%d}.")


@click.command("remove-round")
@click.argument("cohort")
@click.option("--opens", type=DAY, required=True, help="Its first day, as YYYY-MM-DD.")
@click.option("--with-drafts", is_flag=True, help="Also delete what coaches began and did not submit.")
@with_appcontext
def remove_round(cohort: str, opens: datetime, with_drafts: bool) -> None:
    """Withdraw a round of COHORT that nobody answered."""
    key, day = _cohort(cohort)["id"], f"{opens:%Y-%m-%d}"
    try:
        actions.withdraw_round(
            engine(), cohort_id=key, opens_at=_midnight(opens), with_drafts=with_drafts, at=now()
        )
    except actions.NoRound as error:
        raise click.ClickException(f"No round of {cohort} opens on {day}.") from error
    except actions.Answered as error:
        raise click.ClickException(_why_it_stays(cohort, error)) from error
    click.echo(f"The round of {cohort} that opens on {day} was withdrawn.")


def _midnight(day: datetime) -> datetime:
    return datetime.combine(day.date(), time(0), HOME)


def _why_it_stays(cohort: str, found: actions.Answered) -> str:
    if found.submitted:
        return f"Nothing was withdrawn: {found.submitted} submitted a reflection in this round of {cohort}."
    return (
        f"Nothing was withdrawn: {found.begun} began a reflection in this round of {cohort}. "
        "Delete what they began as well with: --with-drafts"
    )


COMMANDS = (add_cohort, add_member, add_trainer, add_round, remove_round)
