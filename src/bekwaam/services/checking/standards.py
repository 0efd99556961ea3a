"""The standard that a certificate names, where this installation has that very version."""

from __future__ import annotations

from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import FrameworkVersion


def standard_by_hash(sha256: str) -> Framework | None:
    """Return the version with just this content; None where we have none. One query, two the first time."""
    rows = FrameworkVersion.objects.filter(sha256=sha256, kind="standard").defer("document")
    row = rows.first() if sha256 else None
    return framework_of(row) if row else None
