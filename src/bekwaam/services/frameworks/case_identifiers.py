"""Writes down under which identifiers a published version is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from bekwaam.frameworks.exchange.case import to_package
from bekwaam.frameworks.model import Framework
from bekwaam.store.models import CaseIdentifier, FrameworkVersion

_AT_ONCE: Final = 500


def record_identifiers(row: FrameworkVersion, framework: Framework) -> None:
    """Record every identifier in the package of a version that was published just now.

    A framework from elsewhere has the same identifiers in every version; the newest is then what they lead
    to. What leads to another framework already stays as it is, so that nobody takes over another's address.
    One query for every 500 identifiers to look, and some to write.
    """
    found = dict(_identifiers(framework))
    theirs = set(_of_others(list(found), framework.id))
    _write(row, {uuid: entity for uuid, entity in found.items() if uuid not in theirs}, replace=True)


def catch_up(row: FrameworkVersion, framework: Framework) -> None:
    """Record the identifiers of a version that was published before there were any; else nothing.

    What leads elsewhere already stays as it is. One query where there is nothing to do.
    """
    if not CaseIdentifier.objects.filter(version=row).exists():
        _write(row, dict(_identifiers(framework)), replace=False)


def _write(row: FrameworkVersion, found: dict[UUID, str], *, replace: bool) -> None:
    rows = [CaseIdentifier(uuid=uuid, version=row, entity=entity) for uuid, entity in found.items()]
    if replace:
        CaseIdentifier.objects.bulk_create(
            rows,
            batch_size=_AT_ONCE,
            update_conflicts=True,
            unique_fields=["uuid"],
            update_fields=["version", "entity"],
        )
    else:
        CaseIdentifier.objects.bulk_create(rows, batch_size=_AT_ONCE, ignore_conflicts=True)


def _of_others(uuids: list[UUID], identifier: str) -> Iterator[UUID]:
    for start in range(0, len(uuids), _AT_ONCE):
        known = CaseIdentifier.objects.filter(uuid__in=uuids[start : start + _AT_ONCE])
        yield from known.exclude(version__identifier=identifier).values_list("uuid", flat=True)


def _identifiers(framework: Framework) -> Iterator[tuple[UUID, str]]:
    """Yield identifiers with what they are; where one is used twice, the last yielded counts."""
    package: dict[str, Any] = to_package(framework)
    parts = {
        "CFRubrics": package.get("CFRubrics", ()),
        **package["CFDefinitions"],
        "CFAssociations": package["CFAssociations"],
        "CFItems": package["CFItems"],
        "CFDocuments": [package["CFDocument"]],
    }
    for collection, listed in parts.items():
        if collection != "extensions":
            yield from ((UUID(one["identifier"]), collection) for one in listed)
