"""``bekwaam sample``: draws a sample again from its exported file, and says what agrees. No database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import click

from bekwaam.cli.language import format_option, language_option
from bekwaam.domain.auditing.redraw import Redrawn, redraw
from bekwaam.wording import N_, say, say_many

GOOD: Final = 0
NOT_GOOD: Final = 1
BAD_INPUT: Final = 2


@click.command()
@click.argument("file", metavar="FILE.json", type=click.Path(path_type=Path))
@format_option
@language_option
def sample(file: Path, form: str, language: str) -> None:
    """Draw the sample in FILE.json again, as exported from its page, and tell whether everything agrees.

    It says nothing of whether the two entries stand in the audit chain: hold their numbers and hashes against
    the log. Exit status: 0 everything agrees, 1 something does not, 2 the file is no exported sample.
    """
    exported, redrawn = _read(file, language)
    if form == "json":
        click.echo(json.dumps(_plain(redrawn), indent=2))
    else:
        click.echo(_text(exported, redrawn, language))
    sys.exit(GOOD if redrawn.good else NOT_GOOD)


def _read(path: Path, language: str) -> tuple[dict[str, Any], Redrawn]:
    try:
        exported = json.loads(path.read_text("utf-8"))
        return exported, redraw(exported)
    except OSError as error:
        message = N_("{path} cannot be read: {error}.")
        click.echo(say(language, message, path=path, error=error.strerror or error), err=True)
    except (ValueError, RecursionError):
        message = N_(
            "{path} is no sample as Bekwaam exports it. Fetch the file again from the sample's page."
        )
        click.echo(say(language, message, path=path), err=True)
    sys.exit(BAD_INPUT)


def _plain(redrawn: Redrawn) -> dict[str, Any]:
    return {
        "good": redrawn.good,
        "checks": {check.point.value: check.good for check in redrawn.checks},
        "sample": list(redrawn.drawn),
    }


def _text(exported: dict[str, Any], redrawn: Redrawn, language: str) -> str:
    head = say(language, "Not everything agrees.")
    if redrawn.good:
        number = len(redrawn.drawn)
        head = say_many(
            language, "Everything agrees: {number} dossier.", "Everything agrees: {number} dossiers.", number
        )
    checks = [f"{'+' if check.good else '-'} {say(language, check.message)}" for check in redrawn.checks]
    entries = [
        say(language, "Entry {number} of the chain: {hash}", number=entry["sequence"], hash=entry["hash"])
        for entry in exported["entries"].values()
    ]
    drawn = [f"{number}. {ref}" for number, ref in enumerate(redrawn.drawn, 1)]
    return "\n".join([head, "", *checks, "", *entries, "", *drawn])
