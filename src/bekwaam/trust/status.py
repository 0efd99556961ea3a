"""Revoked or suspended: the Bitstring Status List.

Source: W3C Bitstring Status List 1.0. Thousands of certificates share one list, so that whoever fetches it
does not tell which one they look at; a list has at least 131 072 places, which nobody knows to be taken. The
list is itself a signed credential, with a moment until which it may be relied on, so that an old one cannot
be shown.
"""

from __future__ import annotations

import gzip
import re
import secrets
import zlib
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bekwaam.trust.contexts import CREDENTIALS
from bekwaam.trust.encoding import from_base64url, to_base64url
from bekwaam.trust.moments import write_moment
from bekwaam.trust.reasons import Reason, Refused

REVOCATION: Final = "revocation"
SUSPENSION: Final = "suspension"
PURPOSES: Final = (REVOCATION, SUSPENSION)
LEAST: Final = 131_072
MOST: Final = 8 * 1024 * 1024
MOST_ENTRIES: Final = 8
_KIND: Final = "BitstringStatusListEntry"
_INDEX: Final = re.compile(r"0|[1-9]\d{0,8}")


@dataclass(frozen=True, slots=True)
class Bits:
    """The places of one list, in the order of the standard: place 0 is the leftmost bit of the first byte."""

    raw: bytes

    def __post_init__(self) -> None:
        if not LEAST <= len(self) <= MOST:
            raise Refused(Reason.STATUS_LIST, f"{len(self)} places")

    def __len__(self) -> int:
        return len(self.raw) * 8

    @classmethod
    def empty(cls, places: int = LEAST) -> Bits:
        """Return a list with nothing set; ``places`` is a multiple of eight."""
        if places % 8:
            raise Refused(Reason.STATUS_LIST, f"{places} places")
        return cls(bytes(places // 8))

    def at(self, index: int) -> bool:
        """Tell whether place ``index`` is set; raises Refused (STATUS_INDEX) when there is no such place."""
        if not 0 <= index < len(self):
            raise Refused(Reason.STATUS_INDEX, str(index))
        return bool(self.raw[index // 8] >> (7 - index % 8) & 1)

    def with_at(self, index: int, value: bool = True) -> Bits:
        """Return the list with place ``index`` set, or cleared; raises Refused (STATUS_INDEX)."""
        if self.at(index) == value:
            return self
        raw = bytearray(self.raw)
        raw[index // 8] ^= 1 << (7 - index % 8)
        return Bits(bytes(raw))

    def with_all(self, indexes: Iterable[int]) -> Bits:
        """Return the list with all these places set; raises Refused (STATUS_INDEX)."""
        raw = bytearray(self.raw)
        for index in indexes:
            if not 0 <= index < len(self):
                raise Refused(Reason.STATUS_INDEX, str(index))
            raw[index // 8] |= 1 << (7 - index % 8)
        return Bits(bytes(raw))

    def encoded(self) -> str:
        """Return the list as ``encodedList``: gzip, in base64url with a ``u`` in front."""
        return "u" + to_base64url(gzip.compress(self.raw, mtime=0))

    @classmethod
    def read(cls, text: object) -> Bits:
        """Read an ``encodedList``; raises Refused (STATUS_LIST, ENCODING), never unpacking more than 1
        MiB.
        """
        if not isinstance(text, str) or not text.startswith("u") or len(text) > 2 * MOST // 8:
            raise Refused(Reason.STATUS_LIST, "encodedList")
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        try:
            raw = unpack.decompress(from_base64url(text[1:]), MOST // 8 + 1)
        except zlib.error as error:
            raise Refused(Reason.STATUS_LIST, "gzip") from error
        if not unpack.eof or unpack.unused_data or unpack.unconsumed_tail:
            raise Refused(Reason.STATUS_LIST, "gzip")
        return cls(raw)


def free_place(taken: Container[int], places: int = LEAST) -> int:
    """Return a random place that is not in ``taken``: the place says nothing of the order of issuing.

    Raises Refused (STATUS_LIST) when a hundred throws find none; start another list well before that.
    """
    for _ in range(100):
        place = secrets.randbelow(places)
        if place not in taken:
            return place
    raise Refused(Reason.STATUS_LIST, "full")


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a credential says that its status is to be found."""

    purpose: str
    index: int
    list_url: str


def entry_of(list_url: str, purpose: str, index: int) -> dict[str, Any]:
    """Return the ``credentialStatus`` entry for place ``index`` in the list at ``list_url``."""
    return {
        "id": f"{list_url}#{index}",
        "type": _KIND,
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def entries_of(credential: dict[str, Any]) -> tuple[Entry, ...]:
    """Return where the status of ``credential`` is to be found; none when it names none.

    In ``credentialStatus``, and in ``termsOfUse``: the schema of Open Badges has room for one status only,
    so a second one stands there (other terms of use are passed over). Raises Refused for anything that is not
    understood completely: whoever could hide an entry would un-revoke a certificate. STATUS_UNKNOWN for
    another kind or purpose, STATUS_INDEX, SHAPE.
    """
    statuses = _listed(credential, "credentialStatus")
    terms = [it for it in _listed(credential, "termsOfUse") if _KIND in _kinds(it)]
    return tuple(_entry(it) for it in [*statuses, *terms])


def _listed(credential: dict[str, Any], name: str) -> list[dict[str, Any]]:
    if name not in credential:
        return []
    there: Any = credential[name]
    listed: list[Any] = there if isinstance(there, list) else [there]
    if not listed or len(listed) > MOST_ENTRIES or not all(isinstance(it, dict) for it in listed):
        raise Refused(Reason.SHAPE, name)
    return listed


def _kinds(it: dict[str, Any]) -> list[Any]:
    kinds: Any = it.get("type")
    return kinds if isinstance(kinds, list) else [kinds]


def _entry(it: dict[str, Any]) -> Entry:
    if _kinds(it) != [_KIND]:
        raise Refused(Reason.STATUS_UNKNOWN, str(it.get("type"))[:50])
    purpose, index, url = (
        it.get(name) for name in ("statusPurpose", "statusListIndex", "statusListCredential")
    )
    if purpose not in PURPOSES or it.get("statusSize", 1) != 1:
        raise Refused(Reason.STATUS_UNKNOWN, str(purpose)[:50])
    if not isinstance(index, str) or not _INDEX.fullmatch(index):
        raise Refused(Reason.STATUS_INDEX, str(index)[:20])
    if not isinstance(url, str) or not url.startswith("https://"):
        raise Refused(Reason.SHAPE, "statusListCredential")
    return Entry(purpose, int(index), url)


def list_credential(
    list_url: str, purpose: str, bits: Bits, *, issuer: str, valid_from: datetime, valid_until: datetime
) -> dict[str, Any]:
    """Return the unsigned credential that publishes ``bits``, to be relied on until ``valid_until``."""
    return {
        "@context": [CREDENTIALS],
        "id": list_url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": write_moment(valid_from),
        "validUntil": write_moment(valid_until),
        "credentialSubject": {
            "id": f"{list_url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.encoded(),
        },
    }


def status_in(entry: Entry, published: dict[str, Any]) -> Reason | None:
    """Look ``entry`` up in a list that was found genuine and in time: REVOKED, SUSPENDED, or None.

    Raises Refused: STATUS_LIST when it is another list than the entry names or none at all, STATUS_PURPOSE
    when it is about something else, STATUS_INDEX when it has no such place.
    """
    subject, kinds = published.get("credentialSubject"), published.get("type")
    if not isinstance(kinds, list) or "BitstringStatusListCredential" not in kinds:
        raise Refused(Reason.STATUS_LIST, "type")
    if published.get("id") != entry.list_url or not isinstance(subject, dict):
        raise Refused(Reason.STATUS_LIST, "another list")
    if subject.get("type") not in ("BitstringStatusList", ["BitstringStatusList"]):
        raise Refused(Reason.STATUS_LIST, "type")
    if subject.get("statusPurpose") != entry.purpose:
        raise Refused(Reason.STATUS_PURPOSE, str(subject.get("statusPurpose"))[:50])
    if not Bits.read(subject.get("encodedList")).at(entry.index):
        return None
    return Reason.REVOKED if entry.purpose == REVOCATION else Reason.SUSPENDED
