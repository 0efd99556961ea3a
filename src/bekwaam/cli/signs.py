"""``bekwaam signs``: signs of trouble in what was handed in before."""

from __future__ import annotations

import click

from bekwaam.cli.runtime import prepare

prepare()

from bekwaam.services.signs.catching_up import catch_up, to_count  # noqa: E402 - tables need Django up


@click.group()
def signs() -> None:
    """Look for signs of trouble in what was handed in before."""


@signs.command()
@click.option("--again", is_flag=True, help="Count everything anew, also what was counted already.")
def index(again: bool) -> None:
    """Count the signs of every portfolio that was handed in and is not comparable with others yet.

    Needed once after an upgrade from a version without signs, and after the key of the installation changed.
    It can be broken off and started again.
    """
    keys = to_count(again=again)
    with click.progressbar(catch_up(keys), length=len(keys), label="Portfolios") as done:
        for _number in done:
            pass
    click.echo(f"{len(keys)} counted.")
