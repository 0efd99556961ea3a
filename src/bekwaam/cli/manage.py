"""``bekwaam manage``: Django's own management commands, with our settings."""

from __future__ import annotations

import click
from django.core.management import execute_from_command_line

from bekwaam.cli.runtime import prepare


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Run one of Django's own management commands, such as dbshell or check --deploy."""
    prepare()
    execute_from_command_line(["bekwaam manage", *arguments])
