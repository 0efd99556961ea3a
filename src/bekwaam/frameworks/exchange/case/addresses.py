"""Identifiers and addresses of what is exchanged: the same on every machine and after every restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid5

PATH: Final = "/ims/case/v1p1"
NAMESPACE: Final = UUID("5f0e3c1c-6b0d-4c5e-9a53-27f2d1a8b6c4")
OURS: Final = "bekwaam"
"""The one key under ``extensions`` that is ours."""
UNDATED: Final = "1970-01-01T00:00:00Z"
"""The moment of change where nobody knows it: CASE asks for one all the same."""


def identify(framework: str, version: str, entity: str, code: str = "") -> str:
    """Return the identifier of something in a version of a framework that was written here."""
    return str(uuid5(NAMESPACE, f"{framework}/{version}/{entity}/{code}"))


def moment_of(changed: str, otherwise: str = "") -> str:
    """Return ``changed`` (a day or a moment) as a moment; a day begins at midnight, in UTC."""
    if not changed:
        return otherwise or UNDATED
    return changed if "T" in changed else f"{changed}T00:00:00Z"


def line(text: str) -> str:
    """Return ``text`` on one line, as CASE's NormalizedString wants it."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where things are found: below ``base`` on a server, or as "urn:uuid:" where there is none."""

    base: str = ""

    def uri(self, collection: str, identifier: str) -> str:
        """Return the address of something in a collection such as "CFItems"."""
        return f"{self.base}{PATH}/{collection}/{identifier}" if self.base else f"urn:uuid:{identifier}"

    def part(self, collection: str, whole: str, identifier: str) -> str:
        """Return the address of something that is only served as a part of the ``whole``."""
        return f"{self.uri(collection, whole)}#{identifier}" if self.base else f"urn:uuid:{identifier}"

    def link(self, collection: str, identifier: str, title: str) -> dict[str, Any]:
        """Return a LinkURI."""
        return {"title": line(title), "identifier": identifier, "uri": self.uri(collection, identifier)}

    def node(self, collection: str, identifier: str, title: str) -> dict[str, Any]:
        """Return a LinkGenURI: an end of an association."""
        return {**self.link(collection, identifier, title), "targetType": "CASE"}
