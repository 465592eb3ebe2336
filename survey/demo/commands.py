"""Commands around the demo region: load it, start it afresh, print links into it."""

import json
import sys
from datetime import datetime

import click
from flask.cli import with_appcontext

from survey.clock import DAY, local_day, now
from survey.current import catalog, settings
from survey.database import Engine
from survey.database.request import engine
from survey.demo import actions, names, reports
from survey.demo.simulate import SEED

BAR = 30
LOADED = "Veenrand: {people} people, {reflections} reflections, {cases} cases, {checks} checks."
NO_DEMO = "This database does not hold the demo region. Load it into an empty database with: flask demo"

HERE_ONLY = "The demo runs on this machine only: anyone may sign in to it. Here others come in, by BASE_URL."


def where_to_click(engine: Engine, base_url: str) -> list[str]:
    """What an operator reads when the server starts with the region in its database."""
    return [f"Choose who you are: {base_url}/demo"] if reports.loaded(engine) else []


@click.command("demo")
@click.option("--if-new", is_flag=True, help="Do nothing when there are people already.")
@click.option("--reset", is_flag=True, help="Delete everything in a demo database and load it afresh.")
@click.option("--yes", is_flag=True, help="Do not ask before deleting.")
@click.option("--day", type=DAY, help="Today in the region; by default today.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another seed, another region.")
@with_appcontext
def demo(if_new: bool, reset: bool, yes: bool, day: datetime | None, seed: int) -> None:
    """Load the fictional region Veenrand into an empty database."""
    _refuse_elsewhere()
    if if_new and reset:
        raise click.UsageError("Use either --if-new or --reset.")
    if reset:
        _ask_before_reset(yes)
    try:
        loaded = actions.load(
            engine(),
            catalog=catalog(),
            day=day.date() if day else local_day(now()),
            seed=seed,
            replace=reset,
            progress=_Progress(),
        )
    except actions.NotEmpty as error:
        if if_new:
            return
        raise click.ClickException(_why_not()) from error
    click.echo(LOADED.format(**loaded))


def _why_not() -> str:
    if reports.loaded(engine()):
        return "The demo region is here already; nothing was loaded. Start it afresh with: flask demo --reset"
    return "There are people in this database; nothing was loaded. Load the demo into another DATABASE."


@click.command("demo-links")
@click.option("--checks", type=click.IntRange(0), default=0, help="How many more fresh relationship checks.")
@with_appcontext
def demo_links(checks: int) -> None:
    """Print fresh links of the demo personas, and fresh relationship checks, as one JSON object."""
    _refuse_elsewhere()
    at = now()
    personas = {"coach": names.COACH, "trainer": names.TRAINER, "lead": names.LEAD}
    try:
        found: dict[str, str | list[str]] = {
            key: actions.signin_url(engine(), persona=persona, at=at) for key, persona in personas.items()
        }
        parent_check, *more = actions.check_urls(engine(), catalog=catalog(), number=1 + checks, at=at)
    except actions.NotDemo as error:
        raise click.ClickException(NO_DEMO) from error
    found["parent_check"] = parent_check
    if checks:
        found["checks"] = more
    click.echo(json.dumps(found))


def _refuse_elsewhere() -> None:
    if not settings().local:
        raise click.ClickException(HERE_ONLY)


def _ask_before_reset(yes: bool) -> None:
    if not reports.loaded(engine()):
        raise click.ClickException(f"Nothing was deleted. {NO_DEMO}")
    held = reports.held(engine())
    click.echo(
        "This deletes everything in this database: {people} people, {reflections} reflections, "
        "{cases} cases, {checks} checks and all that belongs to them.".format(**held)
    )
    if not yes:
        click.confirm("Delete it and load the region afresh?", abort=True)


class _Progress:
    """A line that fills while rows go in; on a screen only, a log needs the last line alone."""

    def __init__(self) -> None:
        self._done = 0
        self._shows = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        self._done += done
        if self._shows:
            bar = "#" * (BAR * self._done // total)
            line = f"\rLoading Veenrand [{bar:<{BAR}}] {self._done:,} of {total:,} rows"
            click.echo(line, err=True, nl=self._done == total)


COMMANDS = (demo, demo_links)
