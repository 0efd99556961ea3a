"""``bekwaam log watch``: whether a log still tells the story that it told before. Without a database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Final

import click

from bekwaam.adapters.web.fetching import fetch
from bekwaam.cli.language import format_option, language_option
from bekwaam.domain.publiclog.watching import EXIT, Kept, Look, Seen, look
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Refused
from bekwaam.wording import N_, say

CANNOT_TELL: Final = 2
_SAID: Final = {
    Seen.FIRST: N_(
        "The log has {size} lines. From now on you can see whether it only grows. Its key is {key}: ask"
        " somebody else whether they have the same one."
    ),
    Seen.SAME: N_("Fine: the log has {size} lines, the same as when you last looked."),
    Seen.GROWN: N_("Fine: the log grew from {before} to {size} lines, and what was there is still there."),
    Seen.FORK: N_(
        "Two stories: what the log shows now cannot be true together with what you kept. Something was"
        " changed or removed. Keep {path} and {other}, and show them to others: together they prove it."
    ),
    Seen.HIDES: N_(
        "The log shows {size} lines, but you have seen {before}. It hides or lost what came after. Look"
        " again later, and ask why if it stays so."
    ),
    Seen.NO_PROOF: N_(
        "The log shows {size} lines instead of {before}, but gives no proof that it grew from those."
        " Nothing can be told. ({detail})"
    ),
    Seen.OTHER_LOG: N_(
        "This is another log than the one you keep: it has another name or key. Nothing can be told."
        " ({detail})"
    ),
    Seen.NO_LOG: N_("What is at this address is no public log that can be read. ({detail})"),
    Seen.NO_ANSWER: N_("The log gives no answer. Try again later. ({detail})"),
}


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.option(
    "--keep",
    metavar="FILE",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to keep what was seen.",
)
@click.option("--key", "key_text", metavar="KEY", default="", help="The key of the log, if you know it.")
@format_option
@language_option
def watch(address: str, keep: Path, key_text: str, form: str, language: str) -> None:
    """Look whether the log at ADDRESS (https://HOST/log/) still tells one story.

    FILE of --keep holds the last checkpoint that you saw. The first time it is made; after that the log has
    to prove that it only grew. Exit status: 0 fine, 1 the log tells two stories, 2 it hides something or
    nothing can be told.
    """
    known, key = _known(keep, language), _key(key_text, language)
    if known and key and known.key != key:
        _stop(say(language, "{path} is of a log with another key than the one you give.", path=keep))
    found = look(address, known, fetch, key)
    _store(found, keep, language)
    click.echo(_plain(found) if form == "json" else _text(found, keep, language))
    sys.exit(EXIT.get(found.seen, CANNOT_TELL))


def _known(keep: Path, language: str) -> Kept | None:
    try:
        return Kept.read(keep.read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, Refused, ValueError):
        text = N_("{path} cannot be read as what was kept of a log. Move it out of the way to begin anew.")
        _stop(say(language, text, path=keep))
        raise AssertionError from None


def _key(text: str, language: str) -> NoteKey | None:
    try:
        return NoteKey.read(text) if text else None
    except Refused:
        _stop(say(language, "This is no key of a log: {key}. It looks like NAME+ID+KEY.", key=text))
        raise AssertionError from None


def _stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(CANNOT_TELL)


def _store(found: Look, keep: Path, language: str) -> None:
    """Keep the newer checkpoint; of a log that tells two stories keep the other one beside it."""
    kept, path = found.to_keep, keep
    if found.seen is Seen.FORK:
        kept, path = found.shown, _other(keep)
    if kept is None or (kept is found.known and path is keep):
        return
    try:
        fresh = path.with_name(path.name + ".new")
        fresh.write_text(kept.text, "utf-8")
        fresh.replace(path)
    except OSError as error:
        _stop(say(language, "{path} cannot be written: {error}.", path=path, error=error.strerror or error))


def _other(keep: Path) -> Path:
    return keep.with_name(keep.name + ".other")


def _values(found: Look) -> dict[str, object]:
    return {
        "size": found.shown.checkpoint.size if found.shown else None,
        "before": found.known.checkpoint.size if found.known else None,
        "key": found.shown.key.text if found.shown else None,
        "detail": found.detail,
    }


def _plain(found: Look) -> str:
    return json.dumps({"seen": found.seen, **_values(found)}, indent=2)


def _text(found: Look, keep: Path, language: str) -> str:
    return say(language, _SAID[found.seen], path=keep, other=_other(keep), **_values(found))
