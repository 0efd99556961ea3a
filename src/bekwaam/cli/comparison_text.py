"""Writes a comparison out as two columns of text to read on a terminal, 100 characters wide."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any, Final

from bekwaam.wording import N_, say

COLUMN: Final = 46
_BETWEEN: Final = " | "
WIDTH: Final = 2 + 2 * COLUMN + len(_BETWEEN)
SHARED, CHANGED, MOVED, ONLY_A, ONLY_B = "=", "~", ">", "-", "+"

Data = dict[str, Any]


def comparison_text(document: Data) -> str:
    """Return ``document`` (see :mod:`bekwaam.frameworks.compared`) as text in two columns.

    Of two that are the same only that is said; one of them can be read with "show".
    """
    parts = (_top,) if document["same"] else (_top, _head, _stages, _modules, _kinds)
    return "\n".join(line for part in parts for line in part(document)).rstrip()


def _row(mark: str, left: str, right: str) -> Iterator[str]:
    """Yield two texts beside each other; paragraphs stay paragraphs, lines hang below their code."""
    for number, (one, other) in enumerate(zip_longest(_column(left), _column(right), fillvalue="")):
        yield f"{mark if number == 0 else ' '} {one.ljust(COLUMN)}{_BETWEEN}{other}".rstrip()


def _column(text: str) -> list[str]:
    lines: list[str] = []
    for paragraph in text.splitlines():
        indent = "  " if lines else ""
        lines += textwrap.wrap(
            paragraph, COLUMN, initial_indent=indent, subsequent_indent="  ", break_on_hyphens=False
        )
    return lines


def _wrapped(text: str, indent: int = 0) -> Iterator[str]:
    yield from textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * indent)


def _heading(text: str) -> Iterator[str]:
    lines = textwrap.wrap(text, WIDTH)
    yield from ("", *lines, "-" * max(map(len, lines), default=0))


def _top(document: Data) -> Iterator[str]:
    language = document["language"]
    sides = [document[side] for side in ("a", "b")]
    yield from _row(" ", *(side["title"] for side in sides))
    yield from _row(" ", *(f"{side['id']} {side['version']}" for side in sides))
    yield "=" * WIDTH
    if document["same"]:
        yield from _wrapped(say(language, "These two have the same content."))
    counts = document["counts"]
    words = (
        (SHARED, say(language, "{number} shared", number=counts["shared"])),
        (CHANGED, say(language, "{number} in other words", number=counts["changed"])),
        (MOVED, say(language, "{number} moved", number=counts["moved"])),
        (ONLY_A, say(language, "{number} only left", number=counts["only_in_a"])),
        (ONLY_B, say(language, "{number} only right", number=counts["only_in_b"])),
    )
    yield "   ".join(f"{mark} {text}" for mark, text in words)


def _head(document: Data) -> Iterator[str]:
    for found in document["head"]:
        if found["field"] == "title":
            continue  # the titles stand above the columns
        yield from _heading(found["name"])
        sides = (found[side] if found[side] is not None else "-" for side in ("a", "b"))
        yield from _row(CHANGED, *map(str, sides))


def _stages(document: Data) -> Iterator[str]:
    language = document["language"]
    if not document["stages"]:
        return
    yield from _heading(say(language, "Stages"))
    for pair in document["stages"]:
        yield from _row(_stage_mark(pair), *(_stage(pair[side], not pair["same"]) for side in ("a", "b")))


def _stage_mark(pair: Data) -> str:
    if pair["same"]:
        return SHARED
    return ONLY_B if pair["a"] is None else ONLY_A if pair["b"] is None else CHANGED


def _stage(stage: Data | None, whole: bool) -> str:
    if stage is None:
        return ""
    name = f"{stage['rank']}. {stage['title']}"
    return f"{name}\n{stage['description']}" if whole else name


def _modules(document: Data) -> Iterator[str]:
    language = document["language"]
    for module in document["modules"]:
        message = N_("The same in both, from the module {id}")
        yield from _heading(say(language, message, id=module["id"]))
        for kind in module["kinds"]:
            yield f"{SHARED} {kind['number']} {kind['name']}"


def _kinds(document: Data) -> Iterator[str]:
    for kind in document["kinds"]:
        yield from _heading(kind["name"].capitalize())
        for item in kind["shared"]:
            yield from _row(SHARED, *[_item(item, whole="title" not in item)] * 2)
        for pair in kind["changed"]:
            yield from _row(CHANGED, *(_item(pair[side], whole=True) for side in ("a", "b")))
        for pair in kind["moved"]:
            yield from _row(MOVED, *(_moved(document, pair, side) for side in ("a", "b")))
        for item in kind["only_in_a"]:
            yield from _row(ONLY_A, _item(item, whole=True), "")
        for item in kind["only_in_b"]:
            yield from _row(ONLY_B, "", _item(item, whole=True))


def _item(item: Data, whole: bool) -> str:
    """Return code, title and stage and, for the ``whole``, the text below them."""
    stage = f"({item['stage']})" if "stage" in item else ""
    name = "  ".join(filter(None, (item["code"], item.get("title"), stage)))
    return f"{name}\n{item['text']}" if whole and "text" in item else name


def _moved(document: Data, pair: Data, side: str) -> str:
    text = _item(pair[side], whole=bool(pair["fields"]) or "title" not in pair[side])
    if pair["parents"] is None:
        return text
    parent, language = pair["parents"][side], document["language"]
    place = say(language, "(lies below nothing)")
    if parent is not None:
        named = f"{parent['code']} {parent['title']}"
        place = say(language, "(lies below {parent})", parent=named)
    return f"{text}\n{place}"
