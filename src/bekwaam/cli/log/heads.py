"""``bekwaam log audit-head``: puts how the audit chain ends into the public log."""

from __future__ import annotations

import click

from bekwaam.cli.language import language_option
from bekwaam.cli.runtime import prepare

prepare()

from bekwaam.services.errors import Refused  # noqa: E402 - tables exist only once Django is up
from bekwaam.services.publiclog.daily import log_audit_head  # noqa: E402
from bekwaam.services.upkeep import is_up_to_date  # noqa: E402
from bekwaam.wording import say  # noqa: E402


@click.command("audit-head")
@language_option
def audit_head(language: str) -> None:
    """Log how the audit chain ends, once a day.

    A worker does this by itself. From then on nobody can rewrite what came before without it being seen.
    """
    if not is_up_to_date():
        raise click.ClickException(
            say(language, "The database is not up to date. Start “bekwaam serve” first; it sees to that.")
        )
    try:
        leaf = log_audit_head()
    except Refused as error:
        raise click.ClickException(error.verdict.text(language)) from error
    if leaf is None:
        click.echo(say(language, "That was done today already."))
    else:
        click.echo(say(language, "The end of the chain is leaf {number} of the public log.", number=leaf))
