"""The command with which an operator takes in a list of schools."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from flask_babel import force_locale

from survey.clock import local_day, now, school_year
from survey.database.request import engine
from survey.school import actions, cells, importing, reports
from survey.school.importing import Preview
from survey.school.lists import table_of
from survey.sheets.reading import LARGE, Unreadable, from_bytes

SHOWN = 20  # lines with something wrong


@click.command("import-schools")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", help="School year of pupils that stand there without one, as 2025-2026.")
@click.option("--take-part", is_flag=True, help="All new schools take part; without it none of them.")
@click.option("--municipality", multiple=True, help="New schools here take part; give it again for another.")
@click.option("--check", is_flag=True, help="Only say what the list does.")
@with_appcontext
def import_schools(
    file: Path, year: str | None, take_part: bool, municipality: tuple[str, ...], check: bool
) -> None:
    """Take in the schools of FILE, CSV or XLSX: the open list of the ministry, or a list of your own."""
    at = now()
    with force_locale("en"):
        try:
            table = table_of(from_bytes(file.read_bytes(), LARGE, formulas=True))
        except Unreadable as error:
            raise click.ClickException(str(error)) from error
        for_year = _year(year) if year else school_year(local_day(at))
        if check:
            _say(importing.check(table, reports.everything(engine()), for_year))
            return
        try:
            done = actions.import_list(
                engine(),
                table=table,
                school_year=for_year,
                take_part=actions.TakePart(take_part, frozenset(municipality)),
                by=None,
                at=at,
                watch=watched,
            )
        except actions.NotAsSeen as error:
            _say(error.preview)
            raise click.ClickException("Nothing was stored.") from error
        _say(done)


def _year(text: str) -> str:
    try:
        return cells.school_year(text)
    except ValueError as error:
        raise click.ClickException(f"{text} is no school year. Write it as 2025-2026.") from error


def watched(rows: Sequence[Any], what: str) -> Iterator[Any]:
    """The rows, with a bar at the terminal that says how far it is."""
    with click.progressbar(rows, label=what, file=sys.stderr) as bar:
        yield from bar


def _say(preview: Preview) -> None:
    wrong = preview.of("wrong")
    for line in wrong[:SHOWN]:
        click.echo(f"line {line.number}: {' '.join(line.problems)}", err=True)
    if len(wrong) > SHOWN:
        click.echo(f"and {len(wrong) - SHOWN:,} more lines", err=True)
    new, changed, same = (len(preview.of(kind)) for kind in ("new", "changed", "same"))
    click.echo(f"{new:,} new, {changed:,} changed, {same:,} stay, {len(wrong):,} wrong")


COMMANDS = (import_schools,)
