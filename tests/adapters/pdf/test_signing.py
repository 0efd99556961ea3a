"""Signing the paper: it holds, and the paper stays what it was: lasting, and readable by everyone."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.pdf import render_certificate
from bekwaam.adapters.pdf.identity import HeldKey, new_key, own_certificate
from bekwaam.adapters.pdf.signing import CannotSign, NoStamp, sign_paper
from bekwaam.adapters.pdf.stamps import HttpStamper
from bekwaam.domain.certificates.signed import LOG_PROOF_NAME, Standing, by_key, standing
from bekwaam.frameworks.library import load_builtin
from tests.adapters.pdf.conforming import faults
from tests.adapters.pdf.reading import opened
from tests.adapters.pdf.signed import (
    ADDRESS,
    AT,
    CREDENTIAL,
    key,
    key_hash,
    signed,
    signed_as_the_library_does,
    stamp_service,
    stamping,
    unsigned,
)
from tests.documents import pdf_of
from tests.issued import issued
from tests.papers import paper
from tests.standards import small_standard

LONG = " ".join(f"woord{number}" for number in range(150))


def told_by(tool: str, package: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool of Debian's on a PDF; skip where it is not installed, but fail where nothing is skipped."""
    if shutil.which(tool) is None:
        message = f"{tool} is not installed; with Debian's {package} this runs"
        if os.environ.get("BEKWAAM_CI"):
            pytest.fail(message)
        pytest.skip(message)
    return subprocess.run(
        [tool, *arguments], capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"}
    )


@pytest.fixture
def put(tmp_path: Path) -> Any:
    def write(pdf: bytes) -> str:
        path = tmp_path / "paper.pdf"
        path.write_bytes(pdf)
        return str(path)

    return write


@pytest.fixture(scope="module")
def stamped() -> bytes:
    with stamp_service() as address:
        return sign_paper(unsigned(), key(), AT, HttpStamper(address))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_paper_is_lasting_and_accessible_before_and_after_signing(language: str, profile: str) -> None:
    before = unsigned(language)
    assert faults(before, profile) == []
    assert faults(sign_paper(before, key(), AT), profile) == []


@pytest.mark.parametrize("texts", [("", ""), (LONG, LONG)])
def test_the_paper_of_a_whole_standard_is_so_too(texts: tuple[str, str]) -> None:
    standard = load_builtin("evc-sociaal-werker-mbo")
    document = paper(standard, {"4.1": None}, texts=texts, life_domains=("L1", "L6"), check_url=ADDRESS)
    before = render_certificate(document, CREDENTIAL)
    after = sign_paper(before, key(), AT)
    assert [faults(pdf, profile) for pdf in (before, after) for profile in ("3a", "ua1")] == [[]] * 4


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_with_a_time_stamp_it_is_so_too(stamped: bytes, profile: str) -> None:
    assert faults(stamped, profile) == []


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_validator_sees_what_a_signing_library_breaks_of_its_own_accord(profile: str) -> None:
    assert faults(signed_as_the_library_does(unsigned()), profile)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_validator_sees_a_pdf_that_is_neither(profile: str) -> None:
    assert faults(pdf_of("Dag"), profile)


def test_everything_that_was_there_stays_byte_for_byte() -> None:
    assert signed().startswith(unsigned())
    with opened(unsigned()) as before, opened(signed()) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert before.docinfo == after.docinfo


def test_the_field_has_a_readable_name_and_a_place_in_the_structure_tree() -> None:
    with opened(signed()) as pdf:
        (widget,) = pdf.Root.AcroForm.Fields
        last = pdf.pages[-1]
        assert str(widget.TU) == "Digitale handtekening van EVC Huis Noord"
        assert int(widget.F) & 4 and not int(widget.F) & (1 | 2 | 32)
        assert [int(side) for side in widget.Rect] == [0, 0, 0, 0]
        assert [entry.objgen for entry in last.Annots] == [widget.objgen] and last.Tabs == "/S"
        element = pdf.Root.StructTreeRoot.K[0].K[-1]
        assert (element.S, str(element.Alt)) == ("/Form", str(widget.TU))
        assert element.K[0].Obj.objgen == widget.objgen
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        assert (int(numbers[-2]), numbers[-1].objgen) == (int(widget.StructParent), element.objgen)
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) == int(widget.StructParent) + 1


