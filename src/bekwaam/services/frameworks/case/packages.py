"""The packages of published versions and crosswalks: made once, and kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.exchange.case import to_package
from bekwaam.frameworks.exchange.case.addresses import Addresses, moment_of
from bekwaam.frameworks.exchange.case.crosswalks import to_crosswalk_package
from bekwaam.frameworks.exchange.case.writer import to_bytes
from bekwaam.frameworks.library import find_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.case.shelf import Shelf
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import FrameworkVersion

_MEGABYTE: Final = 1024**2


@dataclass(frozen=True, slots=True)
class Served:
    """A package as it goes out, with the hash of its bytes."""

    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Version:
    """A published version, enough of it to make its package; ``moment`` is when it was published."""

    pk: int
    sha256: str
    moment: str

    def framework(self) -> Framework:
        """Return what was published. No query once this process has read it."""
        return framework_of(FrameworkVersion(pk=self.pk, sha256=self.sha256))


@dataclass(frozen=True, slots=True)
class Linking:
    """A crosswalk, whose it is (empty for ours), the hash of its content, and when it last changed."""

    crosswalk: Crosswalk
    owner: str
    sha256: str
    moment: str


class Indexed:
    """A package whose parts can be found by identifier."""

    def __init__(self, package: dict[str, Any], base: str) -> None:
        self._package, self._addresses = package, Addresses(base)

    @cached_property
    def _link(self) -> dict[str, Any]:
        document = self._package["CFDocument"]
        return self._addresses.link("CFDocuments", document["identifier"], document["title"])

    @cached_property
    def _parts(self) -> dict[str, dict[str, dict[str, Any]]]:
        listed = {
            **self._package.get("CFDefinitions", {}),
            "CFDocuments": [as_served(self._package["CFDocument"], self._addresses)],
            "CFItems": self._package.get("CFItems", ()),
            "CFAssociations": self._package.get("CFAssociations", ()),
            "CFRubrics": self._package.get("CFRubrics", ()),
        }
        listed.pop("extensions", None)
        return {name: {one["identifier"]: one for one in values} for name, values in listed.items()}

    def part(self, collection: str, identifier: str) -> dict[str, Any] | None:
        """Return something in the package as it is served by itself; None where it is not there."""
        found = self._parts.get(collection, {}).get(identifier)
        if found is None or collection not in ("CFItems", "CFAssociations"):
            return found
        return {**found, "CFDocumentURI": self._link}

    def set_of(self, collection: str, identifier: str) -> list[dict[str, Any]]:
        """Return a definition and those below it in the hierarchy; nothing where it is not there."""
        first = self.part(collection, identifier)
        if first is None:
            return []
        above = f"{first.get('hierarchyCode')}."
        listed = self._parts[collection].values() if first.get("hierarchyCode") else ()
        return [first, *(one for one in listed if str(one.get("hierarchyCode")).startswith(above))]

    @cached_property
    def _at(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for one in self._package.get("CFAssociations", ()):
            for end in {one["originNodeURI"]["identifier"], one["destinationNodeURI"]["identifier"]}:
                found.setdefault(end, []).append(one)
        return found

    def associations_at(self, identifier: str) -> list[dict[str, Any]]:
        """Return the associations that begin or end at an item."""
        return self._at.get(identifier, [])


# By the hash of the content, so that nothing in them can grow old. The parts of a package take some six
# times the room of its bytes.
_bytes: Final[Shelf[Served]] = Shelf(48 * _MEGABYTE)
_indexes: Final[Shelf[Indexed]] = Shelf(16 * _MEGABYTE)


def as_served(document: dict[str, Any], addresses: Addresses) -> dict[str, Any]:
    """Return a CFDocument as it is served by itself: with the address of its package."""
    link = addresses.link("CFPackages", document["identifier"], document["title"])
    return {**document, "CFPackageURI": link}


def served(version: Version, base: str) -> Served:
    """Return the package of a version as bytes. At most one query, none once it has been made."""
    key = (version, base)
    return _bytes.kept(key, lambda: _served(_package(version, base)), _weight)


def indexed(version: Version, base: str) -> Indexed:
    """Return the package of a version to find parts in. At most one query, none once it has been made."""
    key = (version, base)
    weight = len(served(version, base).content)
    return _indexes.kept(key, lambda: Indexed(_package(version, base), base), lambda _: weight)


def served_crosswalk(linking: Linking, versions: dict[Reference, Version], base: str) -> Served:
    """Return the package of a crosswalk as bytes; ``versions`` are those that are published.

    At most two queries, none once it has been made.
    """
    key = (linking.crosswalk.id, linking.sha256, linking.moment, base)
    return _bytes.kept(key, lambda: _served(_crosswalk_package(linking, versions, base)), _weight)


def indexed_crosswalk(linking: Linking, versions: dict[Reference, Version], base: str) -> Indexed:
    """Return the package of a crosswalk to find parts in. Queries as :func:`served_crosswalk`."""
    key = (linking.crosswalk.id, linking.sha256, linking.moment, base)
    weight = len(served_crosswalk(linking, versions, base).content)

    def make() -> Indexed:
        return Indexed(_crosswalk_package(linking, versions, base), base)

    return _indexes.kept(key, make, lambda _: weight)


def builtin_moment(crosswalk: Crosswalk) -> str:
    """Return when a crosswalk that comes with the product changed: with the later of its two ends."""
    sides = [find_builtin(side.id, side.version) for side in (crosswalk.frm, crosswalk.to)]
    return max(moment_of(side.changed if side else "") for side in sides)


def forget() -> None:
    """Forget every package that was made."""
    _bytes.clear()
    _indexes.clear()


def _weight(one: Served) -> int:
    return len(one.content)


def _served(package: dict[str, Any]) -> Served:
    content = to_bytes(package)
    return Served(content, hashlib.sha256(content).hexdigest())


def _package(version: Version, base: str) -> dict[str, Any]:
    return to_package(version.framework(), base_url=base, moment=version.moment)


def _crosswalk_package(linking: Linking, versions: dict[Reference, Version], base: str) -> dict[str, Any]:
    def find(identifier: str, version: str) -> Framework | None:
        known = versions.get(Reference(identifier, version))
        return known.framework() if known else None

    return to_crosswalk_package(
        linking.crosswalk, find, base_url=base, creator=linking.owner, moment=linking.moment
    )
