"""``bekwaam accounts``: what has to happen to accounts by itself, every night."""

from __future__ import annotations

import click

from bekwaam.cli.runtime import prepare

prepare()

from bekwaam.services import clock  # noqa: E402 - tables exist only once Django is up
from bekwaam.services.erasing.expiring import due, expire  # noqa: E402
from bekwaam.wording import say, say_many  # noqa: E402


@click.group()
def accounts() -> None:
    """Look after accounts that were erased."""


@accounts.command("expire")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="nl", help="Language of the report.")
@click.option("--dry-run", is_flag=True, help="Only name the dossiers that would go.")
def expire_due(lang: str, dry_run: bool) -> None:
    """Erase what was kept for a term that is over by now.

    Dossiers of candidates who had their account erased stay until a date; after it they go, with the names
    that nothing needs any more. For a timer: run again it does nothing more.
    """
    if dry_run:
        for row in due(clock.today()):
            day = f"{row.until:%d-%m-%Y}"
            click.echo(say(lang, "{number}: kept until {day}", number=row.procedure.number, day=day))
        return
    done = expire()
    click.echo(say_many(lang, "{number} dossier erased.", "{number} dossiers erased.", done.dossiers))
    click.echo(say_many(lang, "{number} name erased.", "{number} names erased.", done.names))
    if done.files:
        text = say_many(
            lang, "{number} file was still there.", "{number} files were still there.", done.files
        )
        click.echo(text)
