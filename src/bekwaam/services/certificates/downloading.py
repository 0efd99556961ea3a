"""Handing out a certificate in every form, each exactly as it was issued or not at all."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from bekwaam.domain.certificates.forms import (
    FORM_USES,
    FORMS,
    PAPER_USE,
    PROOF_USE,
    README_NAMES,
    SEAL_NAME,
    SEAL_USE,
    Form,
    form_name,
    proof_name,
)
from bekwaam.domain.certificates.sealing import sealed
from bekwaam.domain.verdict import refused
from bekwaam.services.audit import is_as_recorded
from bekwaam.services.certificates.fetching import Paper, fetch_certificate
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.publiclog.reads import proof_of
from bekwaam.store.models import Certificate, CertificateForm, CertificateSecret, Procedure
from bekwaam.trust.canonical import canonical_json
from bekwaam.trust.entries import Kind
from bekwaam.wording import N_, say

PROOF_TYPE = "text/plain; charset=utf-8"
CHANGED = N_(
    "This form of the certificate was changed after it was issued, so we do not hand it out. Tell "
    "whoever runs this installation; the log says what it was."
)
_CHECK = N_("Anyone can check this certificate at {address}")


def fetch_form(procedure: Procedure, form: Form) -> Paper:
    """Return one form of a procedure's certificate. Two queries.

    Raises NotFound where it does not exist in that form, and Refused where what is kept is not what the audit
    chain vouches for: a changed certificate is worse than none.
    """
    row = _forms(procedure).filter(form=form).first()
    if row is None:
        raise NotFound
    return _as_issued(row)


def fetch_proof(procedure: Procedure, form: Form = Form.EXPERIENCE) -> Paper:
    """Return the proof that a procedure's certificate is in the public log, as the log is now. Five queries.

    ``form`` is the credential that it is about: of experience, or of the standard as a whole. Raises NotFound
    where there is none.
    """
    row = _forms(procedure).filter(form=form).first()
    found = proof_of(row.digest, Kind.ISSUED) if row is not None and row.digest else None
    if row is None or found is None:
        raise NotFound
    name = proof_name(row.certificate.number, form)
    return Paper(io.BytesIO(found.text.encode()), name, PROOF_TYPE)


def fetch_everything(procedure: Procedure, language: str) -> Paper:
    """Return the paper, every form and the proof in one ZIP, with a text that says what each is for.

    Raises NotFound where no certificate was issued, and Refused where any of it is not what was issued.
    """
    certificate = Certificate.objects.filter(procedure=procedure).first()
    if certificate is None:
        raise NotFound
    files = list(_everything(procedure))
    lines = [f"{file.name}\r\n  {say(language, use)}\r\n" for file, use in files]
    if address := certificate.document.get("check_url"):
        lines.append(say(language, _CHECK, address=address) + "\r\n")
    target = io.BytesIO()
    stamp = timezone.localtime(certificate.issued_at).timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(README_NAMES[language], stamp), "\r\n".join(lines))
        for file, _use in files:
            with file.content as content:
                archive.writestr(zipfile.ZipInfo(file.name, stamp), content.read(), zipfile.ZIP_DEFLATED)
    target.seek(0)
    return Paper(target, f"ervaringscertificaat-{certificate.number}.zip", "application/zip")


def _everything(procedure: Procedure) -> Iterator[tuple[Paper, str]]:
    yield fetch_certificate(procedure), PAPER_USE
    rows = {Form(row.form): row for row in _forms(procedure)}
    for form in Form:
        if form in rows:
            yield _as_issued(rows[form]), FORM_USES[form]
    for form in (Form.EXPERIENCE, Form.STANDARD):
        if form in rows and rows[form].leaf is not None:
            yield fetch_proof(procedure, form), PROOF_USE
    secret = CertificateSecret.objects.filter(certificate__procedure=procedure).first()
    if secret is not None:
        yield _seal(secret), SEAL_USE


def _seal(row: CertificateSecret) -> Paper:
    """Return what opens the hash, in the badge, of all that stands on the paper (:func:`sealed`)."""
    opened = canonical_json(sealed(row.secret, "paper", row.certificate.document))
    return Paper(io.BytesIO(opened), SEAL_NAME, "application/json")


def _forms(procedure: Procedure) -> QuerySet[CertificateForm]:
    rows = CertificateForm.objects.filter(certificate__procedure=procedure)
    return rows.select_related("certificate").defer("certificate__document")


def _as_issued(row: CertificateForm) -> Paper:
    if not is_as_recorded(row):
        raise Refused(refused("form_changed", CHANGED))
    form = Form(row.form)
    name = form_name(row.certificate.number, form)
    return Paper(io.BytesIO(row.content.encode()), name, FORMS[form].media_type)
