"""Moments as they stand in credentials: RFC 3339 with an offset, and nothing looser.

Source: Verifiable Credentials Data Model 2.0, section 4.9 (``xsd:dateTimeStamp``).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from bekwaam.trust.reasons import Reason, Refused

_STAMP: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)")


def read_moment(text: object, where: str = "") -> datetime:
    """Return the moment in ``text``, in UTC; raises Refused (SHAPE) when it has no offset or is no moment."""
    if not isinstance(text, str) or not _STAMP.fullmatch(text):
        raise Refused(Reason.SHAPE, where or "moment")
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Refused(Reason.SHAPE, where or "moment") from error


def write_moment(moment: datetime) -> str:
    """Return ``moment`` in UTC to the second (``2026-11-26T09:00:00Z``); raises ValueError without an
    offset.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs an offset")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
