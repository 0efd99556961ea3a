"""Opens a written file: refuses what is no readable text of a sensible size, then reads it."""

from __future__ import annotations

from pathlib import Path

from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.reading.json_tree import read_json
from bekwaam.frameworks.reading.tree import Listing, Node, Scalar, Table
from bekwaam.frameworks.reading.yaml_tree import read_yaml
from bekwaam.wording import N_


def read_file(path: Path, name: str, limit: int, faults: FaultList) -> Node | None:
    """Return what ``path`` holds as a tree; None, with the faults noted, where that cannot be.

    ``name`` is what the file is called in faults; ``limit`` is the most bytes that are read.
    """
    text = _text(path, name, limit, faults)
    if text is None:
        return None
    is_json = path.suffix.lower() == ".json"
    node = read_json(name, text, faults) if is_json else read_yaml(name, text, faults)
    return node if node is None or _all_readable(node, name, faults) else None


def read_data(data: bytes, name: str, limit: int, faults: FaultList) -> Node | None:
    """Return what was received as a file as a tree, as :func:`read_file`; always read as YAML."""
    if len(data) > limit:
        _too_large(name, len(data), limit, faults)
        return None
    text = _decoded(data, name, faults)
    node = read_yaml(name, text, faults) if text is not None else None
    return node if node is None or _all_readable(node, name, faults) else None


def _text(path: Path, name: str, limit: int, faults: FaultList) -> str | None:
    try:
        if path.is_dir():
            faults.add(name, 0, "", "directory", N_("This is a folder, not a file."))
            return None
        if not path.exists():
            faults.add(name, 0, "", "no_file", N_("There is no such file."))
            return None
        if not path.is_file():
            faults.add(name, 0, "", "not_a_file", N_("This is not an ordinary file."))
            return None
        with path.open("rb") as file:
            data = file.read(limit + 1)  # never more, however large it turns out to be
            size = max(path.stat().st_size, len(data))
    except OSError:
        faults.add(name, 0, "", "unreadable", N_("This file cannot be opened. Look at its permissions."))
        return None
    if len(data) > limit:
        _too_large(name, size, limit, faults)
        return None
    return _decoded(data, name, faults)


def _too_large(name: str, size: int, limit: int, faults: FaultList) -> None:
    message = N_("This file is {size} MB; {limit} MB is the most that is read.")
    faults.add(name, 0, "", "too_large", message, size=f"{size / 1e6:.1f}", limit=limit // 1_000_000)


def _decoded(data: bytes, name: str, faults: FaultList) -> str | None:
    if b"\0" in data:
        faults.add(name, 0, "", "binary", N_("This is not a text file. Save it as plain text (UTF-8)."))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults.add(name, line, "", "not_utf8", N_("This text is not in UTF-8. Save the file as UTF-8."))
        return None


def _all_readable(node: Node, name: str, faults: FaultList) -> bool:
    """Tell whether every text can be shown: no control characters, no halves of characters."""
    waiting: list[Node] = [node]
    sound = True
    while waiting:
        match waiting.pop():
            case Table(entries):
                waiting.extend(part for entry in entries for part in entry)
            case Listing(items):
                waiting.extend(items)
            case Scalar(text, line) if not all(map(_is_readable, text)):
                message = N_("There is a character here that cannot be shown. Type the text again.")
                faults.add(name, line, "", "odd_character", message)
                sound = False
    return sound


def _is_readable(character: str) -> bool:
    code = ord(character)
    return (
        code >= 0xA0 or 0x20 <= code < 0x7F or character in "\n\r\t" if not 0xD800 <= code < 0xE000 else False
    )
