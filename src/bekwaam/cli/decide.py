"""``bekwaam decide``: the whole outcome of a dossier from a file. No database."""

from __future__ import annotations

import json
import os
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from bekwaam.cli.dossier.reader import read_dossier
from bekwaam.cli.files import write_whole
from bekwaam.cli.language import format_option, language_option
from bekwaam.cli.outcome import outcome_data, outcome_text
from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.dossier import Dossier
from bekwaam.frameworks.faults import FaultsFound
from bekwaam.wording import N_, say

MET: Final = 0
NOT_MET: Final = 1
BAD_INPUT: Final = 2
NOT_DECIDABLE: Final = 3


def print_schema(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    """Print the JSON Schema of a dossier and end."""
    if wanted and not ctx.resilient_parsing:
        click.echo(schema_text(), nl=False)
        ctx.exit()


def schema_text() -> str:
    """Return the JSON Schema of a dossier file as text."""
    return (files("bekwaam.cli") / "schemas" / "dossier.schema.json").read_text("utf-8")


@click.command()
@click.argument("dossier", metavar="DOSSIER", type=click.Path(path_type=Path))
@format_option
@click.option(
    "--pdf",
    metavar="OUT.pdf",
    type=click.Path(path_type=Path),
    help="Write the certificate there as well, met or not met.",
)
@language_option
@click.option(
    "--schema",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=print_schema,
    help="Print the JSON Schema of a dossier and stop.",
)
def decide(dossier: Path, form: str, pdf: Path | None, language: str) -> None:
    """Decide the dossier in the file DOSSIER (YAML or JSON) by the rule of its standard, with the reasons.

    Exit status: 0 the standard is met, 1 it is not met, 2 the input is faulty, 3 it cannot be decided yet
    because something is missing. The certificate is written for 0 and 1 only; on faulty input nothing is
    written.
    """
    read = _read(dossier, language)
    if pdf is not None:
        _check_pdf(read, dossier, pdf, language)
    decision = read.decide()
    if pdf is not None:
        _write_pdf(read, decision, pdf, language)
    if form == "json":
        click.echo(json.dumps(outcome_data(read, decision, language), ensure_ascii=False, indent=2))
    else:
        click.echo(outcome_text(read, decision, language))
    sys.exit(_status(decision))


def _read(path: Path, language: str) -> Dossier:
    try:
        return read_dossier(path)
    except FaultsFound as found:
        for fault in found.faults:
            click.echo(fault.full_text(language), err=True)
        sys.exit(BAD_INPUT)


def _status(decision: Decision) -> int:
    if not decision.decidable:
        return NOT_DECIDABLE
    return MET if decision.met else NOT_MET


def _refuse(language: str, message: str, **values: Any) -> NoReturn:
    click.echo(say(language, message, **values), err=True)
    sys.exit(BAD_INPUT)


def _check_pdf(read: Dossier, source: Path, pdf: Path, language: str) -> None:
    """End with status 2 where the certificate could not be written, before anything is."""
    if not pdf.parent.is_dir():
        _refuse(language, N_("{folder}: there is no such folder. Make it first."), folder=pdf.parent)
    if pdf.is_dir():
        _refuse(language, N_("{path} is a folder. Give the name of a file."), path=pdf)
    if pdf.exists() and pdf.samefile(source):
        _refuse(language, N_("{path} is the dossier itself. Give another name."), path=pdf)
    if not os.access(pdf.parent, os.W_OK):
        _refuse(language, N_("{folder}: nothing can be written in this folder."), folder=pdf.parent)
    absent = [key for key, value in (("number", read.number), ("date", read.dated)) if not value]
    for key in absent:
        click.echo(say(language, 'A certificate needs "{key}". Add it to the dossier.', key=key), err=True)
    if absent:
        sys.exit(BAD_INPUT)


def _write_pdf(read: Dossier, decision: Decision, pdf: Path, language: str) -> None:
    if not decision.decidable:
        click.echo(say(language, "No certificate was written: something is missing."), err=True)
        return
    from bekwaam.cli.certificate import certificate  # noqa: PLC0415 - typesetting is slow to load

    try:
        write_whole(pdf, certificate(read, decision))
    except OSError as error:
        _refuse(
            language, N_("{path} could not be written: {error}."), path=pdf, error=error.strerror or error
        )
    click.echo(say(language, "Certificate written: {path}", path=pdf), err=True)
