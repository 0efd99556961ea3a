"""What signs and checks credentials takes ours whole: nothing stays unsigned, and no status goes unseen."""

from __future__ import annotations

import pytest

from tests.domain.certificates.test_openbadge import EVERY_KIND, made


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_word_is_in_what_is_signed(kind: str) -> None:
    pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    rdf = pytest.importorskip("bekwaam.trust.rdf", reason="nothing signs credentials yet")
    for credential in EVERY_KIND[kind]():
        assert len(rdf.canonical_rdf(credential).splitlines()) > 60


def test_a_suspension_is_seen_beside_a_revocation() -> None:
    status = pytest.importorskip("bekwaam.trust.status", reason="nothing checks a status yet")
    for credential in made():
        assert [entry.purpose for entry in status.entries_of(credential)] == ["revocation", "suspension"]
