"""The command that keeps the translations of the screens up to date."""

import click

from survey.web.catalogue import translations


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; fail when a translation is stale or incomplete.")
def translate(check: bool) -> None:
    """Gather the texts of the screens, merge them into the translations and compile those."""
    for translation in translations():
        if not check:
            translation.write()
        for fault in (faults := list(translation.faults())):
            click.echo(fault, err=True)
        if check and faults:
            raise SystemExit(1)
        click.echo(f"{translation.language}: {len(faults)} texts to translate")


COMMANDS: tuple[click.Command, ...] = (translate,)
