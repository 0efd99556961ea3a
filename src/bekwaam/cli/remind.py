"""``bekwaam remind``: reminds people by mail of what they have to do."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime, time

import click

from bekwaam.cli.language import language_option
from bekwaam.cli.runtime import prepare

prepare()

from django.utils import timezone  # noqa: E402 - tables exist only once Django is up

from bekwaam.domain.procedures.terms import AMSTERDAM  # noqa: E402
from bekwaam.services import clock  # noqa: E402
from bekwaam.services.agenda.everything import remind_everybody  # noqa: E402
from bekwaam.services.upkeep import is_up_to_date  # noqa: E402
from bekwaam.wording import say, say_many  # noqa: E402


@click.command()
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="As if it were this day. Default: today.")
@click.option("--dry-run", is_flag=True, help="Only say who would get a mail.")
@language_option
def remind(on: datetime | None, dry_run: bool, language: str) -> None:
    """Send everybody one mail about what they have to do, where something is due.

    A worker does this by itself, by day. Run again it does nothing more: nobody is reminded twice of the
    same, and nobody gets two of these mails on a day.
    """
    if not is_up_to_date():
        raise click.ClickException(
            say(language, "The database is not up to date. Start “bekwaam serve” first; it sees to that.")
        )
    then = timezone.make_aware(datetime.combine(on.date(), time(9)), AMSTERDAM) if on else None
    with clock.at(then) if then else nullcontext():
        done = remind_everybody(dry_run=dry_run)
    for one in done:
        text = say_many(
            language, "{name}: {number} thing", "{name}: {number} things", one.number, name=one.person
        )
        click.echo(text)
    if dry_run:
        click.echo(
            say_many(language, "{number} mail would go out.", "{number} mails would go out.", len(done))
        )
    else:
        click.echo(say_many(language, "{number} mail sent.", "{number} mails sent.", len(done)))
