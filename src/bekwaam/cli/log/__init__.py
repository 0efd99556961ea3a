"""``bekwaam log``: the public log, of this installation and of others."""

from __future__ import annotations

from typing import Final

import click

from bekwaam.cli.lazy import Entry, LazyGroup

COMMANDS: Final[dict[str, Entry]] = {
    "watch": Entry("bekwaam.cli.log.watch:watch", "Look whether somebody's log still tells one story."),
    "audit-head": Entry("bekwaam.cli.log.heads:audit_head", "Log how the audit chain ends today."),
}


@click.group(cls=LazyGroup, entries=COMMANDS)
def log() -> None:
    """Keep an eye on a public log, or write in the one of this installation."""