def test_it_forbids_every_change() -> None:
    with opened(signed()) as pdf:
        certifies = pdf.Root.Perms.DocMDP
        assert int(certifies.Reference[0].TransformParams.P) == 1
        assert certifies.objgen == pdf.Root.AcroForm.Fields[0].V.objgen


def test_poppler_finds_the_signature_valid_and_a_changed_paper_not(put: Any) -> None:
    told = told_by("pdfsig", "poppler-utils", "-nocert", put(signed())).stdout
    assert "Signature is Valid." in told and "Total document signed" in told
    assert "ETSI.CAdES.detached" in told and "Common Name: EVC Huis Noord" in told
    changed = signed().replace(b"/Lang(nl)", b"/Lang(en)", 1)
    assert changed != signed()
    told = told_by("pdfsig", "poppler-utils", "-nocert", put(changed)).stdout
    assert "Signature is Valid." not in told and "Digest Mismatch" in told


def test_qpdf_finds_no_fault_in_it_and_one_in_half_of_it(put: Any) -> None:
    for pdf in (unsigned(), signed()):
        told = told_by("qpdf", "qpdf", "--check", put(pdf))
        assert told.returncode == 0 and "No syntax or stream encoding errors" in told.stdout
    assert told_by("qpdf", "qpdf", "--check", put(signed()[:-300])).returncode != 0


def test_it_is_signed_at_the_moment_that_we_say() -> None:
    (signature,) = inspect(signed()).signatures
    assert signature.claimed_at == AT and signature.stamp is None


def test_a_time_stamp_says_when_and_by_which_service(stamped: bytes) -> None:
    read = inspect(stamped)
    (signature,) = read.signatures
    assert signature.stamp is not None and signature.stamp.intact
    assert (signature.stamp.at, signature.stamp.name) == (AT + timedelta(seconds=4), "Tijdstempels")
    assert standing(read, by_key({key_hash(key())})) is Standing.AS_ISSUED


@pytest.mark.parametrize(
    "answer", [(b"dag", 200), (b"", 500), (b"0" * 70_000, 200), (b"\x30\x03\x30\x01\x05", 200)]
)
def test_without_the_time_stamp_that_was_asked_for_nothing_is_signed(answer: tuple[bytes, int]) -> None:
    with stamp_service(*answer) as address, pytest.raises(NoStamp):
        sign_paper(unsigned(), key(), AT, HttpStamper(address))


def test_a_service_that_is_not_there_gives_no_time_stamp() -> None:
    with stamp_service() as address:
        pass
    with pytest.raises(NoStamp):
        sign_paper(unsigned(), key(), AT, HttpStamper(address, seconds=1))


def test_a_time_stamp_of_a_key_that_is_not_for_it_is_refused() -> None:
    with pytest.raises(CannotSign, match="read back"):
        sign_paper(unsigned(), key(), AT, stamping(ExtendedKeyUsageOID.CODE_SIGNING))


@pytest.mark.parametrize("address", ["ftp://x", "tijd", "", "http://"])
def test_time_stamps_come_over_http(address: str) -> None:
    with pytest.raises(ValueError):
        HttpStamper(address)


@pytest.mark.parametrize("days", [-2, 3651])
def test_a_key_signs_only_while_its_certificate_is_valid(days: int) -> None:
    with pytest.raises(CannotSign, match="not valid"):
        sign_paper(unsigned(), key(), AT + timedelta(days=days))


def test_what_is_signed_is_not_signed_again() -> None:
    with pytest.raises(CannotSign):
        sign_paper(signed(), key(), AT)


