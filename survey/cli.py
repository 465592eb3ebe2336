"""The commands of `flask`: each room brings its own, here they are put together."""

import os
import sys
from importlib import import_module
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

from survey.clock import now
from survey.config import Settings, explained
from survey.current import settings
from survey.database import Busy, DatabaseError, Full
from survey.database.migrate import is_newest
from survey.database.migrate import migrate as migrate_database
from survey.database.request import database
from survey.database.restore import NotRestored
from survey.database.restore import restore as restore_database

ROOMS = (
    "access", "cohort", "demo", "export", "hint", "mail", "people", "questionnaire", "reflection",
    "retention", "rhythm", "school", "sharpening", "web",
)  # fmt: skip


class Commands(AppGroup):
    """Every command, loaded when somebody asks for one: a server starts without them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, if there is one."""
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        for room in ROOMS:
            for command in import_module(f"survey.{room}.commands").COMMANDS:
                self.add_command(command)


def init_app(app: Flask) -> None:
    """Have `flask` find every command."""
    app.cli = Commands(app.name)
    for command in (config, migrate, serve, backup, restore):
        app.cli.add_command(command)


@click.command()
@with_appcontext
def config() -> None:
    """Print every setting with its value and what it is for."""
    for name, value, sentence in explained(settings()):
        click.echo(f"{name}={value}\n    {sentence}")


@click.command()
@with_appcontext
def migrate() -> None:
    """Bring the database to the newest schema."""
    for name in migrate_database(database()):
        click.echo(f"applied {name}")


@click.command()
@click.argument("target")
@with_appcontext
def backup(target: str) -> None:
    """Copy the live database to TARGET, while it is in use."""
    try:
        with database().session() as engine:
            engine.backup(Path(target))
    except FileExistsError as error:
        raise click.ClickException(f"{target} exists already. Choose another name.") from error
    except (OSError, Busy, Full, DatabaseError) as error:
        raise click.ClickException(f"No copy was made: {error}") from error
    click.echo(f"copied to {target}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Put FILE, made by backup, in the place of the database."""
    from survey.evaluation.restoring.actions import bring_along

    place = settings().DATABASE
    try:
        kept, brought = restore_database(file, place, at=now(), bring=bring_along)
    except (NotRestored, OSError) as error:
        raise click.ClickException(f"Nothing was restored. {error}") from error
    click.echo(f"{place} is again what it was when {file} was made.")
    if kept:
        click.echo(f"What stood there is kept in {kept}; delete that when all is well.")
    if brought:
        click.echo(
            "What was counted of evaluations since then stays counted, what was published stays as it is."
        )
    else:
        click.echo("What was published of evaluations since then did not come along. Never publish it again:")
        click.echo("other answers would be in it, and whoever compares the two could find out about a few.")
    click.echo("Next: migrate, then retention, and do again what people have asked since that copy was made:")
    click.echo(
        "to erase, to stop, to take back. Start the server after that. See Restoring in docs/operation.md."
    )


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the application with gunicorn on HOST:PORT."""
    for line in _greeting():
        click.echo(line)
    sys.stdout.flush()
    command = [sys.executable, "-m", "gunicorn", *gunicorn_options(settings()), "app:create_app()"]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted


def _greeting() -> list[str]:
    """Where people of this machine find the application, and its demo if it holds one."""
    from survey.demo import commands as demo  # a server itself needs no commands

    base_url = settings().BASE_URL
    with database().session() as engine:
        ready = is_newest(engine)
        demo_lines = demo.where_to_click(engine, base_url) if ready and settings().local else []
    database().close()
    if not ready:
        raise click.ClickException("The database is not ready. First run: flask --app app migrate")
    return [f"Groeispiegel runs on {base_url}", *demo_lines]


def gunicorn_options(settings: Settings) -> list[str]:
    """How the server runs: two processes of four threads, nothing of a request in any log."""
    return [
        "--config", "python:survey.server",
        "--bind", f"{settings.HOST}:{settings.PORT}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--preload",  # the application is built once, not once for each process
        "--graceful-timeout", "20", "--limit-request-line", "2048",
        "--worker-tmp-dir", "/dev/shm",  # noqa: S108 - memory, so that a slow disk kills no worker
        "--no-control-socket", "--forwarded-allow-ips", "",  # proxies are believed as TRUSTED_PROXIES says
        "--log-level", "error",  # a warning names the address and the request that it refused
    ]  # fmt: skip
