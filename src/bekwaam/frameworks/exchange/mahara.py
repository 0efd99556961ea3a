"""Writes a framework as a ``.matrix`` file for Mahara's SmartEvidence.

The fields follow what Mahara's framework module reads (``lib.php``: new style, with ``standardelements``
beside ``standards``) and how much its tables hold. One language goes along.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from bekwaam.frameworks.exchange.shortened import shortened
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.model import Framework, Item
from bekwaam.wording import N_, say

SHORT: Final = 100
NAME: Final = 255
STATUSES: Final = {
    "begun": N_("Ready to be looked at"),
    "incomplete": N_("Does not show it yet"),
    "partialcomplete": N_("Shows it in part"),
    "completed": N_("Shows it"),
}
"""What Mahara can say of evidence, by its own keys and in its own order."""


def write_mahara(framework: Framework, *, language: str = "nl") -> bytes:
    """Return ``framework`` as a SmartEvidence matrix (JSON, UTF-8), with the texts in ``language``.

    Mahara takes evidence on elements only. So what has other items below it at the top is a standard, and
    what stands there by itself, or is a competence, is an element of a standard named after its kind.
    """
    standards: list[dict[str, Any]] = []
    elements: list[dict[str, Any]] = []
    by_kind: dict[str, int] = {}
    for item in framework.children(None):
        if framework.children(item.code) and item.kind != "competence":
            standards.append(_standard(item, len(standards) + 1, language))
            elements.extend(_below(framework, item, len(standards), language))
            continue
        if item.kind not in by_kind:
            name = kind_name(item.kind, language)
            by_kind[item.kind] = len(standards) + 1
            standards.append(_row(name, name, "") | {"standardid": len(standards) + 1})
        elements.append(_element(item, by_kind[item.kind], None, language))
        elements.extend(_below(framework, item, by_kind[item.kind], language, item.code))
    content = {
        "institution": "all",
        "name": shortened(f"{framework.title[language]} ({framework.version})", NAME),
        "description": framework.description[language],
        "selfassess": True,
        "evidencestatuses": [{key: say(language, name)} for key, name in STATUSES.items()],
        "standards": standards,
        "standardelements": elements,
    }
    return json.dumps({"framework": content}, ensure_ascii=False, indent=1).encode()


def _below(
    framework: Framework, top: Item, standard: int, language: str, above: str | None = None
) -> Iterator[dict[str, Any]]:
    """Yield everything below ``top`` as elements, parents first; what lies right below it has ``above``."""
    waiting = [(item, above) for item in reversed(framework.children(top.code))]
    while waiting:
        item, parent = waiting.pop()
        yield _element(item, standard, parent, language)
        waiting.extend((below, item.code) for below in reversed(framework.children(item.code)))


def _standard(item: Item, number: int, language: str) -> dict[str, Any]:
    text = item.text[language] if item.text and item.title else ""
    return _row(f"{item.code} {item.name(language)}", item.name(language), text) | {"standardid": number}


def _element(item: Item, standard: int, parent: str | None, language: str) -> dict[str, Any]:
    text = item.text[language] if item.text else item.name(language)
    row = _row(item.code, item.name(language), text) | {"standardid": standard, "elementid": _id(item.code)}
    return row | {"parentelementid": _id(parent)} if parent is not None else row


def _id(code: str) -> str:
    # PHP takes "1.1" and "1.10" for the same number when it looks for what lies below what.
    return f"c-{code}"


def _row(short: str, name: str, description: str) -> dict[str, Any]:
    return {
        "shortname": shortened(short, SHORT),
        "name": shortened(name, NAME),
        "description": description,
    }
