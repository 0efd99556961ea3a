"""``bekwaam suggest``: which competences a story may show, with the words that led there. No database."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, BinaryIO, Final, NoReturn

import click

from bekwaam.cli.language import format_option, language_option
from bekwaam.domain.portfolio.suggesting.suggest import Matcher, Suggestion
from bekwaam.frameworks.faults import FaultsFound
from bekwaam.frameworks.library import builtin_ids, builtin_word_list, load_builtin, word_list_ids
from bekwaam.frameworks.loading.word_list import load_word_list
from bekwaam.frameworks.word_list import WordList
from bekwaam.wording import N_, say

BAD_INPUT: Final = 2
MAX_BYTES: Final = 1_000_000
STANDARD: Final = "evc-sociaal-werker-mbo"


@click.command()
@click.argument("file", metavar="FILE")
@format_option
@click.option("--standard", metavar="ID", default=STANDARD, show_default=True, help="The standard to look in")
@click.option(
    "--words",
    "folder",
    metavar="PATH",
    type=click.Path(path_type=Path),
    help="A list of words of your own (a folder or a file) in place of the one that comes with Bekwaam.",
)
@language_option
def suggest(file: str, form: str, standard: str, folder: Path | None, language: str) -> None:
    """Name the competences that the story in FILE may show: plain Dutch text, "-" for standard input.

    At most five, the best first, each with the words of the story that led there; none where nothing fits.
    It helps to sort a portfolio and judges nothing. Exit status: 0, also where nothing fits; 2 where the
    input is faulty.
    """
    text = _read(file, language)
    found = Matcher(_word_list(standard, folder, language), only=text).suggest(text)
    if form == "json":
        data = [{"code": one.code, "words": list(one.words)} for one in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        click.echo(_as_text(found, standard, language))


def _refuse(language: str, message: str, **values: Any) -> NoReturn:
    click.echo(say(language, message, **values), err=True)
    sys.exit(BAD_INPUT)


def _word_list(standard: str, folder: Path | None, language: str) -> WordList:
    if folder is not None:
        if standard not in builtin_ids():
            _refuse(language, N_('There is no standard "{id}".'), id=standard)
        try:
            return load_word_list(folder, standard, load_builtin(standard).by_code.keys())
        except FaultsFound as found:
            for fault in found.faults:
                click.echo(fault.full_text(language), err=True)
            sys.exit(BAD_INPUT)
    known = word_list_ids()
    if standard in known:
        return builtin_word_list(standard)
    if standard in builtin_ids():
        message = N_('There is no list of words for "{id}" yet. There is one for: {known}.')
    else:
        message = N_('There is no standard "{id}". There is a list of words for: {known}.')
    _refuse(language, message, id=standard, known=", ".join(known))


def _read(file: str, language: str) -> str:
    """Return the text in ``file``; end with status 2 and a sentence where there is none to be had."""
    if file == "-":
        return _text(sys.stdin.buffer, "-", language)
    path = Path(file)
    if path.is_dir():
        _refuse(language, N_("{path} is a folder. Give the name of a file."), path=file)
    try:
        with path.open("rb") as opened:
            return _text(opened, file, language)
    except FileNotFoundError:
        _refuse(language, N_("{path}: there is no such file."), path=file)
    except OSError as error:
        _refuse(language, N_("{path} cannot be read: {error}."), path=file, error=error.strerror or error)


def _text(source: BinaryIO, name: str, language: str) -> str:
    data = source.read(MAX_BYTES + 1)  # never more, however large it turns out to be
    if len(data) > MAX_BYTES:
        message = N_("{path} is larger than {limit} MB. Give one story at a time.")
        _refuse(language, message, path=name, limit=MAX_BYTES // 1_000_000)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        message = N_("{path} is no plain text. Save the story as plain text (UTF-8) and try again.")
        _refuse(language, message, path=name)
    if not text.strip():
        _refuse(language, N_("{path} is empty. Write the story first."), path=name)
    return text


def _as_text(found: tuple[Suggestion, ...], standard: str, language: str) -> str:
    if not found:
        return say(language, "None of the competences comes to the fore in this story.")
    items = load_builtin(standard).by_code
    lines = []
    for one in found:
        title = items[one.code].title
        words = ", ".join(f'"{word}"' for word in one.words)
        lines.append(f"{one.code}  {title[language] if title else ''}")
        lines.append("     " + say(language, "because you wrote: {words}", words=words))
    return "\n".join(lines)
