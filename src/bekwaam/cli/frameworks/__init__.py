"""``bekwaam frameworks``: everything about competence frameworks on the command line."""

from __future__ import annotations

import click

from bekwaam.cli.frameworks.checking import check
from bekwaam.cli.frameworks.exporting import export
from bekwaam.cli.frameworks.importing import import_
from bekwaam.cli.frameworks.showing import diff, list_, show


class _InOrder(click.Group):
    """A group that lists its commands in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_InOrder)
def frameworks() -> None:
    """List, show, check, compare and exchange competence frameworks.

    A framework is a pack: a folder with pack.yaml and other YAML files. A standard is a framework with a
    rule that says what has to be shown to meet it.

    Wherever a framework is asked for, give the id of one that comes with Bekwaam (ID or ID@VERSION), the
    path of a pack or of an exported file, or the id of one that was imported in this installation.
    """


for command in (list_, show, check, diff, export, import_):
    frameworks.add_command(command)
