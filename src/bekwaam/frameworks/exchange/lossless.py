"""Our own lossless form as a file: the document of :mod:`bekwaam.frameworks.document`, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from bekwaam.frameworks.checking import check_framework
from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.walkable import walkable
from bekwaam.wording import N_

MAX_BYTES: Final = 50_000_000
MAX_ITEMS: Final = 50_000
_DEEPEST_RULE: Final = 20

_TEXT: Final = {"nl": str, "en": str}
_SOURCE: Final = {"document": str, "section": str}
_STAGE: Final = {
    "code": str, "short": str, "rank": int, "title": _TEXT, "description": _TEXT, "source": _SOURCE,
}  # fmt: skip
_ITEM: Final = {
    "code": str, "kind": str, "title": (None, _TEXT), "text": (None, _TEXT), "source": _SOURCE,
    "parent": (None, str), "stage": (None, str), "module": str, "own": bool,
    "sort?": (None, _TEXT), "uuid?": str, "foreign?": str,
}  # fmt: skip
_DOCUMENT: Final = {
    "id": str, "version": str, "kind": str, "title": _TEXT, "description": _TEXT, "source": _SOURCE,
    "eqf": (None, int), "includes": [str], "documents": {"*": _TEXT}, "stages": [_STAGE], "items": [_ITEM],
    "rule": (None, dict), "supersedes?": (None, str), "changed?": str, "creator?": str, "uuid?": str,
    "foreign?": str,
}  # fmt: skip
_COUNTING: Final = {
    "kind": str, "of": str, "codes?": [str], "within?": [str], "at_least?": int, "percent?": int,
    "stage?": (None, str), "per?": (None, str),
}  # fmt: skip
_ASKED: Final = {"count": "at_least", "share": "percent"}
# A type; None or another shape; a list of a shape; a table by key ("x?": may be absent, "*": any key).


def write_document(framework: Framework) -> bytes:
    """Return ``framework`` as JSON (UTF-8), readable by people and by :func:`read_document`."""
    return (json.dumps(to_document(framework), ensure_ascii=False, indent=1) + "\n").encode()


def read_document(data: bytes, name: str) -> Reading:
    """Return the framework in ``data`` with its faults; ``name`` is what to call the file. Raises nothing."""
    if len(data) > MAX_BYTES:
        message = N_("This file is {size} MB; {limit} MB is the most that is read.")
        return _none(name, "too_large", message, size=f"{len(data) / 1e6:.1f}", limit=MAX_BYTES // 1_000_000)
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _none(name, "not_utf8", N_("This text is not in UTF-8. Save the file as UTF-8."))
    except (ValueError, RecursionError) as error:
        message = N_("This is not valid JSON. Look at the quotes, commas and brackets here and just above.")
        return _none(name, "syntax", message, line=getattr(error, "lineno", 0))
    place = _misfit(document, _DOCUMENT, "")
    if place is None and document["rule"]:
        place = _rule_misfit(document["rule"], "rule", 0)
    if place is not None:
        message = N_('This is not a framework as Bekwaam writes it: look at "{place}".')
        return _none(name, "other_shape", message, place=place or "{")
    if len(document["items"]) > MAX_ITEMS:
        message = N_("There are {number} items; a framework holds {limit} at most.")
        return _none(name, "too_many", message, number=len(document["items"]), limit=MAX_ITEMS)
    framework = from_document(document)
    faults = check_framework(framework, name)
    return Reading(walkable(framework) if faults else framework, faults)


def _none(name: str, reason: str, message: str, /, line: int = 0, **values: Any) -> Reading:
    return Reading(None, (Fault(name, line, "", reason, message, values),))


def _misfit(value: Any, shape: Any, at: str) -> str | None:
    """Return where ``value`` first differs from ``shape`` ("items.3.title"), None where it fits."""
    if isinstance(shape, tuple):
        return None if value is None else _misfit(value, shape[1], at)
    if isinstance(shape, list):
        if not isinstance(value, list):
            return at
        found = (_misfit(one, shape[0], f"{at}.{number}") for number, one in enumerate(value))
        return next((place for place in found if place is not None), None)
    if isinstance(shape, dict):
        return _table_misfit(value, shape, at)
    return None if type(value) is shape else at


def _table_misfit(value: Any, shape: Mapping[str, Any], at: str) -> str | None:
    if not isinstance(value, dict):
        return at
    if "*" in shape:
        shape = dict.fromkeys(value, shape["*"])
    known = {key.rstrip("?"): inner for key, inner in shape.items()}
    for key in value.keys() - known.keys():
        return f"{at}.{key}".lstrip(".")
    for written, inner in shape.items():
        key = written.rstrip("?")
        place = f"{at}.{key}".lstrip(".")
        if key not in value:
            if not written.endswith("?"):
                return place
        elif (found := _misfit(value[key], inner, place)) is not None:
            return found
    return None


def _rule_misfit(rule: Any, at: str, depth: int) -> str | None:
    if not isinstance(rule, dict) or depth > _DEEPEST_RULE:
        return at
    if rule.get("kind") in ("all_of", "any_of"):
        inner = rule.get("rules")
        if not isinstance(inner, list) or rule.keys() != {"kind", "rules"}:
            return at
        found = (_rule_misfit(one, f"{at}.rules.{n}", depth + 1) for n, one in enumerate(inner))
        return next((place for place in found if place is not None), None)
    asked = next((key for kind, key in _ASKED.items() if rule.get("kind") == kind), None)
    return at if asked not in rule else _misfit(rule, _COUNTING, at)
