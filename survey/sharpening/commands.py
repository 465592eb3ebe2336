"""Commands of sharpening: asking items in two wordings, and the shift between these."""

from datetime import datetime, time

import click
from flask.cli import with_appcontext

from survey.clock import DAY, HOME, now
from survey.cohort import reports as cohorts
from survey.current import catalog
from survey.database.request import engine
from survey.questionnaire.two_wordings import two_wordings
from survey.sharpening import actions, reports
from survey.sharpening.reports import TwoWordings


@click.command("ask-two-wordings")
@click.argument("cohort")
@click.argument("items", nargs=-1)
@click.option("--opens", type=DAY, required=True, help="First day of the round, as YYYY-MM-DD.")
@with_appcontext
def ask_two_wordings(cohort: str, items: tuple[str, ...], opens: datetime) -> None:
    """Let a coming round of COHORT ask ITEMS, three at most, in the old words to a random half.

    Without ITEMS the round asks everything in the new words again.
    """
    found = cohorts.cohort_named(engine(), cohort)
    if found is None:
        raise click.ClickException(f"There is no cohort named {cohort}.")
    day = datetime.combine(opens.date(), time(0), HOME)
    try:
        actions.ask_in_two_wordings(
            engine(), cohort_id=found["id"], opens_at=day, items=items, catalog=catalog(), at=now()
        )
    except actions.NoRound as error:
        raise click.ClickException(f"No round of {cohort} opens on {opens:%Y-%m-%d}.") from error
    except actions.Begun as error:
        raise click.ClickException(f"That round of {cohort} is open, or people began in it.") from error
    except actions.NotInTwoWordings as error:
        possible = ", ".join(error.possible) or "none"
        raise click.ClickException(
            f"Not in two wordings on the same levels: {', '.join(error.items)}. These are: {possible}."
        ) from error
    except ValueError as error:
        raise click.ClickException(f"A round asks {error} in two wordings.") from error
    if items:
        click.echo(f"Half of {cohort} is asked {', '.join(items)} in the old words, drawn at random.")
    else:
        click.echo(f"{cohort} is asked everything in the new words.")


@click.command("shift")
@click.argument("form")
@click.argument("item", required=False)
@with_appcontext
def shift(form: str, item: str | None) -> None:
    """Print what other words did to the answers to FORM, over every closed round that asked both."""
    if not catalog().versions(form):
        raise click.ClickException(f"There is no form {form}.")
    found = [
        one
        for one in reports.shifts(engine(), None, at=now(), catalog=catalog())
        if one.form == form and item in {None, one.item}
    ]
    for one in found:
        for line in _lines(one):
            click.echo(line)
    if not found:
        possible = ", ".join(two_wordings(catalog(), form, catalog().versions(form)[-1])) or "none"
        click.echo(f"No closed round asked {form} in two wordings. Items that can be: {possible}.")


def _lines(one: TwoWordings) -> list[str]:
    shift, (before, after) = one.shift, one.versions
    lines = [
        f"{one.item}, {before} to {after}",
        f"  old ({shift.n_old} answers): {one.old['nl']}",
        f"  new ({shift.n_new} answers): {one.new['nl']}",
    ]
    if shift.estimate is None:
        return [*lines, "  no shift is shown: fewer than 8 answers in one of the halves"]
    found = shift.estimate
    return [
        *lines,
        f"  shift {found.value:+.2f} levels, 95% interval {found.low:+.2f} to {found.high:+.2f}",
    ]


COMMANDS = (ask_two_wordings, shift)
