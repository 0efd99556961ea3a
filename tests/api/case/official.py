"""The official OpenAPI 3.0 text of CASE 1.1 as something to hold answers against."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import jsonschema_rs

from tests.frameworks.exchange.case.material import vectors


@lru_cache(maxsize=1)
def openapi() -> dict[str, Any]:
    """Return the official text, with a pattern put right that no value could ever match.

    In it the types of association of one's own are "ext:" followed by a line end, where the text of the
    specification has none.
    """
    text = (vectors() / "schemas" / "case-v1p1-openapi-3.0.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text.replace("(ext:)\\n[", "(ext:)["))
    return found


@lru_cache(maxsize=32)
def _validator(name: str) -> Any:
    # OpenAPI 3.0 is not quite JSON Schema, but these schemas use nothing in which the two differ.
    schemas = openapi()["components"]["schemas"]
    whole = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    return jsonschema_rs.Draft4Validator(whole, validate_formats=True)


def assert_official(value: Any, name: str) -> None:
    """Check an answer against the schema ``name`` of the official text."""
    errors = _validator(name).iter_errors(value)
    assert [f"{error.instance_path}: {error.message}"[:300] for error in errors][:5] == []


def schema_of(path: str, status: int) -> str:
    """Return the name of the schema that an endpoint answers by."""
    responses = openapi()["paths"][path]["get"]["responses"]
    told = responses.get(str(status), responses["default"])
    return str(told["content"]["application/json"]["schema"]["$ref"]).rsplit("/", 1)[1]
