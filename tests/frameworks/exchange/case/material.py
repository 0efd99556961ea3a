"""What the tests of CASE share: the official schema, the samples, and small packages to spoil."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework

ROOT = Path(__file__).resolve().parents[4]
VECTORS = ROOT.parent / "shared" / "vectors" / "case"
OUR_SAMPLES = ROOT / "tests" / "data" / "case"
PACKS = [(name, version) for name in builtin_ids() for version in builtin_versions(name)]
MADE_UP = [ROOT / "tests" / "data" / "jeugdzorg-verzonnen"]

DOCUMENT = "6b7ea9b4-17f2-4c55-9c2c-0f5e9d6ad5a0"


def vectors() -> Path:
    """Return the folder with official material; skips the test where it is not there."""
    if not VECTORS.exists():
        pytest.skip("the official CASE material is not beside this checkout")
    return VECTORS


def assert_valid(package: bytes) -> None:
    """Check a package against the official schema, formats of identifiers and moments included."""
    schema = json.loads((vectors() / "schemas" / "case-v1p1-cfpackage-official.json").read_text("utf-8"))
    validator = jsonschema_rs.Draft201909Validator(schema, validate_formats=True)
    errors = validator.iter_errors(json.loads(package))
    assert [f"{error.instance_path}: {error.message}" for error in errors] == []


def frameworks() -> list[Framework]:
    """Return every version of every pack, and the made-up ones of the tests."""
    return [*(load_builtin(*pack) for pack in PACKS), *(load_pack(path) for path in MADE_UP)]


def uuid(number: int) -> str:
    """Return an identifier that is easy to tell apart."""
    return f"6b7ea9b4-17f2-4c55-9c2c-{number:012x}"


def item(number: int, **properties: Any) -> dict[str, Any]:
    """Return a CFItem."""
    return {
        "identifier": uuid(number),
        "uri": f"https://elders.example/ims/case/v1p0/CFItems/{uuid(number)}",
        "fullStatement": f"Statement {number}",
        "humanCodingScheme": f"C{number}",
        "lastChangeDateTime": "2020-02-03T04:05:06+00:00",
    } | properties


def link(number: int | None) -> dict[str, Any]:
    """Return a link to an item, or to the document."""
    identifier = DOCUMENT if number is None else uuid(number)
    return {"title": "x", "identifier": identifier, "uri": f"https://elders.example/x/{identifier}"}


def child(number: int, parent: int | None, **properties: Any) -> dict[str, Any]:
    """Return the association that lays an item in another, or at the top."""
    return association(number, parent, "isChildOf", **properties)


def association(origin: int, destination: int | None, relation: str, **properties: Any) -> dict[str, Any]:
    """Return any association."""
    identifier = uuid(1000 + origin * 50 + (destination or 0))
    return {
        "identifier": identifier,
        "uri": f"https://elders.example/ims/case/v1p0/CFAssociations/{identifier}",
        "associationType": relation,
        "originNodeURI": link(origin),
        "destinationNodeURI": link(destination),
        "lastChangeDateTime": "2020-02-03T04:05:06+00:00",
    } | properties


def package(
    items: list[Any], associations: list[Any], document: dict[str, Any] | None = None, **parts: Any
) -> bytes:
    """Return a package of somebody else."""
    head = {
        "identifier": DOCUMENT,
        "uri": f"https://elders.example/ims/case/v1p0/CFDocuments/{DOCUMENT}",
        "creator": "Iemand Anders",
        "title": "Kader van elders",
        "lastChangeDateTime": "2020-02-03T04:05:06+00:00",
    }
    whole = {"CFDocument": head | (document or {}), "CFItems": items, "CFAssociations": associations} | parts
    return json.dumps(whole, ensure_ascii=False).encode()
