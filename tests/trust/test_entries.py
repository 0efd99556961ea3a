"""A leaf of the log is read as it was written, and in no other way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.merkle import leaf_hash
from bekwaam.trust.reasons import Refused

AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
ENTRY = LogEntry(Kind.SUPERSEDED, "uEiA", AT, "did:web:evc.example", (("by", "uEiB"),))


def test_a_leaf_is_read_back_as_it_was_written() -> None:
    assert LogEntry.read(ENTRY.data) == ENTRY
    assert ENTRY.leaf == leaf_hash(ENTRY.data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"kind":"issued"}',
        ENTRY.data.replace(b"superseded", b"invented"),
        ENTRY.data.replace(b":", b": ", 1),
        ENTRY.data.replace(b"2026-11-26T09:00:00Z", b"2026-11-26T09:00:00+00:00"),
        ENTRY.data.replace(b'"uEiB"', b"7"),
        b'{"x":"' + b"y" * 3000 + b'"}',
    ],
)
def test_anything_else_is_no_leaf(data: bytes) -> None:
    with pytest.raises(Refused):
        LogEntry.read(data)


def test_a_credential_has_one_digest_with_and_without_its_proof_and_another_when_it_changes() -> None:
    bare = {"id": "urn:x", "issuer": "did:web:evc.example"}
    digest = credential_digest(bare)
    assert credential_digest({"proof": {"type": "DataIntegrityProof"}, **bare}) == digest
    assert credential_digest({**bare, "id": "urn:y"}) != digest
