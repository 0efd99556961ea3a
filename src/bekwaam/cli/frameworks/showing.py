"""``bekwaam frameworks list``, ``show`` and ``diff``: frameworks to read on a terminal, or as data."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bekwaam.cli.comparison_output import give_comparison
from bekwaam.cli.framework_text import framework_text
from bekwaam.cli.frameworks import stored
from bekwaam.cli.frameworks.finding import find
from bekwaam.cli.language import format_option, language_option
from bekwaam.frameworks.compare import compare
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.presented import presented


@click.command("list", short_help="List the frameworks.")
@language_option
def list_(language: str) -> None:
    """List the frameworks: id, version, kind and title; oldest version first.

    First those that come with Bekwaam, then those that were imported in this installation.
    """
    packs = [load_builtin(name, version) for name in builtin_ids() for version in builtin_versions(name)]
    ours = {(pack.id, pack.version) for pack in packs}
    imported = [head for head in stored.heads() if (head.id, head.version) not in ours]
    rows = [(one.id, one.version, one.kind, one.title[language]) for one in (*packs, *imported)]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=False))
        click.echo("  ".join((*cells, row[3])))


@click.command(short_help="Show everything in a framework.")
@click.argument("name", metavar="ID[@VERSION]|PATH")
@language_option
@format_option
def show(name: str, language: str, form: str) -> None:
    """Show everything in a framework: an id from "list", or the path of a pack or an exported file.

    Without @VERSION the newest version is shown.
    """
    document = presented(find(name, language), language)
    if form == "json":
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        click.echo(framework_text(document))


@click.command(short_help="Compare two frameworks or versions.")
@click.argument("left", metavar="A")
@click.argument("right", metavar="B")
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "xlsx"]),
    default="text",
    show_default=True,
    help="Form of the answer; xlsx is a spreadsheet.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file.")
def diff(left: str, right: str, language: str, form: str, out: Path | None) -> None:
    """Compare two frameworks or versions: what they share, what reads differently, what moved.

    A and B are an id, ID@VERSION or the path of a pack or an exported file. Exit status: 0 the same content,
    1 different, 2 one of the two cannot be read, or the answer cannot be written.
    """
    found = compare(find(left, language), find(right, language))
    give_comparison(found, language, form, out)
    sys.exit(0 if found.same else 1)
