"""What several tables share."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from typing import Any, Final, Protocol

from django.db import models

_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"


def new_ref() -> str:
    """Return a random reference for addresses and the audit chain: 12 characters, about 59 bits.

    It says nothing about the row and cannot be counted through; look-alike characters are left out.
    """
    return "".join(secrets.choice(_ALPHABET) for _ in range(12))


def ref_field() -> models.CharField[str, str]:
    """Return the column that addresses and the audit chain know a row by."""
    return models.CharField(max_length=12, unique=True, default=new_ref, editable=False)


def moment(at: datetime | None) -> str | None:
    """Return a time as commitments hold it: RFC 3339 in UTC, whatever zone it came in."""
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None


class Committed(Protocol):
    """A row whose content the audit chain holds a salted commitment to."""

    pk: Any

    def committed(self) -> dict[str, Any]:
        """Return the content that must not change, as plain JSON."""
        ...
