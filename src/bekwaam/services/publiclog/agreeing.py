"""Whether certificates, statuses and the audit chain are what the leaves of the public log tell of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from bekwaam.services.publiclog.auditing import BATCH, LogBreak, LogFault, leaves
from bekwaam.services.publiclog.reads import read_leaf
from bekwaam.store.models import AuditEntry, Certificate, CertificateForm, LogLeaf, SigningKey, StatusPlace
from bekwaam.trust.entries import Kind, LogEntry

# Whether a credential is then revoked, and suspended; what was revoked may have been suspended before.
_STATUSES: Final[dict[Kind, tuple[bool, bool | None]]] = {
    Kind.REVOKED: (True, None),
    Kind.SUSPENDED: (False, True),
    Kind.REINSTATED: (False, False),
}
# What has to be so of a key, once a leaf of this kind tells of it.
_KEYS: Final[dict[Kind, Callable[[SigningKey], bool]]] = {
    Kind.KEY_MADE: lambda key: True,
    Kind.KEY_RETIRED: lambda key: key.retired_at is not None,
    Kind.KEY_COMPROMISED: lambda key: key.compromised_at is not None,
}


def log_breaks() -> Iterator[LogBreak]:
    """Yield everything in the database that a leaf contradicts, and every certificate without its leaf.

    A leaf that was issued answers to a certificate, or to a place in a status list: that outlives what was
    erased. That a certificate itself is gone without having been erased is told by the audit chain. At most
    five queries for every thousand leaves, certificates or places.
    """
    last: dict[str, tuple[Kind, int]] = {}
    for batch in leaves():
        # What cannot be read any more is told by walking the tree.
        entries = [(leaf.index, entry) for leaf in batch if (entry := read_leaf(leaf)) is not None]
        yield from _chain_rewritten(entries)
        yield from _without_certificate(entries)
        yield from _other_key(entries)
        last |= {entry.of: (entry.kind, index) for index, entry in entries if entry.kind in _STATUSES}
    yield from _without_leaf()
    yield from _unsigned()
    yield from _other_status(last)


def _chain_rewritten(entries: list[tuple[int, LogEntry]]) -> Iterator[LogBreak]:
    heads = [(index, entry, _number(entry)) for index, entry in entries if entry.kind is Kind.AUDIT_HEAD]
    if heads:
        found = AuditEntry.objects.filter(sequence__in=[number for _, _, number in heads])
        hashes = dict(found.values_list("sequence", "hash"))
        for index, entry, number in heads:
            if hashes.get(number) != entry.of:
                yield LogBreak(LogFault.CHAIN, index, str(number))


def _number(entry: LogEntry) -> int:
    text = dict(entry.more).get("sequence", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else -1


def _without_certificate(entries: list[tuple[int, LogEntry]]) -> Iterator[LogBreak]:
    issued = {entry.of: index for index, entry in entries if entry.kind is Kind.ISSUED}
    if issued:
        known = set(CertificateForm.objects.filter(digest__in=issued).values_list("digest", flat=True))
        known |= set(StatusPlace.objects.filter(digest__in=issued).values_list("digest", flat=True))
        for digest in sorted(issued.keys() - known):
            yield LogBreak(LogFault.NO_CERTIFICATE, issued[digest], digest)


def _other_key(entries: list[tuple[int, LogEntry]]) -> Iterator[LogBreak]:
    """Yield the leaves about a key that our own table of keys knows nothing of, or tells otherwise."""
    told = [(index, entry) for index, entry in entries if entry.kind in _KEYS]
    if told:
        rows = SigningKey.objects.filter(public__in={entry.of for _, entry in told})
        keys = {row.public: row for row in rows}
        for index, entry in told:
            row = keys.get(entry.of)
            if row is None or not _KEYS[entry.kind](row):
                yield LogBreak(LogFault.KEY, index, entry.of)


def _without_leaf() -> Iterator[LogBreak]:
    """Yield the certificates of which a signed form names a leaf that says something else, or none."""
    forms = CertificateForm.objects.exclude(digest="").order_by("pk").select_related("certificate")
    rows = forms.only("digest", "leaf", "certificate__number").iterator(chunk_size=BATCH)
    told: set[str] = set()
    while batch := list(islice(rows, BATCH)):
        named = LogLeaf.objects.in_bulk([form.leaf for form in batch if form.leaf is not None])
        for form in batch:
            leaf, number = named.get(form.leaf), form.certificate.number
            agrees = leaf is not None and (leaf.kind, leaf.of) == (str(Kind.ISSUED), form.digest)
            if not agrees and number not in told:
                told.add(number)
                yield LogBreak(LogFault.NO_LEAF, form.leaf or 0, number)


def _unsigned() -> Iterator[LogBreak]:
    """Yield the certificates of after the first one in the log that have no signed form at all."""
    first = LogLeaf.objects.filter(kind=str(Kind.ISSUED)).order_by("index").first()
    if first is not None:
        signed = CertificateForm.objects.exclude(digest="").values("certificate")
        later = Certificate.objects.filter(issued_at__gt=first.at).exclude(pk__in=signed).order_by("pk")
        for number in later.values_list("number", flat=True).iterator(chunk_size=BATCH):
            yield LogBreak(LogFault.NO_LEAF, 0, number)


def _other_status(last: dict[str, tuple[Kind, int]]) -> Iterator[LogBreak]:
    """Yield the places that are not as the last leaf about their credential says, and leaves without one."""
    places = StatusPlace.objects.exclude(digest="").order_by("pk")
    seen: set[str] = set()
    for place in places.only("digest", "revoked", "suspended").iterator(chunk_size=BATCH):
        kind, index = last.get(place.digest, (Kind.REINSTATED, 0))
        revoked, suspended = _STATUSES[kind]
        if place.revoked != revoked or suspended not in (None, place.suspended):
            yield LogBreak(LogFault.STATUS, index, place.digest)
        if place.digest in last:
            seen.add(place.digest)
    for digest in sorted(last.keys() - seen):
        yield LogBreak(LogFault.STATUS, last[digest][1], digest)
