"""Reads one signature of a PDF: what it covers, whether it holds, who made it and when they say they did.

That the file is wholly covered is seen from its bytes, and not from what a parser makes of it: from the first
byte to the last, all but the signature itself. For a file like that no parser can be led to see anything that
was not signed.
"""

from __future__ import annotations

import binascii
import hashlib
from datetime import datetime
from typing import Any, Final

from asn1crypto import cms, core, tsp, x509
from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, parse_pdf_date
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_tst_data_iter,
    validate_sig_integrity,
)
from pyhanko.sign.validation.pdf_embedded import extract_contents

from bekwaam.domain.certificates.signed import Fault, PaperSignature, PaperSigner, PaperStamp

_KINDS: Final = frozenset(("/ETSI.CAdES.detached", "/adbe.pkcs7.detached"))
_HASHES: Final = frozenset(("sha256", "sha384", "sha512"))
_WAYS: Final = ("sha256_", "sha384_", "sha512_", "rsassa_pkcs1v15", "rsassa_pss", "ed25519")
_CURVES: Final = frozenset(("secp256r1", "secp384r1", "secp521r1"))
_RSA_BITS: Final = 2048
_NO_CHANGES: Final = 1
_LONGEST: Final = 200


def at(within: DictionaryObject, key: str) -> Any:
    """Return what is at ``key``, wherever in the file it stands; None where nothing is."""
    return within[key] if key in within else None  # noqa: SIM401 - its get() gives the reference itself


def read_signature(reader: PdfFileReader, name: str, value: Any, content: bytes) -> PaperSignature:
    """Return what the signature in the field ``name`` shows; ``value`` is what the field refers to.

    Raises anything at all for a signature that cannot be read.
    """
    signature: DictionaryObject = value.get_object()
    held = extract_contents(signature)
    message = cms.ContentInfo.load(held)
    data: cms.SignedData = message["content"]
    info = extract_signer_info(data)
    certificate = extract_certs_for_validation(data).signer_cert
    covered, faults = _coverage(signature, held, content)
    if at(signature, "/SubFilter") not in _KINDS or _weak(info, certificate):
        faults.append(Fault.KIND)
    elif not faults or faults == [Fault.APPENDED]:
        faults += _held(signature, info, certificate, content)
    if held[len(message.dump()) :].strip(b"\0"):
        faults.append(Fault.SIGNATURE)  # there is something beside the signature where only it may be
    if not _locks(reader, value, signature):
        faults.append(Fault.NO_LOCK)
    return PaperSignature(
        field=name,
        faults=tuple(faults),
        covered=covered,
        signer=_signer(certificate),
        claimed_at=_claimed(signature),
        stamp=_stamp(info),
    )


def _coverage(signature: DictionaryObject, held: bytes, content: bytes) -> tuple[int, list[Fault]]:
    """Return up to where the signature reaches, and what is wrong with that."""
    first, before, after, rest = (int(number) for number in signature["/ByteRange"])
    end = after + rest
    gap = content[before:after]
    if first != 0 or not 0 < before < after <= end <= len(content) or min(before, after, rest) < 0:
        return 0, [Fault.COVERAGE]
    if gap[:1] != b"<" or gap[-1:] != b">" or _hex(gap[1:-1]) != held:
        return 0, [Fault.COVERAGE]
    return end, [] if end == len(content) else [Fault.APPENDED]


def _hex(digits: bytes) -> bytes | None:
    try:
        return binascii.unhexlify(digits)
    except binascii.Error:
        return None


def _weak(info: cms.SignerInfo, certificate: x509.Certificate) -> bool:
    """Tell whether the signature is of a kind that somebody else might make."""
    if info["digest_algorithm"]["algorithm"].native not in _HASHES or info["signed_attrs"] is core.VOID:
        return True
    if not str(info["signature_algorithm"]["algorithm"].native).startswith(_WAYS):
        return True
    key = certificate.public_key
    if key.algorithm == "rsa":
        return bool(key.bit_size < _RSA_BITS)
    if key.algorithm == "ec":
        return bool(key.curve[0] != "named" or key.curve[1] not in _CURVES)
    return bool(key.algorithm != "ed25519")


