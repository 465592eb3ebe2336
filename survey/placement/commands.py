"""Commands with which an operator adds schools and places coaches."""

from datetime import datetime

import click
from flask.cli import with_appcontext

from survey.access.accounts import NobodyHas
from survey.clock import DAY, local_day, now
from survey.database import Refused
from survey.database.request import engine
from survey.placement import actions


@click.command("add-school")
@click.argument("name")
@click.argument("place")
@with_appcontext
def add_school(name: str, place: str) -> None:
    """Add the school NAME in PLACE."""
    try:
        actions.add_school(engine(), name=name, place=place, at=now())
    except Refused as error:
        raise click.ClickException(f"There is a school named {name} already.") from error
    click.echo(f"{name} in {place} was added.")


@click.command("place-coach")
@click.argument("email")
@click.argument("school")
@click.option("--since", type=DAY, help="First day there, as YYYY-MM-DD; by default today.")
@with_appcontext
def place_coach(email: str, school: str, since: datetime | None) -> None:
    """Let the coach with this mail address work at SCHOOL, so that cases can be opened there."""
    at = now()
    first_day = since.date() if since else local_day(at)
    try:
        actions.place_coach(engine(), email=email, school=school, starts_on=first_day, at=at)
    except (NobodyHas, actions.NoSchool) as error:
        raise click.ClickException(str(error)) from error
    except Refused as error:
        raise click.ClickException(f"{email} works at {school} since that day already.") from error
    click.echo(f"{email} works at {school} now.")


COMMANDS = (add_school, place_coach)
