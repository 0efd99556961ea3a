"""A certificate as it is issued, whole, without a database: paper, credential, token, proof of the log, the
issuer's document, its status lists and the bundle. Made once for each set of choices.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import HeldKey, vouched_key
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.bundle import Bundle
from bekwaam.domain.certificates.case_targets import case_targets
from bekwaam.domain.certificates.claims import (
    Claim,
    Holder,
    IssuerProfile,
    Naming,
    Replaced,
    StatusEntries,
    StatusEntry,
)
from bekwaam.domain.certificates.handed import Handed
from bekwaam.domain.certificates.openbadge import open_badges
from bekwaam.domain.certificates.papers import LEAF_PAPER, PaperPort
from bekwaam.domain.certificates.report import Verification
from bekwaam.domain.certificates.verifying import Means, verify
from bekwaam.frameworks.library import load_builtin
from bekwaam.trust.checkpoints import Checkpoint, sign_checkpoint
from bekwaam.trust.dids import Issuer, IssuerLog, key_of
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.logproofs import LogProof
from bekwaam.trust.merkle import MemoryNodes, append, inclusion_proof, leaf_hash, root
from bekwaam.trust.notes import NoteKey
from bekwaam.trust.proofs import sign
from bekwaam.trust.status import Bits, list_credential
from bekwaam.trust.vcjwt import sign_token
from tests.papers import paper
from tests.standards import small_standard

HERE = PaperPort(read=inspect, vouched=vouched_for)  # quick: no process of its own
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
HOST = "evc.example"
DID = f"did:web:{HOST}:aanbieder:noord"
BASE = f"https://{HOST}"
NUMBER = "2026-7KQ4-XM2P"
NAME = "Samira Kandidaat"
EMAIL = "samira@kandidaat.example"
PRIVATE = PrivateKey(bytes(range(32)))
THIEF = PrivateKey(bytes(range(1, 33)))
LOG = PrivateKey(bytes(range(2, 34)))
LOG_KEY = NoteKey(f"{HOST}/log", LOG.public)
KEY = key_of(DID, PRIVATE.public)
ISSUER = Issuer(DID, (KEY,), IssuerLog(f"{BASE}/log", LOG_KEY))
PLACE = 41
LISTS = {purpose: f"{BASE}/aanbieder/noord/status/1/{purpose}" for purpose in ("revocation", "suspension")}


@dataclass(frozen=True)
class Issued:
    """One certificate in all its forms, and the key that signed its paper."""

    credential: dict[str, Any]
    jwt: str
    entry: LogEntry
    proof: str
    pdf: bytes

    @property
    def json(self) -> bytes:
        return json.dumps(self.credential, ensure_ascii=False, indent=2).encode()


@cache
def issued(
    *,
    met: bool = True,
    shows_name: bool = False,
    replaces: str = "",
    at: datetime = AT,
    signer: PrivateKey = PRIVATE,
    did: str = DID,
    language: str = "nl",
    names_paper: bool = True,
    logged_at: datetime | None = None,
    large: bool = False,
) -> Issued:
    """Return a certificate as it is issued; the choices tell how it differs from the usual one.

    ``large``: of the whole standard of social work, instead of a small one.
    """
    standard = load_builtin("evc-sociaal-werker-mbo") if large else small_standard()
    stages = None if met else {"1.1": None, "1.2": None}
    document = paper(standard, stages, language=language, check_url=f"{BASE}/c/{NUMBER}")
    entries = StatusEntries(*(StatusEntry(url, PLACE) for url in LISTS.values()))
    claim = Claim(
        issuer=IssuerProfile(did, "EVC Huis Noord", BASE),
        holder=Holder(EMAIL, shows_name=shows_name),
        naming=Naming(f"{BASE}/c/{NUMBER}#ervaring", entries, f"{BASE}/c/{NUMBER}#standaard", entries),
        targets=case_targets(standard, BASE, language),
        valid_from=at,
        secret="a7" * 32,
        replaces=Replaced(replaces, f"{BASE}/c/{replaces}#ervaring") if replaces else None,
    )
    method = key_of(did, signer.public).id
    bare = open_badges(document, claim).experience
    credential = sign(bare, signer=signer, method=method, created=at)
    held = vouched_key(signer.sign, name="EVC Huis Noord", address=method, since=at)
    leaf_of = held if names_paper else None
    entry = logged_as(credential, at=logged_at or at, did=did, held=leaf_of)
    proof = proof_of(entry)
    raw = json.dumps(credential, ensure_ascii=False).encode()
    pdf = sign_paper(render_certificate(document, raw, proof.encode()), held, at)
    jwt = sign_token(bare, signer=signer, method=method, created=at)
    return Issued(credential, jwt, entry, proof, pdf)


def logged_as(
    credential: dict[str, Any], *, at: datetime = AT, did: str = DID, held: HeldKey | None = None
) -> LogEntry:
    """Return the leaf of a credential; it names the paper where it is given the key of that."""
    more = ((LEAF_PAPER, hashlib.sha256(held.certificate).hexdigest()),) if held else ()
    return LogEntry(Kind.ISSUED, credential_digest(credential), at, did, more)


def proof_of(entry: LogEntry, *, signer: PrivateKey = LOG, origin: str = LOG_KEY.name) -> str:
    """Return the proof that ``entry`` is in a log of three."""
    nodes = MemoryNodes()
    size = 0
    for leaf in (leaf_hash(b"een"), leaf_hash(b"twee"), entry.leaf):
        size = append(nodes, size, leaf)
    checkpoint = sign_checkpoint(Checkpoint(origin, size, root(nodes, size)), signer)
    return LogProof(2, inclusion_proof(nodes, 2, size), checkpoint, entry.data).text


@cache
def status_list(
    purpose: str, place: int | None = None, until: datetime = NOW + DAY, signer: PrivateKey = PRIVATE
) -> Mapping[str, Any]:
    """Return a signed status list, with ``place`` set where it is given."""
    bits = Bits.empty() if place is None else Bits.empty().with_at(place)
    since = AT - 30 * DAY
    made = list_credential(LISTS[purpose], purpose, bits, issuer=DID, valid_from=since, valid_until=until)
    return MappingProxyType(sign(made, signer=signer, method=KEY.id, created=since))


def bundle(**changes: Any) -> Bundle:
    """Return the bundle of the installation, or one that differs."""
    usual = Bundle(
        made_at=NOW - timedelta(hours=1),
        issuers=(ISSUER,),
        lists=tuple(dict(status_list(purpose)) for purpose in LISTS),
        log_keys=(LOG_KEY,),
    )
    return replace(usual, **changes)


def with_key(*more: Any, **changes: Any) -> tuple[Issuer, ...]:
    """Return the issuer with its key retired or compromised, and with ``more`` keys."""
    return (replace(ISSUER, keys=(replace(KEY, **changes), *more)),)


def newer_key(**changes: Any) -> dict[str, Any]:
    """Return what differs in the bundle once the key is retired or compromised: another one signs the
    lists.
    """
    fresh = key_of(DID, THIEF.public)
    bare = ({name: it for name, it in status_list(purpose).items() if name != "proof"} for purpose in LISTS)
    lists = tuple(sign(it, signer=THIEF, method=fresh.id, created=NOW) for it in bare)
    return {"issuers": with_key(fresh, **changes), "lists": lists}


def means(papers: PaperPort = HERE, **changes: Any) -> Means:
    """Return what a certificate is checked with: the usual bundle, or one that differs."""
    return bundle(**changes).means(NOW, papers)


def checked(content: bytes | str, proof: str | None = None, **changes: Any) -> Verification:
    """Return what checking a file comes to."""
    raw = content.encode() if isinstance(content, str) else content
    return verify(Handed(raw, proof), means(**changes))


def not_in_order(found: Verification) -> dict[str, str]:
    """Return the answers that are not in order, by what was asked."""
    return {line.name: line.code for line in found.lines if line.outcome != "valid"}
