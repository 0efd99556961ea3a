"""Who issues: ``did:web`` identifiers, and the document with an issuer's keys.

Sources: did:web method specification; DID 1.0; Controlled Identifiers 1.0, section 2.2 (``expires`` for a key
that is used no more, ``revoked`` for one that others may have from a moment on). Nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bekwaam.trust.keys import PublicKey
from bekwaam.trust.moments import read_moment, write_moment
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.reasons import Reason, Refused

CONTEXTS: Final = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]
MOST_KEYS: Final = 100
LOG_SERVICE: Final = "BekwaamTransparencyLog"
_HOST: Final = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?"
)
_PART: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")


def did_web_of(host: str, *path: str, port: int | None = None) -> str:
    """Return the identifier of an issuer at ``host``; raises Refused (IDENTIFIER) for what is no host or
    path.

    An address in figures is no host: a certificate is not to point into somebody's network.
    """
    if not _HOST.fullmatch(host) or not all(_PART.fullmatch(part) for part in path):
        raise Refused(Reason.IDENTIFIER, host)
    if port is not None and not 0 < port < 65536:
        raise Refused(Reason.IDENTIFIER, str(port))
    return ":".join(["did:web", host if port is None else f"{host}%3A{port}", *path])


def url_of_did_web(did: str) -> str:
    """Return where the document of ``did`` is found; raises Refused (IDENTIFIER) for any other spelling."""
    parts = did.split(":")
    if parts[:2] != ["did", "web"] or len(parts) < 3 or len(did) > 2048:
        raise Refused(Reason.IDENTIFIER, "not did:web")
    host, mark, port = parts[2].partition("%3A")
    if bool(mark) != bool(re.fullmatch(r"[1-9]\d{0,4}", port)):
        raise Refused(Reason.IDENTIFIER, "port")
    if did_web_of(host, *parts[3:], port=int(port) if mark else None) != did:
        raise Refused(Reason.IDENTIFIER, "spelling")
    tail = "/".join([*parts[3:], "did.json"] if parts[3:] else [".well-known", "did.json"])
    return f"https://{host}{':' + port if mark else ''}/{tail}"


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an issuer as the world sees it.

    ``retired_at``: used until then, and what it signed before stays good. ``compromised_at``: from then on
    somebody else may have it.
    """

    id: str
    controller: str
    public: PublicKey
    retired_at: datetime | None = None
    compromised_at: datetime | None = None

    def objection(self, claimed: datetime, attested: datetime | None = None) -> Reason | None:
        """Say why a signature of this key is not to be trusted, or None.

        ``claimed`` is the moment that the signature itself names: whoever has the key can write any.
        ``attested`` is a moment before which others had seen it (in the log). With a compromised key the
        claim alone is not enough: what claims to be later is refused, what claims to be earlier and was not
        seen then cannot be told apart from a forgery (KEY_MAY_BE_STOLEN).
        """
        if self.compromised_at is not None:
            if claimed >= self.compromised_at:
                return Reason.KEY_COMPROMISED
            if attested is None or attested >= self.compromised_at:
                return Reason.KEY_MAY_BE_STOLEN
        if self.retired_at is not None and claimed >= self.retired_at:
            return Reason.KEY_RETIRED
        return None


KeyFinder = Callable[[str], Key | None]


@dataclass(frozen=True, slots=True)
class IssuerLog:
    """The log in which an issuer has what it issues written down: its address, and the key of the log.

    ``former`` are keys that the log had before: what they signed still proves something.
    """

    address: str
    key: NoteKey
    former: tuple[NoteKey, ...] = ()

    @property
    def keys(self) -> tuple[NoteKey, ...]:
        """All keys that the log ever had."""
        return (self.key, *self.former)


@dataclass(frozen=True, slots=True)
class Issuer:
    """The document of an issuer: who it is, the keys with which it vouches for what it says, and its log."""

    did: str
    keys: tuple[Key, ...]
    log: IssuerLog | None = None

    def key(self, method: str) -> Key | None:
        """Return the key that a proof calls ``method``, or None."""
        return next((key for key in self.keys if key.id == method), None)


def key_of(did: str, public: PublicKey) -> Key:
    """Return ``public`` as a key of ``did``; its name is its own value, so that it cannot be taken by
    another.
    """
    return Key(f"{did}#{public.multibase}", did, public)


