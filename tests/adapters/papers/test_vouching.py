"""A key for one paper, vouched for by the key by which the provider is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.adapters.pdf.identity import HeldKey, vouched_key
from bekwaam.adapters.pdf.signing import sign_paper
from bekwaam.domain.certificates.signed import PaperSignature, SignedPaper, Standing, standing
from tests.adapters.pdf.conforming import faults
from tests.adapters.pdf.signed import AT, key, signed, unsigned

ADDRESS = "did:web:voorbeeld.example#z6MkSleutel"
PROVIDER = Ed25519PrivateKey.generate()
STRANGER = Ed25519PrivateKey.generate()


def public(holder: Ed25519PrivateKey) -> bytes:
    return holder.public_key().public_bytes_raw()


def key_by(holder: Ed25519PrivateKey) -> HeldKey:
    return vouched_key(holder.sign, name="EVC Huis Noord", address=ADDRESS, since=AT)


@pytest.fixture(scope="module")
def vouched() -> bytes:
    return sign_paper(unsigned(), key_by(PROVIDER), AT)


def worth(paper: SignedPaper) -> Standing:
    return standing(paper, lambda signature: vouched_for(signature, public(PROVIDER)))


def test_a_paper_is_the_providers_by_the_key_that_vouches_for_it(vouched: bytes) -> None:
    paper = inspect(vouched)
    (signature,) = paper.signatures
    assert signature.signer is not None
    assert (signature.signer.name, signature.signer.addresses) == ("EVC Huis Noord", (ADDRESS,))
    assert worth(paper) is Standing.AS_ISSUED
    assert faults(vouched, "3a") == faults(vouched, "ua1") == []


def test_each_paper_has_a_key_of_its_own() -> None:
    one, two = key_by(PROVIDER), key_by(PROVIDER)
    numbers = {x509.load_der_x509_certificate(held.certificate).serial_number for held in (one, two)}
    assert one.private != two.private and len(numbers) == 2


@pytest.mark.parametrize("held", [key_by(STRANGER), key()], ids=["vouched for by a stranger", "by itself"])
def test_a_key_that_the_provider_does_not_vouch_for_is_a_strangers(held: HeldKey) -> None:
    assert worth(inspect(sign_paper(unsigned(), held, AT))) is Standing.FOREIGN


def test_a_certificate_that_was_changed_is_not_vouched_for(vouched: bytes) -> None:
    (signature,) = inspect(vouched).signatures
    assert signature.signer is not None
    changed = signature.signer.certificate.replace(b"EVC Huis Noord", b"EVC Huis Zuid!")
    other = replace(signature, signer=replace(signature.signer, certificate=changed))
    assert vouched_for(signature, public(PROVIDER)) and not vouched_for(other, public(PROVIDER))


@pytest.mark.parametrize(("later", "expected"), [(-1, False), (0, True), (10**9, True)])
def test_it_is_vouched_for_from_the_moment_that_it_was_made(
    vouched: bytes, later: int, expected: bool
) -> None:
    (signature,) = inspect(vouched).signatures
    other = replace(signature, claimed_at=AT + timedelta(seconds=later))
    assert vouched_for(other, public(PROVIDER)) is expected


def test_it_is_not_vouched_for_after_the_end_that_it_names() -> None:
    end = AT + timedelta(days=1)
    held = vouched_key(PROVIDER.sign, name="Noord", address=ADDRESS, since=AT, until=end)
    (signature,) = inspect(sign_paper(unsigned(), held, AT)).signatures
    assert vouched_for(signature, public(PROVIDER))
    assert not vouched_for(replace(signature, claimed_at=end), public(PROVIDER))


def test_what_cannot_be_read_is_not_vouched_for(vouched: bytes) -> None:
    (signature,) = inspect(vouched).signatures
    assert signature.signer is not None
    odd: list[tuple[PaperSignature, bytes]] = [
        (PaperSignature("Signature", ()), public(PROVIDER)),
        (replace(signature, claimed_at=None), public(PROVIDER)),
        (replace(signature, signer=replace(signature.signer, certificate=b"dag")), public(PROVIDER)),
        (signature, b"too short"),
        (inspect(signed()).signatures[0], public(PROVIDER)),
    ]
    assert not any(vouched_for(read, known) for read, known in odd)
