"""One certificate in all its forms: signed, in the public log, and on paper with both inside."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bekwaam.domain.certificates.checking import credential_faults
from bekwaam.domain.certificates.claims import Claim
from bekwaam.domain.certificates.elm import elm_export
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.openbadge import open_badges
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.domain.certificates.signed import PaperNotSigned, Seal
from bekwaam.domain.verdict import refused
from bekwaam.services import ports
from bekwaam.services.certificates.claiming import claim_of
from bekwaam.services.errors import Refused
from bekwaam.services.publiclog.writing import add, checkpoint, proof
from bekwaam.services.signing.ring import ensure_key, signer_of
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


@dataclass(frozen=True, slots=True)
class Signed:
    """A credential that was signed and logged: as JSON and as a token, its digest, place and leaf."""

    credential: str
    token: str
    digest: str
    place: StatusPlace
    leaf: int


@dataclass(frozen=True, slots=True)
class Made:
    """A certificate in all forms, before it is recorded. ``export`` is empty where it cannot be made."""

    paper: bytes
    secret: str
    experience: Signed
    standard: Signed | None
    export: str


@dataclass(frozen=True, slots=True)
class _Pen:
    """With what a provider signs at one moment."""

    signer: Signer
    method: str
    issuer: str
    at: datetime


def make_forms(procedure: Procedure, document: CertificateDocument, at: datetime) -> Made:
    """Sign a certificate in all its forms and add it to the public log. Inside the caller's transaction.

    The log comes before the paper, since the paper carries the proof of it; if the transaction fails, both
    are gone. Raises Refused where the keys cannot be opened or the paper cannot be signed.
    """
    provider = procedure.provider
    secret, experience = new_salt(), reserve(provider)
    standard = reserve(provider) if document.met else None
    claim = claim_of(procedure, document, secret, experience, standard, at)
    pen = _pen(ensure_key(provider), claim.issuer.did, at)
    badges = open_badges(document, claim)
    first = _signed(badges.experience, pen, experience)
    second = _signed(badges.standard, pen, standard) if badges.standard and standard else None
    _log_superseded(procedure, document, pen, first)
    checkpoint()
    shown = proof(first.leaf).text
    paper = _paper(document, first.credential, shown, _seal(pen, provider.name))
    return Made(paper, secret, first, second, _export(document, claim))


def _pen(key: SigningKey, did: str, at: datetime) -> _Pen:
    signer = signer_of(key)
    return _Pen(signer, key_of(did, signer.public).id, did, at)


def _signed(credential: dict[str, Any], pen: _Pen, place: StatusPlace) -> Signed:
    """Sign a credential that hangs together, as JSON and as a token, and add it to the log."""
    faults = credential_faults(credential)
    if faults:
        raise ValueError(f"a credential that does not hang together is not signed: {faults}")
    whole = sign(credential, signer=pen.signer, method=pen.method, created=pen.at)
    token = sign_token(credential, signer=pen.signer, method=pen.method, created=pen.at)
    digest = credential_digest(credential)
    leaf = add(LogEntry(Kind.ISSUED, digest, pen.at, pen.issuer))
    return Signed(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", token, digest, place, leaf)


def _log_superseded(procedure: Procedure, document: CertificateDocument, pen: _Pen, by: Signed) -> None:
    """Say in the log of the earlier certificate that another one took its place."""
    if document.supersedes is None:
        return
    digests = CertificateForm.objects.filter(
        certificate__number=document.supersedes.number,
        certificate__procedure__provider=procedure.provider_id,
        form=Form.EXPERIENCE,
    ).values_list("digest", flat=True)
    for digest in digests:
        add(LogEntry(Kind.SUPERSEDED, digest, pen.at, pen.issuer, (("by", by.digest),)))


def _seal(pen: _Pen, name: str) -> Seal:
    return Seal(pen.signer.sign, name, pen.method, pen.at, ports.paper_stamper())


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
    for signed in _both(made):
        signed.place.certificate, signed.place.digest = certificate, signed.digest
        signed.place.save(update_fields=["certificate", "digest"])
    return rows


def _both(made: Made) -> Sequence[Signed]:
    return [made.experience, *([made.standard] if made.standard else [])]


def _rows(certificate: Certificate, made: Made) -> list[CertificateForm]:
    kinds = [(Form.EXPERIENCE, Form.EXPERIENCE_JWT), (Form.STANDARD, Form.STANDARD_JWT)]
    rows = []
    for signed, (whole, token) in zip(_both(made), kinds, strict=False):
        for form, content in ((whole, signed.credential), (token, signed.token)):
            rows.append(
                CertificateForm(
                    certificate=certificate,
                    form=form,
                    content=content,
                    digest=signed.digest,
                    leaf=signed.leaf,
                )
            )
    if made.export:
        rows.append(CertificateForm(certificate=certificate, form=Form.ELM, content=made.export))
    return rows
