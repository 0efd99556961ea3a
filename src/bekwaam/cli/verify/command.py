"""``bekwaam verify``: is this certificate genuine? Over the network, or wholly offline with a bundle."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from bekwaam.cli.files import write_whole
from bekwaam.cli.language import format_option, language_option
from bekwaam.cli.verify.checking import FEW, Result, Way, results
from bekwaam.cli.verify.inputs import LIST_ENDING, Asked, BadInput, gather
from bekwaam.domain.certificates.batch_report import report_csv
from bekwaam.domain.certificates.bundle import MOST_BYTES, read_bundle
from bekwaam.domain.certificates.days import long_date
from bekwaam.trust.dids import url_of_did_web
from bekwaam.trust.reasons import Refused
from bekwaam.trust.verdicts import EXIT, Outcome, worst
from bekwaam.wording import N_, say

CANNOT: Final = 2
PROCESSES: Final = 2


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--offline",
    metavar="BUNDLE",
    type=click.Path(path_type=Path),
    help="Use nothing but this bundle (see: bekwaam bundle). Without it, keys and lists are fetched.",
)
@click.option(
    "--proof",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The proof that the certificate is in the log. One beside it, X.tlog-proof for X.json, is found.",
)
@click.option("--name", default="", help="Ask as well: is it of this person? A name, or a mail address.")
@click.option(
    "--issuer",
    "issuers",
    metavar="DID",
    multiple=True,
    help="Trust only this issuer, such as did:web:evc.example:aanbieder:x. May be given more than once.",
)
@click.option(
    "--report",
    metavar="OUT.csv",
    type=click.Path(path_type=Path),
    help="Write a row for every file there as well.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    default=PROCESSES,
    show_default=True,
    help="How many processes check at once, when there are many files.",
)
@format_option
@language_option
def verify(
    files: tuple[Path, ...],
    offline: Path | None,
    proof: Path | None,
    name: str,
    issuers: tuple[str, ...],
    report: Path | None,
    processes: int,
    form: str,
    language: str,
) -> None:
    """Check each FILE: a certificate as PDF, as credential (JSON) or as token (JWT), whatever it is called.

    A FILE may be a folder, or a CSV with a column "file" and perhaps one "name"; up to 1,000 at once. No
    database is needed and nothing is kept. Exit status: 0 all genuine, 1 at least one is not in order, 2 it
    cannot be told (or a file cannot be read).
    """
    try:
        asked = gather(files, proof, name.strip())
        way = Way(language, _bundle(offline), _wanted(issuers))
        _check_place(report)
    except BadInput as bad:
        _refuse(language, bad)
    found = _run(asked, way, processes)
    if report is not None:
        _write(report, found, language)
    many = len(asked) > 1 or files[0].is_dir() or files[0].suffix.lower() == LIST_ENDING
    _tell(found, form, many=many)
    if form == "text" and way.bundle is not None:
        day = long_date(read_bundle(way.bundle).made_at.date(), language)
        click.echo(
            "\n" + say(language, "Checked with what was known on {day}: the day of the bundle.", day=day)
        )
    sys.exit(EXIT[worst(it.outcome for it in found)])


def _bundle(path: Path | None) -> bytes | None:
    """Return the content of a bundle, once it was seen to be one; raises BadInput."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
        read_bundle(content)
    except OSError as error:
        raise BadInput(
            N_("{path} cannot be read: {error}."), path=path, error=error.strerror or error
        ) from error
    except Refused as refused:
        message = N_("{path} is no bundle that we understand ({reason}). Fetch it again: bekwaam bundle.")
        raise BadInput(message, path=path, reason=refused) from refused
    return content


def _wanted(issuers: Sequence[str]) -> tuple[str, ...] | None:
    for did in issuers:
        try:
            url_of_did_web(did)
        except Refused as refused:
            message = N_("{did} is no identifier of an issuer. It begins with did:web: and names a host.")
            raise BadInput(message, did=did) from refused
    return tuple(issuers) or None


def _check_place(report: Path | None) -> None:
    if report is not None and not report.parent.is_dir():
        raise BadInput(N_("{folder}: there is no such folder. Make it first."), folder=report.parent)
    if report is not None and report.is_dir():
        raise BadInput(N_("{path} is a folder. Give the name of a file."), path=report)


def _run(asked: Sequence[Asked], way: Way, processes: int) -> list[Result]:
    """Check everything, and say on stderr how far it is."""
    coming = results(asked, way, processes)
    label = say(way.language, "Checking")
    hidden = len(asked) < FEW
    with click.progressbar(coming, len(asked), label, file=sys.stderr, hidden=hidden) as shown:
        return list(shown)


def _write(path: Path, found: Sequence[Result], language: str) -> None:
    try:
        write_whole(path, report_csv((it.row for it in found), language))
    except OSError as error:
        _refuse(
            language,
            BadInput(N_("{path} could not be written: {error}."), path=path, error=error.strerror or error),
        )
    click.echo(say(language, "Report written: {path}", path=path), err=True)


def _tell(found: Sequence[Result], form: str, *, many: bool) -> None:
    if form == "json":
        click.echo(json.dumps(_plain(found, many=many), ensure_ascii=False, indent=2))
    elif many:
        for it in found:
            click.echo(f"{it.file}: {it.told.short}")
    else:
        click.echo(found[0].told.whole)


def _plain(found: Sequence[Result], *, many: bool) -> dict[str, Any]:
    """Return one report for one file; for more, what they come to together and all reports."""
    if not many:
        return found[0].report
    outcome = worst(it.outcome for it in found)
    valid = {Outcome.VALID: True, Outcome.INVALID: False, Outcome.UNKNOWN: None}[outcome]
    return {"valid": valid, "outcome": str(outcome), "files": [it.report for it in found]}


def _refuse(language: str, bad: BadInput) -> NoReturn:
    click.echo(say(language, bad.message, **bad.values), err=True)
    sys.exit(CANNOT)
