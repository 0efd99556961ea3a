"""Published versions and crosswalks by their CASE identifiers, for anybody.

An organisation's own wording never plays a part here: what is exchanged are the published texts. ``base`` is
the address of this installation, below which everything is found. All of this raises NotFound for what is
not there.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from bekwaam.frameworks.crosswalk import Crosswalk, Reference
from bekwaam.frameworks.document import from_document
from bekwaam.frameworks.exchange.case.addresses import Addresses
from bekwaam.frameworks.exchange.case.crosswalks import case_crosswalk_document, crosswalk_document_id
from bekwaam.frameworks.exchange.case.links import identifiers_of
from bekwaam.frameworks.exchange.case.writer import case_document
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.case.packages import (
    Indexed,
    Linking,
    Served,
    Version,
    as_served,
    builtin_moment,
    indexed,
    indexed_crosswalk,
    served,
    served_crosswalk,
)
from bekwaam.services.frameworks.case.shelf import Shelf
from bekwaam.services.frameworks.crosswalks import builtin_crosswalks, crosswalk_heads, crosswalks_of
from bekwaam.store.models import CaseIdentifier, FrameworkVersion

_documents: Final[Shelf[dict[str, Any]]] = Shelf(4000)
_VERSION: Final = ("version_id", "version__sha256", "version__published_at")


def documents(base: str) -> list[dict[str, Any]]:
    """Return every CFDocument: of published versions and of the crosswalks between them. At most 5 queries.

    A version whose identifier leads to another version is not among them.
    """
    rows = CaseIdentifier.objects.filter(entity="CFDocuments").order_by("version_id")
    versions = [_version(*row) for row in rows.values_list(*_VERSION)]
    crosswalks = _crosswalks(_published())
    return [*_version_documents(versions, base), *(_crosswalk_document(one, base) for one in crosswalks)]


def package(identifier: UUID, base: str) -> Served:
    """Return a CFPackage as bytes.

    Of a version: at most 2 queries, 1 once it has been made. Of a crosswalk: at most 6.
    """
    version = _located(identifier, "CFDocuments")
    if version is not None:
        return served(version, base)
    linking, versions = _located_crosswalk(identifier, "CFDocuments")
    return served_crosswalk(linking, versions, base)


def part(collection: str, identifier: UUID, base: str) -> dict[str, Any]:
    """Return something of a collection ("CFItems") as it is served by itself. Queries as :func:`package`."""
    found = _package_with(collection, identifier, base).part(collection, str(identifier))
    if found is None:
        raise NotFound
    return found


def definitions(collection: str, identifier: UUID, base: str) -> list[dict[str, Any]]:
    """Return a definition and those below it. Queries as :func:`package`."""
    found = _package_with(collection, identifier, base).set_of(collection, str(identifier))
    if not found:
        raise NotFound
    return found


def associations_of_item(identifier: UUID, base: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a CFItem and the associations at it, those of crosswalks too.

    At most 7 queries, and one for each other end of a crosswalk that this process has not read yet.
    """
    version = _located(identifier, "CFItems")
    if version is None:
        raise NotFound
    own = indexed(version, base)
    item = own.part("CFItems", str(identifier))
    if item is None:
        raise NotFound
    found = list(own.associations_at(str(identifier)))
    versions = _published()
    here = {reference for reference, known in versions.items() if known.pk == version.pk}
    for linking in _crosswalks(versions):
        if here & {linking.crosswalk.frm, linking.crosswalk.to}:
            found += indexed_crosswalk(linking, versions, base).associations_at(str(identifier))
    return item, found


def _package_with(collection: str, identifier: UUID, base: str) -> Indexed:
    version = _located(identifier, collection)
    if version is not None:
        return indexed(version, base)
    linking, versions = _located_crosswalk(identifier, collection)
    return indexed_crosswalk(linking, versions, base)


def _located(identifier: UUID, collection: str) -> Version | None:
    """Return the version that an identifier leads to, None where it leads to none. One query."""
    rows = CaseIdentifier.objects.filter(uuid=identifier, entity=collection)
    row = rows.values_list(*_VERSION).first()
    return _version(*row) if row else None


def _version(pk: int, sha256: str, published_at: Any) -> Version:
    return Version(pk, sha256, published_at.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _located_crosswalk(identifier: UUID, collection: str) -> tuple[Linking, dict[Reference, Version]]:
    """Return the crosswalk that an identifier leads to, and all published versions. At most 3 queries."""
    if collection not in ("CFDocuments", "CFAssociations", "CFAssociationGroupings", "CFLicenses"):
        raise NotFound
    versions = _published()
    for linking in _crosswalks(versions):
        if collection == "CFDocuments":
            if crosswalk_document_id(linking.crosswalk.id) == str(identifier):
                return linking, versions
        elif str(identifier) in _identifiers(linking.crosswalk.id, linking.sha256, linking.crosswalk):
            return linking, versions
    raise NotFound


@lru_cache(maxsize=256)
def _identifiers(crosswalk_id: str, sha256: str, crosswalk: Crosswalk) -> frozenset[str]:
    return identifiers_of(crosswalk)


def _published() -> dict[Reference, Version]:
    """Return every published version. One query."""
    rows = FrameworkVersion.objects.values_list("identifier", "version", "pk", "sha256", "published_at")
    return {Reference(name, version): _version(pk, sha, at) for name, version, pk, sha, at in rows}


def _crosswalks(versions: dict[Reference, Version]) -> list[Linking]:
    """Return the crosswalks between published versions, ours first. At most 2 queries."""
    ours = [Linking(one.crosswalk, "", "", builtin_moment(one.crosswalk)) for one in builtin_crosswalks()]
    heads = crosswalk_heads()
    theirs = [
        Linking(held.crosswalk, held.owner, head.sha256, head.published_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        for head, held in zip(heads, crosswalks_of(heads), strict=True)
    ]
    return [one for one in (*ours, *theirs) if {one.crosswalk.frm, one.crosswalk.to} <= versions.keys()]


def _version_documents(versions: list[Version], base: str) -> list[dict[str, Any]]:
    """Return the CFDocuments of versions. One query for all that this process has not made yet."""
    made = {version.pk: _documents.get((version, base)) for version in versions}
    unknown = {version.pk: version for version in versions if made[version.pk] is None}
    if unknown:
        rows = FrameworkVersion.objects.filter(pk__in=unknown).values_list("pk", "document")
        for pk, document in rows:
            version = unknown[pk]
            told = case_document(from_document(document), base_url=base, moment=version.moment)
            kept = as_served(told, Addresses(base))
            made[pk] = _documents.put((version, base), kept, 1)
    return [found for version in versions if (found := made[version.pk]) is not None]


def _crosswalk_document(linking: Linking, base: str) -> dict[str, Any]:
    told = case_crosswalk_document(linking.crosswalk, linking.moment, base_url=base, creator=linking.owner)
    return as_served(told, Addresses(base))
