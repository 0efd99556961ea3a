"""JSON-LD for tests: contexts from the official material only, never fetched, and nothing may be dropped."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.domain.certificates.badges import vectors

PLACES = {
    "https://www.w3.org/ns/credentials/v2": ("vcdm2", "contexts", "credentials", "v2"),
    "https://www.w3.org/2018/credentials/v1": ("vcdm2", "contexts", "credentials", "v1"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": ("ob3", "contexts", "ob-v3p0-3.0.3.json"),
    "http://data.europa.eu/snb/model/context/edc-ap": ("elm", "shapes", "edc-ap-context.jsonld"),
}


@cache
def _context(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def _load(address: str, _options: object) -> dict[str, Any]:
    text = _context(vectors(*PLACES[address]))
    return {"contextUrl": None, "documentUrl": address, "document": text, "contentType": "application/json"}


def quads(document: dict[str, Any]) -> list[str]:
    """Return a document as canonical N-Quads; fails where a member is dropped for want of a meaning."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    dropped: list[str] = []
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    expanded = processor.expand(document, {"base": "", "documentLoader": _load})
    assert dropped == []
    text = jsonld.normalize(
        expanded, {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": _load}
    )
    return str(text).splitlines()


def leaves(value: Any) -> int:
    """Count the texts, numbers and truths in JSON."""
    if isinstance(value, dict):
        return sum(leaves(entry) for name, entry in value.items() if name != "@context")
    return sum(leaves(entry) for entry in value) if isinstance(value, list) else 1


def expanded_leaves(document: dict[str, Any]) -> int:
    """Count the values and identifiers that are left of a document once JSON-LD has read it."""
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    found: int = _count(jsonld.expand(document, {"base": "", "documentLoader": _load}))
    return found


def _count(value: Any) -> int:
    if isinstance(value, list):
        return sum(_count(entry) for entry in value)
    if not isinstance(value, dict):
        return 1
    if "@value" in value:
        return 1
    return sum(_count(entry) for entry in value.values())
