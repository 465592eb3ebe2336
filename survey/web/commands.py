"""Commands of the web floor."""

import click

COMMANDS: tuple[click.Command, ...] = ()
