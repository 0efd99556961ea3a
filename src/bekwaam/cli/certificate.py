"""Sets the certificate of a decided dossier file in type."""

from __future__ import annotations

from bekwaam.adapters.pdf import render_certificate
from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.dossier import Dossier
from bekwaam.domain.certificates.document import Issue, Piece, certificate_document


def certificate(dossier: Dossier, decision: Decision) -> bytes:
    """Return the certificate as PDF, in the dossier's own language.

    Raises ValueError for a decision that is not decidable, or a dossier without a date.
    """
    if dossier.dated is None:
        raise ValueError("a certificate needs a date")
    issue = Issue(
        number=dossier.number,
        issued_on=dossier.dated,
        candidate=dossier.candidate,
        provider=dossier.provider,
        place=dossier.place,
        assessors=dossier.assessors,
    )
    document = certificate_document(
        dossier.standard,
        dossier.scope,
        decision,
        dossier.findings,
        dossier.sessions,
        {entry.ref: Piece(entry.title, entry.kind, entry.dated) for entry in dossier.evidence},
        issue,
        dossier.language,
        dossier.recommendations,
    )
    return render_certificate(document)
