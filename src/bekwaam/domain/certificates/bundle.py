"""All that is needed to check certificates without a network: one JSON file that an installation publishes.

Whoever checks fetches it from the address of the installation that they mean to trust, and keeps it: it says
whose keys are whose. Status lists in it carry their own end, so an old bundle leads to "cannot tell" and not
to a wrong "valid".
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from bekwaam.domain.certificates.claimed import host_of
from bekwaam.domain.certificates.papers import PaperPort
from bekwaam.domain.certificates.verifying import Means
from bekwaam.trust.credentials import AtHand
from bekwaam.trust.dids import Issuer, document_of, read_document, url_of_did_web
from bekwaam.trust.documents import read_json
from bekwaam.trust.moments import read_moment, write_moment
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Reason, Refused

KIND: Final = "bekwaam-bundle-1"
MOST_BYTES: Final = 64 * 1024 * 1024
MOST_VALUES: Final = 4_000_000


@dataclass(frozen=True, slots=True)
class Bundle:
    """Documents of issuers, signed status lists, keys and signed states of logs, and which certificates were
    replaced (the digest of each with the number of its successor). All of ``made_at``.
    """

    made_at: datetime
    issuers: tuple[Issuer, ...] = ()
    lists: tuple[dict[str, Any], ...] = field(default=(), repr=False)
    log_keys: tuple[NoteKey, ...] = ()
    checkpoints: tuple[str, ...] = ()
    superseded: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def at_hand(self, now: datetime) -> AtHand:
        """Return what the bundle has at hand, to check with at the moment ``now``."""
        issuers = {it.did: it for it in self.issuers}
        lists = {str(it.get("id")): it for it in self.lists}
        return AtHand(now=now, issuers=issuers.get, lists=lists.get)

    def means(self, now: datetime, papers: PaperPort) -> Means:
        """Return all that files are checked with."""
        return Means(self.at_hand(now), papers, self.log_keys, self.checkpoints, self.superseded)

    def elsewhere(self, host: str) -> tuple[str, ...]:
        """Return the issuers that do not live at ``host``: no other may say which keys are theirs."""
        return tuple(it.did for it in self.issuers if host_of(it.did) != host)

    def as_bytes(self) -> bytes:
        """Return the bundle as the file that is published."""
        made = {
            "kind": KIND,
            "made_at": write_moment(self.made_at),
            "issuers": [document_of(it) for it in self.issuers],
            "lists": list(self.lists),
            "log_keys": [key.text for key in self.log_keys],
            "checkpoints": list(self.checkpoints),
            "superseded": dict(self.superseded),
        }
        return json.dumps(made, ensure_ascii=False, indent=1).encode()


def read_bundle(data: bytes) -> Bundle:
    """Return the bundle in ``data``; raises Refused (what ``read_json`` raises; SHAPE and others, with the
    place in it) for one that is not wholly understood: whoever checks should not miss half of it.
    """
    read = read_json(data, most_bytes=MOST_BYTES, most_values=MOST_VALUES)
    if read.get("kind") != KIND:
        raise Refused(Reason.SHAPE, "kind")
    return Bundle(
        made_at=read_moment(read.get("made_at"), "made_at"),
        issuers=tuple(_issuer(it, f"issuers[{at}]") for at, it in enumerate(_listed(read, "issuers"))),
        lists=tuple(_object(it, f"lists[{at}]") for at, it in enumerate(_listed(read, "lists"))),
        log_keys=tuple(NoteKey.read(_text(it, "log_keys")) for it in _listed(read, "log_keys")),
        checkpoints=tuple(_text(it, "checkpoints") for it in _listed(read, "checkpoints")),
        superseded=MappingProxyType(
            {
                key: _text(it, "superseded")
                for key, it in _object(read.get("superseded", {}), "superseded").items()
            }
        ),
    )


def _issuer(value: Any, where: str) -> Issuer:
    document = _object(value, where)
    did = _text(document.get("id"), where)
    url_of_did_web(did)
    return read_document(document, did)


def _listed(read: dict[str, Any], name: str) -> list[Any]:
    value = read.get(name, [])
    if not isinstance(value, list):
        raise Refused(Reason.SHAPE, name)
    return value


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Refused(Reason.SHAPE, where)
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refused(Reason.SHAPE, where)
    return value
