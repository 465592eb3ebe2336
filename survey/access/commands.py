"""Commands around access."""

import click
from flask.cli import with_appcontext

from survey.access import actions
from survey.clock import now
from survey.database.request import engine
from survey.mail.address import NoAddress, normal


@click.command("signin-link")
@click.argument("email")
@with_appcontext
def signin_link(email: str) -> None:
    """Print a sign-in link for EMAIL, for when no mail arrives; it works once, for 15 minutes."""
    try:
        token = actions.issue_link_to(engine(), email=normal(email), at=now())
    except NoAddress as error:
        raise click.ClickException(str(error)) from error
    if token is None:
        raise click.ClickException("Nobody who can sign in has this address; add someone with add-person.")
    click.echo(actions.link_url(token))


COMMANDS = (signin_link,)
