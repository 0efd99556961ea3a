"""Certificates to test with, composed by the domain from made-up judgements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bekwaam.domain.assessment.decision import decide
from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.domain.assessment.instruments import IdentityCheck, Session
from bekwaam.domain.certificates.document import CertificateDocument, Issue, Piece, certificate_document
from bekwaam.domain.portfolio.evidence import EvidenceKind
from bekwaam.domain.procedures.scope import Purpose, Scope, judged_units
from bekwaam.frameworks.model import Framework

INTERVIEW = Session(
    ref="s1",
    kind=InstrumentKind.INTERVIEW,
    held_on=date(2026, 3, 2),
    place="Assen",
    present="Samira, Noor en Bram",
    identity=IdentityCheck.PASSPORT,
    identity_by="Noor Assessor",
)
PIECES = {
    "e1": Piece("De maaltijd in de buurt", EvidenceKind.STORY, date(2025, 3, 14)),
    "e2": Piece("Beoordeling", EvidenceKind.FILE, None),
}
ISSUE = Issue(
    number="2026-7KQ4-XM2P",
    issued_on=date(2026, 4, 14),
    candidate="Samira Kandidaat",
    provider="EVC Huis Noord",
    place="Groningen",
    assessors=("Noor Assessor", "Bram Assessor"),
    snapshot_sha256="5e" * 32,
)


def finding(unit: str, stage: str | None, observed: str = "", why: str = "") -> Finding:
    """Return a finding with all its legs."""
    return Finding(
        unit=unit,
        stage=stage,
        evidence=("e1", "s1"),
        instruments=(InstrumentKind.PORTFOLIO, InstrumentKind.INTERVIEW),
        observed=observed or f"Gezien bij {unit}.",
        why=why or f"Gewogen bij {unit}.",
    )


def paper(
    standard: Framework,
    stages: Mapping[str, str | None] | None = None,
    *,
    usual: str = "vakbekwaam",
    language: str = "nl",
    life_domains: tuple[str, ...] = (),
    texts: tuple[str, str] = ("", ""),
    recommendations: Mapping[str, str] | None = None,
    **issue: object,
) -> CertificateDocument:
    """Return a certificate on ``standard``: units not in ``stages`` get the ``usual`` stage."""
    scope = Scope(Purpose.REGISTRATION, life_domains=life_domains)
    findings = [
        finding(unit, (stages or {}).get(unit, usual), *texts) for unit in judged_units(standard, scope)
    ]
    return certificate_document(
        standard,
        scope,
        decide(standard, scope, findings, (INTERVIEW,)),
        findings,
        (INTERVIEW,),
        PIECES,
        replace(ISSUE, **issue),  # type: ignore[arg-type]
        language,
        recommendations,
    )