def _held(
    signature: DictionaryObject, info: cms.SignerInfo, certificate: x509.Certificate, content: bytes
) -> list[Fault]:
    """Return whether the covered bytes are the ones that were signed, by the key of the certificate."""
    _, before, after, rest = (int(number) for number in signature["/ByteRange"])
    digest = hashlib.new(info["digest_algorithm"]["algorithm"].native)
    digest.update(memoryview(content)[:before])
    digest.update(memoryview(content)[after : after + rest])
    intact, valid = validate_sig_integrity(info, certificate, "data", digest.digest())
    return [fault for fault, fine in ((Fault.CONTENT, intact), (Fault.SIGNATURE, valid)) if not fine]


def _locks(reader: PdfFileReader, value: Any, signature: DictionaryObject) -> bool:
    """Tell whether this signature certifies the file and forbids every change."""
    permissions = at(reader.root, "/Perms")
    if not isinstance(value, IndirectObject) or not isinstance(permissions, DictionaryObject):
        return False
    if "/DocMDP" not in permissions or permissions.raw_get("/DocMDP") != value:
        return False
    listed = at(signature, "/Reference")
    told = [entry.get_object() for entry in listed] if isinstance(listed, ArrayObject) else []
    return any(
        at(entry, "/TransformMethod") == "/DocMDP" and at(entry["/TransformParams"], "/P") == _NO_CHANGES
        for entry in told
    )


def _signer(certificate: x509.Certificate) -> PaperSigner:
    key = certificate.public_key
    other = certificate.subject_alt_name_value
    addresses = [
        str(name.native)[:_LONGEST] for name in other or () if name.name == "uniform_resource_identifier"
    ]
    kind = str(key.curve[1]) if key.algorithm == "ec" else str(key.algorithm)
    encoded = certificate.dump()
    return PaperSigner(
        name=_name(certificate),
        addresses=tuple(addresses[:5]),
        certificate=encoded,
        certificate_sha256=hashlib.sha256(encoded).hexdigest(),
        key_sha256=hashlib.sha256(key.dump()).hexdigest(),
        key_kind=kind,
    )


def _name(certificate: x509.Certificate) -> str:
    told = certificate.subject.native
    return str(told.get("common_name", told.get("organization_name", "")))[:_LONGEST]


def _claimed(signature: DictionaryObject) -> datetime | None:
    """Return when the signer says that it was signed; None where that cannot be read."""
    try:
        moment = parse_pdf_date(signature["/M"], strict=True)
    except Exception:
        return None
    return moment if moment.tzinfo is not None else None


def _stamp(info: cms.SignerInfo) -> PaperStamp | None:
    """Return the time stamp on the signature; None where there is none that can be read."""
    try:
        token = next(iter(extract_tst_data_iter(info, signed=False)), None)
        return None if token is None else _read_stamp(token, info["signature"].native)
    except Exception:
        return None


def _read_stamp(token: cms.SignedData, stamped: bytes) -> PaperStamp | None:
    told: tsp.TSTInfo = token["encap_content_info"]["content"].parsed
    certificate = extract_certs_for_validation(token).signer_cert
    info = extract_signer_info(token)
    imprint = told["message_imprint"]
    kind = imprint["hash_algorithm"]["algorithm"].native
    if kind not in _HASHES or _weak(info, certificate):
        return None
    digest = hashlib.new(
        info["digest_algorithm"]["algorithm"].native, token["encap_content_info"]["content"].contents
    )
    intact, valid = validate_sig_integrity(info, certificate, "tst_info", digest.digest())
    usage = certificate.extended_key_usage_value
    may = usage is not None and usage.native == ["time_stamping"]
    same = imprint["hashed_message"].native == hashlib.new(kind, stamped).digest()
    return PaperStamp(
        at=told["gen_time"].native,
        name=_name(certificate),
        certificate_sha256=hashlib.sha256(certificate.dump()).hexdigest(),
        intact=bool(intact and valid and may and same),
    )
