"""Commands with which an operator hands out data."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from flask.cli import with_appcontext

from survey.clock import now
from survey.current import catalog
from survey.database.request import engine
from survey.export import actions
from survey.export.actions import Format
from survey.export.research.crowd import CROWD
from survey.sheets.tables import Cell, Rows
from survey.sheets.writing import unwatched

EVERY = 0.2  # seconds between two looks at how far it is


@click.group()
def export() -> None:
    """Hand out data; each export is in the audit log."""


@export.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "formats",
    type=click.Choice([one.value for one in Format]),
    multiple=True,
    help="Only this format; give it again for another. By default all of them.",
)
@with_appcontext
def research(folder: Path, formats: tuple[str, ...]) -> None:
    """Write reflections of coaches who let research use them to a new FOLDER, without names."""
    try:
        study = actions.export_research(
            engine(),
            folder=folder.absolute(),
            formats=[Format(one) for one in formats] or [*Format],
            at=now(),
            catalog=catalog(),
            watch=watched if sys.stderr.isatty() else unwatched,
        )
    except actions.NobodyOptedIn as error:
        why = _why_nothing(error.left_out)
        raise click.ClickException(f"{why} Nothing was written.") from error
    except FileExistsError as error:
        raise click.ClickException(f"{folder} exists already. Choose another name.") from error
    out = f" Left out, because they would stand out: {study.left_out:,}." if study.left_out else ""
    click.echo(
        f"Wrote {study.number_of_reflections:,} reflections of {len(study.coaches):,} coaches to {folder}."
        f"{out} They are pseudonymous: treat them as personal data, and read codebook.md first."
    )


def _why_nothing(left_out: int) -> str:
    """Why there is nothing to write, where so many coaches let research read."""
    if not left_out:
        return "No coach lets research use reflections of closed rounds."
    if left_out < CROWD:
        return (
            f"Coaches who let research use reflections of closed rounds: {left_out}. "
            f"Fewer than {CROWD} are never an export: whoever knows them could tell who is who."
        )
    return f"The {left_out:,} coaches who let research use their reflections could be told apart."


def watched(rows: Rows, name: str, expected: Callable[[], int]) -> Iterator[Sequence[Cell]]:
    """The rows, with a line on the terminal that says how far it is."""
    done, shown, every = 0, 0.0, expected()
    for done, row in enumerate(rows, start=1):
        yield row
        if time.monotonic() - shown > EVERY:
            shown = time.monotonic()
            _say(name, done, every)
    _say(name, done, every)
    click.echo(err=True)


def _say(name: str, done: int, every: int) -> None:
    of = f" of {every:,}" if every else ""
    click.echo(f"\r{name}: {done:,}{of} rows", err=True, nl=False)


COMMANDS = (export,)
