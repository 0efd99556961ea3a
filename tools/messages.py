"""Keeps the translation catalogues in step with the code, without GNU gettext.

    python tools/messages.py update [--tidy]   gather msgids from code and templates into the .po files
    python tools/messages.py fill FILE.yaml    put in translations: a mapping of msgid to Dutch text
    python tools/messages.py check             list what is not translated, or not well; status 1 if any
    python tools/messages.py compile           write the .mo files (``update`` and ``fill`` do so too)

Msgids are the English texts themselves, so the English catalogue holds a header and nothing else, unless
somebody writes an English text there that differs from its msgid; such an entry is kept.

``update`` keeps the translation of a msgid that has gone at the end of the file (``#~``), so that a
sentence that moves from one file to another does not lose it; ``--tidy`` drops these.
"""

from __future__ import annotations

import argparse
import fcntl
import io
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from build_catalogues import compile_all
from django.utils.translation.template import templatize
from messages_check import Problem, translation_problems, untranslated_text

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "en"
LANGUAGES = (SOURCE_LANGUAGE, "nl")
KEYWORDS: dict[str, Any] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "N_")),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    "npgettext": ((1, "c"), 2, 3),
    "say": (2,),
    "say_many": (2, 3),
    "refused": (2,),
}
HEADER = """\
# {language} texts of Bekwaam. Kept in order by tools/messages.py; translations may be edited by hand.
msgid ""
msgstr ""
"Project-Id-Version: bekwaam\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Key = tuple[str, str | None]


def package(root: Path) -> Path:
    return root / "src" / "bekwaam"


def po_path(root: Path, language: str) -> Path:
    return package(root) / "locale" / language / "LC_MESSAGES" / "django.po"


def templates(root: Path) -> list[Path]:
    found = package(root).glob("**/templates/**/*")
    return sorted(path for path in found if path.suffix in (".html", ".txt", ".svg"))


def gather(root: Path) -> Catalog:
    """Return every msgid in code and templates with the files it stands in.

    Raises SyntaxError or UnicodeDecodeError for a file that cannot be read: a catalogue made without it
    would lose its translations.
    """
    catalogue = Catalog()
    sources = [(path, path.read_text("utf-8")) for path in sorted(package(root).glob("**/*.py"))]
    for path, text in sources:
        compile(text, str(path), "exec")
    sources += [(path, templatize(path.read_text("utf-8"), origin=str(path))) for path in templates(root)]
    for path, text in sources:
        for _, message, _, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            if message and message != ("", ""):
                place = (path.relative_to(root).as_posix(), 0)
                catalogue.add(message, locations=[place], context=context)
    return catalogue


def key(message: Message) -> Key:
    """Return what identifies a message: its (singular) msgid and its context."""
    return (message.id if isinstance(message.id, str) else message.id[0], message.context)


def read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def is_translated(message: Message) -> bool:
    texts = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return bool(texts) and all(texts)


def merge(gathered: Catalog, present: Catalog, language: str, tidy: bool) -> Catalog:
    """Return a catalogue of the ``gathered`` msgids with the translations that ``present`` has."""
    known = {k: m for k, m in present.obsolete.items() if is_translated(m)}
    known = {key(m): m for m in (*known.values(), *(m for m in present if m.id)) if is_translated(m)}
    merged = Catalog(locale=language)
    for message in gathered:
        old = known.pop(key(message), None) if message.id else None
        if not message.id or (language == SOURCE_LANGUAGE and old is None):
            continue
        same_shape = old is not None and isinstance(old.id, str) == isinstance(message.id, str)
        places = sorted({(name, 0) for name, _ in message.locations})
        flags = {"fuzzy"} & set(old.flags) if old else set()
        merged.add(message.id, old.string if same_shape else None, places, flags, context=message.context)
    if not tidy:
        for left in known.values():
            merged.obsolete[left.id if isinstance(left.id, str) else left.id[0]] = left
    return merged


def write(path: Path, catalogue: Catalog, language: str) -> None:
    """Write ``catalogue`` in one go: a reader sees the old file or the new one."""
    body = io.BytesIO()
    write_po(body, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".django.", suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(HEADER.format(language=language).encode() + body.getvalue())
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep a second run waiting until this one is done (a lock on the catalogues' folder)."""
    folder = package(root) / "locale"
    folder.mkdir(exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def update(root: Path = ROOT, *, tidy: bool = False, texts: dict[str, Any] | None = None) -> None:
    """Bring the .po files up to date and compile them; ``texts`` are Dutch translations to put in."""
    gathered = gather(root)
    with alone(root):
        for language in LANGUAGES:
            path = po_path(root, language)
            merged = merge(gathered, read(path, language), language, tidy)
            if language == "nl":
                put_in(merged, texts or {})
            write(path, merged, language)
        compile_all(root)


def put_in(catalogue: Catalog, texts: dict[str, Any]) -> None:
    """Set translations by msgid; a plural's is a list of two."""
    messages = {key(m)[0]: m for m in catalogue if m.id}
    for msgid, text in texts.items():
        message = messages.get(msgid)
        if message is None:
            print(f"not in the code, left out: {msgid!r}", file=sys.stderr)
            continue
        plural = not isinstance(message.id, str)
        message.string = tuple([text] * 2 if isinstance(text, str) else text) if plural else text
        message.flags.discard("fuzzy")


def check(root: Path = ROOT) -> list[Problem]:
    """Return everything that is not translated, or not well."""
    gathered = [m for m in gather(root) if m.id]
    present = {key(m): m for m in read(po_path(root, "nl"), "nl") if m.id}
    problems = []
    for message in sorted(gathered, key=lambda m: str(m.id)):
        problems += translation_problems(message, present.get(key(message)))
    for path in templates(root):
        problems += untranslated_text(path.relative_to(root).as_posix(), path.read_text("utf-8"))
    return problems


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("update").add_argument("--tidy", action="store_true")
    commands.add_parser("fill").add_argument("file", type=Path)
    commands.add_parser("check")
    commands.add_parser("compile")
    chosen = parser.parse_args(arguments)
    if chosen.command == "update":
        update(tidy=chosen.tidy)
    elif chosen.command == "fill":
        update(texts=yaml.safe_load(chosen.file.read_text("utf-8")))
    elif chosen.command == "compile":
        with alone(ROOT):
            compile_all(ROOT)
    else:
        problems = check()
        for problem in problems:
            print(problem)
        print(f"{len(problems)} to do" if problems else "everything is translated")
        return 1 if problems else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
