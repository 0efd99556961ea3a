"""Codes for items from elsewhere: theirs where that can be, made otherwise, and never the same twice."""

from __future__ import annotations

import re
from typing import Final

from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.tree import Node
from bekwaam.frameworks.reading.fields import CODE
from bekwaam.wording import N_

_LONGEST: Final = 40
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")


def give_codes(nodes: list[Node], taken: set[str], noting: Noting) -> None:
    """Give every one of ``nodes`` (each after what it lies in) a code that is not ``taken`` yet."""
    bare = []
    for node in nodes:
        written = node.ours.get("code") or node.raw.get("humanCodingScheme")
        code = written.strip() if isinstance(written, str) else ""
        if not code:
            bare.append(node)
            continue
        fitting = code if CODE.fullmatch(code) else _fitting(code)
        if not fitting:
            bare.append(node)
            continue
        if fitting != code:
            message = N_("Codes that cannot be written like that here were changed: {number} ({names}).")
            noting.note("odd_code", message, code)
        node.code = _free(fitting, taken)
        if node.code != fitting:
            message = N_("Codes that were used already were given a number: {number} ({names}).")
            noting.note("duplicate_code", message, fitting)
        taken.add(node.code)
    numbers: dict[Node | None, int] = {}
    unnumbered = set(map(id, bare))
    for node in nodes:
        numbers[node.parent] = numbers.get(node.parent, 0) + 1
        if id(node) in unnumbered:
            node.code = _free(_made(node, numbers[node.parent]), taken)
            taken.add(node.code)
            message = N_("Items without a code were given one from their place: {number} ({names}).")
            noting.note("made_code", message, node.code)


def _made(node: Node, number: int) -> str:
    listed = node.raw.get("listEnumeration")
    own = _fitting(listed) if isinstance(listed, str) else ""
    above = node.parent.code if node.parent is not None else ""
    code = f"{above}.{own or number}" if above else own or str(number)
    return code if len(code) <= _LONGEST else f"n{node.position + 1}"


def _fitting(code: str) -> str:
    return _ODD.sub("-", code).strip("-._")[:_LONGEST]


def _free(code: str, taken: set[str]) -> str:
    if code not in taken:
        return code
    number = 2
    while (found := f"{code[: _LONGEST - 6]}-{number}") in taken:
        number += 1
    return found
