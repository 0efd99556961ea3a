"""Why something was not fetched."""

from __future__ import annotations

from enum import StrEnum


class FetchFault(StrEnum):
    """What went wrong; the words for it stand with who shows it."""

    ADDRESS = "address"  # not the name of a host over https
    PRIVATE = "private"  # an address that is not of the open internet
    NO_HOST = "no_host"
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"  # of the host, not the one that we check
    TIME = "time"
    STATUS = "status"  # another answer than 200; we follow no redirects
    TYPE = "type"  # not JSON, or packed
    TOO_LARGE = "too_large"
    CONTENT = "content"  # JSON that cannot be read, or is of another
    TOO_MANY = "too_many"  # more than we fetch for one run


class NotFetched(Exception):
    """Nothing was fetched: ``fault`` says why, ``detail`` where (for a report, not a screen)."""

    def __init__(self, fault: FetchFault, detail: str = "") -> None:
        super().__init__(f"{fault}: {detail}" if detail else str(fault))
        self.fault = fault
        self.detail = detail
