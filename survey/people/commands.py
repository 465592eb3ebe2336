"""Commands around people."""

import click
from flask.cli import with_appcontext

from survey.access.accounts import NobodyHas
from survey.access.permissions import Role
from survey.clock import now
from survey.database.request import engine
from survey.mail.address import NoAddress
from survey.people import actions, new_address


@click.command("add-person")
@click.option("--name", required=True, help="Name, as others know this person.")
@click.option("--email", required=True, help="Mail address this person signs in with.")
@click.option(
    "--role",
    "roles",
    required=True,
    multiple=True,
    type=click.Choice([role.value for role in Role]),
    help="What this person is; give it again for a second role.",
)
@click.option(
    "--language", default="nl", type=click.Choice(["nl", "en"]), help="Language of screens and mails."
)
@with_appcontext
def add_person(name: str, email: str, roles: tuple[str, ...], language: str) -> None:
    """Add someone who can sign in: the first programme lead of a new installation."""
    try:
        actions.add_person(
            engine(),
            name=name,
            email=email,
            roles={Role(role) for role in roles},
            by=None,
            at=now(),
            language=language,
        )
    except (NoAddress, actions.NoName) as error:
        raise click.ClickException(str(error)) from error
    except actions.EmailTaken as error:
        holder = "someone who left" if error.left else "someone"
        raise click.ClickException(f"{holder} has this mail address already: {error}") from error
    click.echo(f"{name} can sign in now; `flask signin-link {email}` prints a link when no mail arrives")


@click.command("change-address")
@click.argument("email")
@click.argument("to")
@with_appcontext
def change_address(email: str, to: str) -> None:
    """Let whoever signs in with EMAIL sign in with TO from now on, without two days in between."""
    try:
        new_address.move_now(engine(), email=email, to=to, at=now())
    except (NoAddress, NobodyHas) as error:
        raise click.ClickException(str(error)) from error
    except actions.EmailTaken as error:
        raise click.ClickException(f"Someone has this mail address already: {error}") from error
    click.echo(f"{to} signs in from now on; both addresses get a mail.")


COMMANDS = (add_person, change_address)
