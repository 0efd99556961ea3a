"""Reads which version of a framework is meant: "id@version"."""

from __future__ import annotations

from collections.abc import Callable

from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.reading.fields import Fields
from bekwaam.wording import N_

FindVersion = Callable[[str, str], Framework | None]


def read_reference(
    fields: Fields, key: str, find: FindVersion, *, required: bool = True
) -> tuple[Reference, Framework | None]:
    """Return the version named under ``key`` and, where ``find`` knows it, what is in it. Notes faults."""
    written = fields.string(key, required=required) or ""
    identifier, _, version = written.partition("@")
    reference = Reference(identifier, version)
    if written and not (identifier and version):
        message = N_('"{text}" does not name a version of a framework: write it like "{example}".')
        fields.fault(fields.line(key), "odd_reference", message, text=written, example="id@1.0")
        return reference, None
    framework = find(identifier, version) if written else None
    if written and framework is None:
        message = N_('There is no framework "{id}" with a version "{version}".')
        fields.fault(fields.line(key), "unknown_framework", message, id=identifier, version=version)
    return reference, framework
