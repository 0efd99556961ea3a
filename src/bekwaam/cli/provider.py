"""``bekwaam provider`` and ``bekwaam operator``: the first people in, from the command line."""

from __future__ import annotations

import click

from bekwaam.cli.runtime import prepare

prepare()

from bekwaam.services.accounts.people import (  # noqa: E402 - tables exist only once Django is up
    open_provider,
    register_operator,
)
from bekwaam.services.accounts.second_step import remove_second_step  # noqa: E402
from bekwaam.services.errors import Invalid, NotFound, Refused  # noqa: E402
from bekwaam.services.frameworks.versions import publish_builtin  # noqa: E402


@click.group()
def provider() -> None:
    """Register EVC providers and their first coordinator."""


@provider.command()
@click.argument("name")
@click.option("--place", default="", help="Where the provider is.")
@click.option("--coordinator", required=True, help="E-mail address of the first coordinator.")
@click.option("--coordinator-name", required=True, help="Name of the first coordinator.")
def add(name: str, place: str, coordinator: str, coordinator_name: str) -> None:
    """Register the provider NAME with a first coordinator, who gets a mail to set a password."""
    try:
        publish_builtin()
        made = open_provider(name, place, coordinator, coordinator_name)
    except Invalid as error:
        raise click.ClickException("\n".join(fault.text("en") for fault in error.faults)) from error
    except Refused as error:
        raise click.ClickException(error.verdict.text("en")) from error
    click.echo(f"{made.name}: {made.ref}")


@click.group()
def operator() -> None:
    """Look after the people who run the installation."""


@operator.command("add")
@click.argument("email")
@click.argument("name")
@click.password_option(help="Asked for when not given.")
def add_operator(email: str, name: str, password: str) -> None:
    """Make NAME, who logs in as EMAIL, an operator: somebody who registers providers."""
    click.echo(register_operator(email, name, password).ref)


@operator.command("remove-second-step")
@click.argument("email")
def remove_step(email: str) -> None:
    """Let EMAIL log in with the password alone again: for who lost phone and recovery codes.

    Make sure first that it is really them who ask.
    """
    try:
        removed = remove_second_step(email)
    except NotFound as error:
        raise click.ClickException(f"Nobody logs in as {email}.") from error
    click.echo("Removed." if removed else "There was no extra step.")
