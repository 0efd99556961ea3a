"""``bekwaam keys``: looks after the keys that certificates are signed with."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from bekwaam.cli.language import language_option
from bekwaam.cli.runtime import prepare

prepare()

from django.conf import settings  # noqa: E402 - tables exist only once Django is up
from django.utils import timezone  # noqa: E402

from bekwaam.domain.procedures.terms import AMSTERDAM  # noqa: E402
from bekwaam.services.errors import Invalid, NotFound, Refused  # noqa: E402
from bekwaam.services.issuers.keys import (  # noqa: E402
    key_called,
    provider_called,
    report_stolen,
    rotate,
    rotate_log,
)
from bekwaam.services.issuers.reads import consequences, issuer_shown  # noqa: E402
from bekwaam.services.signing.ring import log_key  # noqa: E402
from bekwaam.services.signing.safe import KeptKey, keys_kept, seal_anew  # noqa: E402
from bekwaam.wording import say, say_many  # noqa: E402

_MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d"]


@click.group()
def keys() -> None:
    """Look after the keys that certificates are signed with. See docs/sleutels.md."""


@contextmanager
def _told(language: str) -> Iterator[None]:
    """Turn what a service refuses into the end of the command, with its sentence."""
    try:
        yield
    except Refused as error:
        raise click.ClickException(error.verdict.text(language)) from error
    except Invalid as error:
        raise click.ClickException("\n".join(fault.text(language) for fault in error.faults)) from error
    except NotFound as error:
        raise click.ClickException(say(language, "There is no such provider or key.")) from error


@keys.command("list")
@click.option("--check", is_flag=True, help="Open every private key; exit status 1 when one does not open.")
@language_option
def list_keys(check: bool, language: str) -> None:
    """List every key: whose it is, when it was used, and whether it was reported stolen."""
    found = keys_kept(opening=check)
    for key in found:
        owner = f"{key.owner} ({key.owner_ref})" if key.owner else say(language, "Public log")
        click.echo(f"{owner}\n  {key.ref}  {key.public}\n  {_state(key, language)}")
    if not found:
        click.echo(say(language, "There are no keys yet."))
    if any(key.opens is False for key in found):
        sys.exit(1)


def _state(key: KeptKey, language: str) -> str:
    told = [say(language, "since {day}", day=_day(key.made_at))]
    if key.retired_at:
        told.append(say(language, "used until {day}", day=_day(key.retired_at)))
    if key.compromised_at:
        told.append(say(language, "stolen since {day}", day=_moment(key.compromised_at)))
    if key.opens is False:
        told.append(say(language, "DOES NOT OPEN"))
    return ", ".join(told)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%d-%m-%Y}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(AMSTERDAM):%d-%m-%Y %H:%M}"


@keys.command("rotate")
@click.argument("provider")
@language_option
def rotate_key(provider: str, language: str) -> None:
    """Let PROVIDER (its name or reference) sign with a new key. What the old one signed remains valid."""
    with _told(language):
        click.echo(rotate(None, provider_called(provider)).public)


@keys.command("rotate-log")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@language_option
def rotate_log_key(yes: bool, language: str) -> None:
    """Let the public log be signed with a new key: only when the present one is lost or stolen.

    Whoever watches the log has to be told of the new one, which is printed, in another way.
    """
    if not yes:
        click.confirm(say(language, "Are you sure? This cannot be undone."), abort=True)
    with _told(language):
        rotate_log()
        click.echo(log_key().text)


@keys.command()
@click.argument("provider")
@click.argument("key")
@click.option("--since", type=click.DateTime(_MOMENTS), required=True, help="As the clock is in Amsterdam.")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@language_option
def compromised(provider: str, key: str, since: datetime, yes: bool, language: str) -> None:
    """Report KEY of PROVIDER stolen from a moment on: what it signed later is refused from now on.

    This cannot be undone. KEY is its reference or its value, as "bekwaam keys list" shows them.
    """
    moment = timezone.make_aware(since, AMSTERDAM)
    with _told(language):
        owner = provider_called(provider)
        ref = key_called(owner, key)
        lost = consequences(owner, issuer_shown(owner).find(ref), moment)
        text = say_many(
            language,
            "{number} certificate no longer holds.",
            "{number} certificates no longer hold.",
            len(lost),
        )
        click.echo("\n".join([text, *lost]))
        if not yes:
            click.confirm(say(language, "Are you sure? This cannot be undone."), abort=True)
        report_stolen(None, owner, ref, moment)
    click.echo(say(language, "The key has been reported stolen."))


@keys.command()
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with the new passphrase; asked for when not given.",
)
@language_option
def passphrase(file: Path | None, language: str) -> None:
    """Seal every private key with another passphrase. Stop the server first; give it the new one after.

    When it is broken off half-way, do it again.
    """
    if file is not None:
        new = file.read_text(encoding="utf-8").strip()
    else:
        new = click.prompt(say(language, "New passphrase"), hide_input=True, confirmation_prompt=True)
    with _told(language):
        number = seal_anew(new)
    click.echo(say_many(language, "{number} key sealed anew.", "{number} keys sealed anew.", number))
    click.echo(
        say(
            language,
            "Put it in BEKWAAM_KEY_PASSPHRASE or BEKWAAM_KEY_PASSPHRASE_FILE before you start again.",
        )
    )
    own = Path(settings.OWN_KEY_PASSPHRASE)
    if not settings.KEY_PASSPHRASE and not settings.KEY_PASSPHRASE_FILE and own.exists():
        click.echo(say(language, "{file} opens nothing any more: remove it then.", file=own))