def document_of(issuer: Issuer) -> dict[str, Any]:
    """Return the document to publish for ``issuer``, retired and compromised keys included."""
    methods = []
    for key in issuer.keys:
        method = {
            "id": key.id,
            "type": "Multikey",
            "controller": key.controller,
            "publicKeyMultibase": key.public.multibase,
        }
        if key.retired_at is not None:
            method["expires"] = write_moment(key.retired_at)
        if key.compromised_at is not None:
            method["revoked"] = write_moment(key.compromised_at)
        methods.append(method)
    return {
        "@context": list(CONTEXTS),
        "id": issuer.did,
        "verificationMethod": methods,
        "assertionMethod": [key.id for key in issuer.keys],
        **({"service": [_log_service(issuer.did, issuer.log)]} if issuer.log else {}),
    }


def _log_service(did: str, log: IssuerLog) -> dict[str, Any]:
    """Return a log as a service (DID 1.0, section 5.4); the document is not signed, so ``key`` needs no
    context.
    """
    former = [key.text for key in log.former]
    return {
        "id": f"{did}#log",
        "type": LOG_SERVICE,
        "serviceEndpoint": log.address,
        "key": log.key.text,
        **({"formerKeys": former} if former else {}),
    }


def read_document(document: dict[str, Any], did: str) -> Issuer:
    """Return the issuer in ``document``, as asked for ``did``; raises Refused (IDENTIFIER, SHAPE).

    Only keys that the document gives for making claims (``assertionMethod``) count; those of another kind
    than Ed25519 Multikey are passed over. ``document`` has to be within the bounds of
    ``documents.read_json``.
    """
    if document.get("id") != did:
        raise Refused(Reason.IDENTIFIER, "of another issuer")
    methods, named = document.get("verificationMethod", []), document.get("assertionMethod", [])
    if (
        not isinstance(methods, list)
        or not isinstance(named, list)
        or len(methods) + len(named) > 2 * MOST_KEYS
    ):
        raise Refused(Reason.SHAPE, "keys")
    allowed = {it for it in named if isinstance(it, str)}
    inside = [it for it in named if isinstance(it, dict)]
    listed = [it for it in methods if isinstance(it, dict) and _full(did, it.get("id")) in _all(did, allowed)]
    keys = tuple(_read_keys(did, [*listed, *inside]))
    if len({key.id for key in keys}) != len(keys):
        raise Refused(Reason.SHAPE, "a key twice")
    return Issuer(did, keys, _read_log(document.get("service")))


def _read_log(services: object) -> IssuerLog | None:
    """Return the log among the services of a document; None when it names none, or more than one, or what
    it names cannot be read: a log that we do not know.
    """
    listed = services if isinstance(services, list) else []
    found = [it for it in listed if isinstance(it, dict) and it.get("type") == LOG_SERVICE]
    if len(found) != 1:
        return None
    address, texts = found[0].get("serviceEndpoint"), [found[0].get("key")]
    before = found[0].get("formerKeys", [])
    texts += before if isinstance(before, list) else [None]
    if not isinstance(address, str) or not address.startswith("https://") or len(texts) > MOST_KEYS:
        return None
    try:
        first, *former = (NoteKey.read(str(text)) for text in texts)
    except Refused:
        return None
    return IssuerLog(address, first, tuple(former))


def _full(did: str, name: object) -> str:
    """Return the whole name of a key: a bare fragment is one of the document itself."""
    return f"{did}{name}" if isinstance(name, str) and name.startswith("#") else str(name)


def _all(did: str, names: Iterable[str]) -> set[str]:
    return {_full(did, name) for name in names}


def _read_keys(did: str, methods: list[dict[str, Any]]) -> Iterable[Key]:
    for method in methods:
        if method.get("type") != "Multikey" or method.get("controller") != did:
            continue
        name = _full(did, method.get("id"))
        if not name.startswith(f"{did}#"):
            raise Refused(Reason.IDENTIFIER, "a key of another")
        try:
            public = PublicKey.from_multibase(method.get("publicKeyMultibase"))
        except Refused:
            continue
        retired, stolen = (
            read_moment(method[it], it) if it in method else None for it in ("expires", "revoked")
        )
        yield Key(name, did, public, retired, stolen)


def did_key_finder(method: str) -> Key | None:
    """Return the key of a ``did:key`` method, which is its own document; None for any other name."""
    did, _, fragment = method.partition("#")
    if not did.startswith("did:key:") or did.removeprefix("did:key:") != fragment:
        return None
    try:
        return Key(method, did, PublicKey.from_multibase(fragment))
    except Refused:
        return None