@pytest.mark.parametrize("pdf", [b"", b"%PDF-1.7 dag", pdf_of("Dag"), pdf_of("Dag", password="x")])
def test_what_is_no_paper_of_ours_is_not_signed(pdf: bytes) -> None:
    with pytest.raises(CannotSign):
        sign_paper(pdf, key(), AT)


def test_a_key_that_is_not_the_one_of_its_certificate_signs_nothing() -> None:
    with pytest.raises(CannotSign, match="read back"):
        sign_paper(unsigned(), HeldKey(new_key(), key().certificate), AT)


def test_it_signs_where_a_loop_is_running() -> None:
    async def inside() -> bytes:
        return sign_paper(unsigned(), key(), AT)

    assert inspect(asyncio.run(inside())).sound


def test_the_credential_is_in_it_as_data() -> None:
    with opened(signed()) as pdf:
        (file,) = pdf.Root.AF
        assert (str(file.UF), str(file.AFRelationship)) == ("credential.json", "/Data")
        assert str(file.EF.F.Subtype) == "/application/vc"
        assert file.EF.F.read_bytes() == CREDENTIAL
        assert "2026-7KQ4-XM2P" in str(file.Desc)
        assert set(pdf.attachments) == {"credential.json"}


def test_without_a_credential_nothing_is_attached() -> None:
    bare = sign_paper(render_certificate(paper(small_standard())), key(), AT)
    assert inspect(bare).sound and not inspect(bare).attachments
    assert faults(bare, "3a") == faults(bare, "ua1") == []


def test_the_address_is_on_it_as_a_code_that_says_so_in_words() -> None:
    def figures(node: Any) -> list[str]:
        if isinstance(node, pikepdf.Array):
            return [alt for entry in node for alt in figures(entry)]
        if not isinstance(node, pikepdf.Dictionary) or "/S" not in node:
            return []
        own = [str(node.Alt)] if node.S == "/Figure" else []
        return own + figures(node.get("/K"))

    with opened(unsigned()) as pdf:
        told = figures(pdf.Root.StructTreeRoot.K)
    assert [ADDRESS in alt for alt in told] == [False, True]


def test_the_certificate_of_a_key_says_whose_it_is_and_what_it_is_for() -> None:
    told = x509.load_der_x509_certificate(key().certificate)
    usage = told.extensions.get_extension_for_class(x509.KeyUsage).value
    names = told.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert told.subject == told.issuer and "EVC Huis Noord" in told.subject.rfc4514_string()
    assert usage.content_commitment and not usage.key_cert_sign
    assert names.get_values_for_type(x509.UniformResourceIdentifier) == ["did:web:voorbeeld.example:p:noord"]
    told.verify_directly_issued_by(told)


def test_a_long_name_is_cut_to_what_fits_and_an_empty_one_refused() -> None:
    made = own_certificate(new_key(), name="x" * 200, address="did:web:a", since=AT, until=AT + timedelta(1))
    subject = x509.load_der_x509_certificate(made).subject
    assert {len(str(part.value)) for part in subject} == {64}
    with pytest.raises(ValueError):
        own_certificate(new_key(), name=" ", address="did:web:a", since=AT, until=AT + timedelta(1))


@pytest.mark.parametrize(
    ("private", "since"),
    [(ec.generate_private_key(ec.SECP384R1()), AT), (new_key(), datetime(2026, 4, 14))],  # noqa: DTZ001
)
def test_a_certificate_needs_a_key_on_p256_and_times_with_a_zone(private: Any, since: datetime) -> None:
    with pytest.raises(ValueError):
        own_certificate(
            private, name="x", address="did:web:a", since=since, until=datetime(2030, 1, 1, tzinfo=UTC)
        )


def test_a_paper_with_the_proof_of_the_log_stays_what_it_was() -> None:
    read = inspect(issued().pdf)
    assert read.log_proof == issued().proof.encode() and read.credential is not None
    assert [(it.media_type, it.relationship) for it in read.attachments if it.name == LOG_PROOF_NAME] == [
        ("text/plain", "Supplement")
    ]
    assert [faults(issued().pdf, profile) for profile in ("3a", "ua1")] == [[], []]
