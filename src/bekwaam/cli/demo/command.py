"""``bekwaam demo``: everything to look around with, on a machine that has nothing but the wheel."""

from __future__ import annotations

import os
import time
from pathlib import Path
from urllib.parse import quote

import click

from bekwaam.cli.demo.folder import EXAMPLES, Folder, Found
from bekwaam.cli.language import language_option
from bekwaam.cli.runtime import prepare
from bekwaam.wording import say

HOST = "127.0.0.1"
PORT = 8000
OF_REAL_INSTALLATIONS = (
    "DATABASE_URL",
    "BEKWAAM_HOSTS",
    "BEKWAAM_SECRET_KEY",
    "BEKWAAM_KEY_PASSPHRASE",
    "BEKWAAM_KEY_PASSPHRASE_FILE",
    "BEKWAAM_KNOWN_ISSUERS",
    "BEKWAAM_TIMESTAMP_URL",
)


@click.command()
@click.option("--port", default=PORT, show_default=True, help="Port to serve on.")
@click.option(
    "--data",
    default=Path("var/demo"),
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the demo's data. Nothing outside it is touched.",
)
@click.option("--fresh", is_flag=True, help="Throw away what was made before and begin anew.")
@click.option("--no-serve", is_flag=True, help="Make the data and print the links, but do not serve.")
@click.option("--no-worker", is_flag=True, help="Start no process for work that waits.")
@language_option
def demo(port: int, data: Path, fresh: bool, no_serve: bool, no_worker: bool, language: str) -> None:
    """Start Bekwaam with a fictional provider and dossiers in every state.

    The first start makes the data; a later one goes on with it. Everybody in it is made up. A link is
    printed for each of them, with which you are in without a password.
    """
    folder = Folder(data)
    found = folder.found()
    if found is Found.OTHER:
        message = say(
            language,
            "{folder} holds something else than a demo. Choose another folder with --data.",
            folder=folder.path,
        )
        raise click.ClickException(message)
    if not no_serve:
        _insist_on_port(port, language)
    surroundings(folder.path, port)
    if fresh or found is not Found.WHOLE:
        _make(folder, found, language)
    else:
        click.echo(say(language, "The demo of last time is still there: {folder}", folder=folder.path))
        click.echo(say(language, "Begin anew with --fresh."))
    url = f"http://{HOST}:{port}"
    _print_links(folder, language, url)
    if not no_serve:
        click.echo(say(language, "Bekwaam is at {url} now. Stop with Ctrl+C.", url=f"{url}/"))
        _serve(port, worker=not no_worker)


def surroundings(folder: Path, port: int) -> None:
    """Set the environment so that the settings point at the demo and at nothing else.

    A database or mail server of a real installation, set in the same shell, must not come into it.
    """
    os.environ["BEKWAAM_DEMO"] = "1"
    os.environ["BEKWAAM_DATA"] = str(folder)
    os.environ["BEKWAAM_EXAMPLES"] = str(folder / EXAMPLES)
    os.environ["BEKWAAM_URL"] = f"http://{HOST}:{port}"
    # What its certificates name their issuer by: the same whatever port it is served on later.
    os.environ["BEKWAAM_ISSUER_HOST"] = f"localhost:{PORT}"
    os.environ["BEKWAAM_MAIL_URL"] = f"filemail:///{quote(str(folder / 'mail'))}"
    for name in OF_REAL_INSTALLATIONS:
        os.environ.pop(name, None)


def _make(folder: Folder, found: Found, language: str) -> None:
    if found is Found.HALF:
        click.echo(say(language, "An earlier start was interrupted; the demo is made anew."))
    making = say(language, "The demo is being made in {folder}. This takes some seconds.", folder=folder.path)
    click.echo(making)
    started = time.monotonic()
    folder.begin()
    prepare()
    from bekwaam.cli.demo.build import build  # noqa: PLC0415 - tables exist only once Django is up

    folder.finish(build())
    click.echo(say(language, "Ready in {seconds} seconds.", seconds=round(time.monotonic() - started)))


def _print_links(folder: Folder, language: str, url: str) -> None:
    prepare()
    from bekwaam.cli.demo.links import lines  # noqa: PLC0415 - tables exist only once Django is up

    click.echo("\n" + "\n".join(lines(folder.people(), language, url)) + "\n")
    mail = folder.path / "mail"
    click.echo(say(language, "Mail that would have been sent is put in {folder}.", folder=mail))


def _insist_on_port(port: int, language: str) -> None:
    from bekwaam.cli.serve import port_is_free  # noqa: PLC0415 - the server is slow to load

    if not port_is_free(HOST, port):
        message = say(
            language,
            "Port {port} is taken by another program. Choose another: bekwaam demo --port {other}",
            port=port,
            other=port + 1,
        )
        raise click.ClickException(message)


def _serve(port: int, *, worker: bool) -> None:
    from bekwaam.cli.serve import run  # noqa: PLC0415 - the server is slow to load

    run(HOST, port, worker=worker)
