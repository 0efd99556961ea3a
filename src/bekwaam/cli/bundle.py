"""``bekwaam bundle``: fetches what certificates of one installation are checked with, to keep."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, NoReturn

import click

from bekwaam.adapters.web.addresses import read_place
from bekwaam.adapters.web.faults import NotFetched
from bekwaam.adapters.web.fetching import Fetcher
from bekwaam.cli.files import write_whole
from bekwaam.cli.language import language_option
from bekwaam.cli.verify.text import FETCH_FAULTS
from bekwaam.domain.certificates.bundle import MOST_BYTES, Bundle, read_bundle
from bekwaam.domain.certificates.days import long_date
from bekwaam.trust.reasons import Refused
from bekwaam.wording import N_, say, say_many

PATH: Final = "/controleren/bundel.json"
SECONDS: Final = 60.0
BAD: Final = 2


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.option(
    "-o",
    "--out",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="Where to write the bundle.",
)
@language_option
def bundle(address: str, out: Path, language: str) -> None:
    """Fetch the bundle of the installation at ADDRESS (such as evc.example) and write it to FILE.

    In it are the keys of its providers, their lists of withdrawn certificates and its public log. Whoever
    gives you a bundle says whose keys are whose: fetch it yourself, from an address that you trust. Exit
    status: 0 written, 2 not.
    """
    host = address.removeprefix("https://").strip("/")
    url = f"https://{host}{PATH}"
    try:
        content = Fetcher(seconds=SECONDS).content(url, MOST_BYTES)
        read = _of_its_own(content, read_place(url).authority, language)
        write_whole(out, content)
    except NotFetched as error:
        _refuse(say(language, FETCH_FAULTS[error.fault], name=url))
    except Refused as refused:
        message = N_("{url} is no bundle that we understand ({reason}).")
        _refuse(say(language, message, url=url, reason=refused))
    except OSError as error:
        message = N_("{path} could not be written: {error}.")
        _refuse(say(language, message, path=out, error=error.strerror or error))
    click.echo(
        say_many(
            language,
            "{path}: the keys of {number} provider, as of {day}.",
            "{path}: the keys of {number} providers, as of {day}.",
            len(read.issuers),
            path=out,
            day=long_date(read.made_at.date(), language),
        )
    )


def _of_its_own(content: bytes, host: str, language: str) -> Bundle:
    """Return the bundle; ends the command when it speaks for issuers elsewhere."""
    read = read_bundle(content)
    if elsewhere := read.elsewhere(host):
        message = N_("The bundle of {host} speaks for an issuer elsewhere: {did}. It was not written.")
        _refuse(say(language, message, host=host, did=elsewhere[0]))
    return read


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(BAD)
