"""One certificate in all its forms: signed, in the public log, and on paper with both inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bekwaam.domain.certificates.checking import credential_faults
from bekwaam.domain.certificates.claims import Claim
from bekwaam.domain.certificates.elm import elm_export
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.openbadge import open_badges
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.domain.certificates.papers import LEAF_PAPER
from bekwaam.domain.certificates.signed import PaperNotSigned, Seal
from bekwaam.domain.verdict import refused
from bekwaam.services import ports
from bekwaam.services.certificates.claiming import claim_of
from bekwaam.services.errors import Refused
from bekwaam.services.publiclog.writing import add_all, proof
from bekwaam.services.signing.ring import signer_of
from bekwaam.services.statuses.places import reserve
from bekwaam.store.models import Certificate, CertificateForm, Procedure, SigningKey, StatusPlace
from bekwaam.trust.commitments import new_salt
from bekwaam.trust.dids import key_of
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from bekwaam.trust.keys import Signer
from bekwaam.trust.proofs import sign
from bekwaam.trust.vcjwt import sign_token
from bekwaam.wording import N_

NOT_SIGNED = N_("The certificate could not be signed. Tell whoever runs this installation.")
NO_STAMP = N_(
    "The service for time stamps does not answer, so the certificate was not issued. Try again later."
)
_FORMS: Final = ((Form.EXPERIENCE, Form.EXPERIENCE_JWT), (Form.STANDARD, Form.STANDARD_JWT))


@dataclass(frozen=True, slots=True)
class Signed:
    """A credential that was signed: as JSON and as a token, its digest, and its place in the status lists."""

    credential: str
    token: str
    digest: str
    place: StatusPlace


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate in all forms, before it is recorded.

    ``signed`` are the certificate of experience and, where the standard was met, that of the standard;
    ``leaves`` their places in the log. ``export`` is empty where it cannot be made.
    """

    paper: bytes
    secret: str
    signed: tuple[Signed, ...]
    leaves: tuple[int, ...]
    export: str


@dataclass(frozen=True, slots=True)
class _Pen:
    """With what a provider signs at one moment."""

    signer: Signer
    method: str
    issuer: str
    at: datetime


def make_forms(procedure: Procedure, document: CertificateDocument, key: SigningKey, at: datetime) -> Made:
    """Sign a certificate with ``key`` in all its forms and add it to the public log. In one transaction.

    The log comes before the paper, since the paper carries the proof of it; if the transaction fails, both
    are gone. At most twenty-five queries. Raises Refused where the keys cannot be opened or the paper cannot
    be signed.
    """
    provider = procedure.provider
    secret, experience = new_salt(), reserve(provider)
    standard = reserve(provider) if document.met else None
    claim = claim_of(procedure, document, secret, experience, standard, at)
    pen = _pen(key, claim.issuer.did, at)
    places = [experience, *([standard] if standard else [])]
    signed = tuple(
        _signed(credential, pen, place)
        for credential, place in zip(open_badges(document, claim), places, strict=True)
    )
    seal = _seal(pen, provider.name)
    issued = [_issued(it, pen, seal) for it in signed]
    leaves = add_all([*issued, *_superseded(document, pen, signed[0])])
    paper = _paper(document, signed[0].credential, proof(leaves[0]).text, seal)
    return Made(paper, secret, signed, leaves[: len(signed)], _export(document, claim))


def _pen(key: SigningKey, did: str, at: datetime) -> _Pen:
    signer = signer_of(key)
    return _Pen(signer, key_of(did, signer.public).id, did, at)


def _signed(credential: dict[str, Any], pen: _Pen, place: StatusPlace) -> Signed:
    """Sign a credential that hangs together, as JSON and as a token."""
    faults = credential_faults(credential)
    if faults:
        raise ValueError(f"a credential that does not hang together is not signed: {faults}")
    whole = sign(credential, signer=pen.signer, method=pen.method, created=pen.at)
    token = sign_token(credential, signer=pen.signer, method=pen.method, created=pen.at)
    text = json.dumps(whole, ensure_ascii=False, indent=2) + "\n"
    return Signed(text, token, credential_digest(credential), place)


def _issued(signed: Signed, pen: _Pen, seal: Seal) -> LogEntry:
    """Return the leaf of a credential. It names the paper too, so that none can be made around it later."""
    return LogEntry(Kind.ISSUED, signed.digest, pen.at, pen.issuer, ((LEAF_PAPER, seal.certificate_sha256),))


def _superseded(document: CertificateDocument, pen: _Pen, by: Signed) -> Iterator[LogEntry]:
    """Yield what the log says of the earlier certificate: that another one took its place. One query."""
    if document.supersedes is None:
        return
    earlier = CertificateForm.objects.filter(
        certificate__number=document.supersedes.number, form=Form.EXPERIENCE
    )
    for digest in earlier.values_list("digest", flat=True):
        yield LogEntry(Kind.SUPERSEDED, digest, pen.at, pen.issuer, (("by", by.digest),))


def _seal(pen: _Pen, name: str) -> Seal:
    at = pen.at.replace(microsecond=0)
    key = ports.paper_key()(pen.signer.sign, name=name, address=pen.method, since=at)
    return Seal(key, at, ports.paper_stamper())


def _paper(document: CertificateDocument, credential: str, log_proof: str, seal: Seal) -> bytes:
    try:
        return ports.certificate_paper()(document, credential.encode(), log_proof.encode(), seal)
    except PaperNotSigned as error:
        raise Refused(refused("not_signed", NO_STAMP if error.again else NOT_SIGNED)) from error


def _export(document: CertificateDocument, claim: Claim) -> str:
    """Return the European export; empty where the provider has not filled in its number at the KvK."""
    if not claim.issuer.legal_id:
        return ""
    return json.dumps(elm_export(document, claim), ensure_ascii=False, indent=2) + "\n"


def record_forms(certificate: Certificate, made: Made) -> list[CertificateForm]:
    """Record all forms of a certificate beside its paper, and tie its places in the lists to it."""
    rows = list(_rows(certificate, made))
    CertificateForm.objects.bulk_create(rows)
    for signed in made.signed:
        signed.place.certificate, signed.place.digest = certificate, signed.digest
        signed.place.save(update_fields=["certificate", "digest"])
    return rows


def _rows(certificate: Certificate, made: Made) -> Iterator[CertificateForm]:
    for signed, leaf, (whole, token) in zip(made.signed, made.leaves, _FORMS, strict=False):
        for form, content in ((whole, signed.credential), (token, signed.token)):
            yield CertificateForm(
                certificate=certificate, form=form, content=content, digest=signed.digest, leaf=leaf
            )
    if made.export:
        yield CertificateForm(certificate=certificate, form=Form.ELM, content=made.export)
