"""The contexts that we know, and no others: what the words in a credential stand for.

Whoever could choose a context could choose what a signed word means. So a context is never fetched: a
document may name only those whose text lies here, and each is held against its hash when it is first read.
See ``known_contexts/README.md`` for their origin and licence.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bekwaam.trust.canonical import sha256_hex
from bekwaam.trust.reasons import Reason, Refused

CREDENTIALS: Final = "https://www.w3.org/ns/credentials/v2"
DATA_INTEGRITY: Final = "https://w3id.org/security/data-integrity/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

# address: (file, SHA-256 of its bytes; the first is the one printed in the W3C recommendation)
KNOWN: Final = {
    CREDENTIALS: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    DATA_INTEGRITY: (
        "data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}


@cache
def _known(address: str) -> dict[str, Any]:
    name, expected = KNOWN[address]
    data = (files("bekwaam.trust") / "known_contexts" / name).read_bytes()
    if sha256_hex(data) != expected:
        raise RuntimeError(f"{name} is not the context that it should be")
    made = json.loads(data)
    if not isinstance(made, dict):
        raise RuntimeError(name)
    return made


class Contexts:
    """A closed set of contexts: those that come with us, and what a test adds."""

    def __init__(self, more: Mapping[str, dict[str, Any]] | None = None) -> None:
        self._more = dict(more or {})
        self.worked_out: dict[str, Any] = {}  # what ``rdf`` made of these contexts, so that it is made once

    def __contains__(self, address: object) -> bool:
        return address in KNOWN or address in self._more

    def text(self, address: str) -> dict[str, Any]:
        """Return the context at ``address``; raises Refused (CONTEXT_UNKNOWN) for any other."""
        if address in self._more:
            return self._more[address]
        if address not in KNOWN:
            raise Refused(Reason.CONTEXT_UNKNOWN, address[:200])
        return _known(address)


OURS: Final = Contexts()
