"""Gives out a comparison in the form that was asked for: text, data or a spreadsheet."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from bekwaam.cli.comparison_text import comparison_text
from bekwaam.frameworks.compare import Comparison
from bekwaam.frameworks.compared import compared
from bekwaam.frameworks.exchange.comparison_sheet import comparison_sheet
from bekwaam.wording import N_, say


def give_comparison(found: Comparison, language: str, form: str, out: Path | None) -> None:
    """Write ``found`` as "text", "json" or "xlsx" to ``out``, or to standard output where that is None.

    Ends the command with status 2 where that cannot be: a spreadsheet is no text for a terminal, and a file
    may not be writable.
    """
    if form == "xlsx":
        content = comparison_sheet(found, language)
        if out is None and sys.stdout.isatty():
            _refuse(say(language, "A spreadsheet cannot be read on a terminal. Add: --out FILE.xlsx"))
    else:
        document = compared(found, language)
        as_json = form == "json"
        text = json.dumps(document, ensure_ascii=False, indent=2) if as_json else comparison_text(document)
        content = f"{text}\n".encode()
    if out is None:
        sys.stdout.buffer.write(content)
        return
    try:
        out.write_bytes(content)
    except OSError as error:
        message = N_("{path} cannot be written: {reason}")
        _refuse(say(language, message, path=out, reason=error.strerror))
    click.echo(say(language, "Written: {path}", path=out), err=True)


def _refuse(sentence: str) -> None:
    click.echo(sentence, err=True)
    sys.exit(2)
