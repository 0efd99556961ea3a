"""Composing what a certificate says: for the draft that the candidate checks, and for the paper itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.certificates.document import (
    CertificateDocument,
    Issue,
    Piece,
    Settlement,
    certificate_document,
)
from bekwaam.domain.certificates.facts import (
    Corrections,
    Fact,
    Place,
    Spot,
    corrected_finding,
    corrected_session,
)
from bekwaam.domain.certificates.paper import SupersededOnPaper, WordsOnPaper
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.services.certificates.facts_reads import (
    FactsRead,
    RequestRead,
    facts_read,
    read_with_corrections,
)
from bekwaam.services.certificates.reads import AgreedFinal, agreed, held_sessions, outcome_from_plain
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.words import Told, told_in
from bekwaam.services.procedures.team import Team, Worker, team
from bekwaam.store.models import DecisionRecord, Procedure, SnapshotItem
from bekwaam.trust.canonical import hash_of


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a certificate rests on, with the facts as they were corrected."""

    procedure: Procedure
    record: DecisionRecord
    people: Team
    finals: Mapping[str, AgreedFinal]
    findings: tuple[Finding, ...]
    sessions: tuple[Session, ...]
    pieces: Mapping[str, Piece]
    requests: tuple[RequestRead, ...]
    corrections: Corrections
    told: Told


@dataclass(frozen=True, slots=True)
class Draft:
    """The certificate as it would be issued now, without a number, and the facts that stand on it.

    ``findings`` are the final ones by unit; ``checked`` is how far the candidate is with the facts;
    ``sha256`` is of all that it says.
    """

    document: CertificateDocument
    facts: Mapping[Spot, Fact]
    findings: Mapping[str, Finding]
    sessions: tuple[Session, ...]
    checked: FactsRead
    sha256: str


def draft_of(procedure: Procedure, language: str) -> Draft:
    """Return the draft of a decided procedure's certificate. Six queries; NotFound before the decision."""
    rows = DecisionRecord.objects.filter(procedure=procedure)
    record = rows.select_related("snapshot", "procedure__facts_confirmed").first()
    if record is None:
        raise NotFound
    material = gather(procedure, record)
    decided_on = timezone.localdate(record.decided_at)
    document = compose(material, language, number="", issued_on=decided_on)
    return Draft(
        document=document,
        facts={fact.spot: fact for fact in _facts(material)},
        findings={finding.unit: finding for finding in material.findings},
        sessions=material.sessions,
        checked=facts_read(
            procedure,
            record.decided_at,
            material.requests,
            getattr(record.procedure, "facts_confirmed", None),
        ),
        sha256=hash_of(document.to_json()),
    )


def gather(procedure: Procedure, record: DecisionRecord) -> Material:
    """Read everything that a certificate rests on. Five queries, six where it follows another one."""
    people = team(procedure)
    finals = agreed(procedure, people)
    sessions, newest = held_sessions(procedure)
    requests, corrections = read_with_corrections(procedure)
    return Material(
        procedure=procedure,
        record=record,
        people=people,
        finals=finals,
        findings=tuple(
            corrected_finding(_with_newest(final.finding, newest), corrections) for final in finals.values()
        ),
        sessions=tuple(corrected_session(session, corrections) for session in sessions),
        pieces=_pieces(record, corrections),
        requests=requests,
        corrections=corrections,
        told=told_in(procedure),
    )


def compose(
    material: Material,
    language: str,
    number: str,
    issued_on: date,
    supersedes: SupersededOnPaper | None = None,
    check_url: str = "",
) -> CertificateDocument:
    """Return all that the certificate says: the decision, what it rests on, and the facts as corrected."""
    procedure, record, told = material.procedure, material.record, material.told
    return certificate_document(
        told.framework,
        procedure.scope,
        Decision(outcome_from_plain(record.outcome), (), record.stages),
        material.findings,
        material.sessions,
        material.pieces,
        Issue(
            number=number,
            issued_on=issued_on,
            candidate=_candidate(material),
            provider=procedure.provider.name,
            place=_place(material),
            assessors=tuple(_assessor(material, worker) for worker in material.people.assessors),
            snapshot_sha256=record.snapshot.sha256,
            standard_sha256=procedure.standard.sha256,
            words=_words(told, language),
            supersedes=supersedes,
            check_url=check_url,
        ),
        language,
        _recommendations(material.finals),
        {unit: final.carried for unit, final in material.finals.items() if final.carried},
        {
            unit: Settlement(final.third, bool(final.against))
            for unit, final in material.finals.items()
            if final.disputed
        },
    )


def _candidate(material: Material) -> str:
    return material.corrections.get(Spot(Place.CANDIDATE), material.procedure.candidate.name)


def _place(material: Material) -> str:
    return material.corrections.get(Spot(Place.PROVIDER_PLACE), material.procedure.provider.place)


def _assessor(material: Material, worker: Worker) -> str:
    return material.corrections.get(Spot(Place.ASSESSOR, worker.ref), worker.name)


def _facts(material: Material) -> Iterator[Fact]:
    """Yield every fact that can be asked about, in the order in which a certificate has them."""
    yield Fact(Spot(Place.CANDIDATE), _candidate(material))
    yield Fact(Spot(Place.PROVIDER_PLACE), _place(material))
    for worker in material.people.assessors:
        yield Fact(Spot(Place.ASSESSOR, worker.ref), _assessor(material, worker))
    for session in material.sessions:
        yield Fact(Spot(Place.SESSION_DAY, session.ref), _written(session.held_on))
        yield Fact(Spot(Place.SESSION_PLACE, session.ref), session.place)
        yield Fact(Spot(Place.SESSION_PRESENT, session.ref), session.present)
    named = dict.fromkeys(ref for finding in material.findings for ref in finding.evidence)
    for ref in named:
        if ref in material.pieces:
            yield Fact(Spot(Place.PIECE_TITLE, ref), material.pieces[ref].title)
            yield Fact(Spot(Place.PIECE_DAY, ref), _written(material.pieces[ref].dated_on))
    for finding in material.findings:
        yield Fact(Spot(Place.OBSERVED, finding.unit), finding.observed)
        yield Fact(Spot(Place.WHY, finding.unit), finding.why)


def _written(day: date | None) -> str:
    return day.isoformat() if day else ""


def _words(told: Told, language: str) -> WordsOnPaper | None:
    """Return whose words the paper is in; None where all that stands on it is ours."""
    if told.head is None or told.numbers is None or not told.marked(language):
        return None
    since = timezone.localdate(told.head.loaded_at)
    return WordsOnPaper(told.head.whose, told.head.owner, since, told.numbers[language], told.total)


def _recommendations(finals: Mapping[str, AgreedFinal]) -> dict[str, str]:
    return {unit: final.recommendation for unit, final in finals.items() if final.recommendation}


def _pieces(record: DecisionRecord, corrections: Corrections) -> dict[str, Piece]:
    rows = SnapshotItem.objects.filter(snapshot=record.snapshot).values_list(
        "ref", "title", "kind", "content"
    )
    return {
        ref: Piece(
            corrections.get(Spot(Place.PIECE_TITLE, ref), title),
            EvidenceKind(kind),
            _day(corrections.get(Spot(Place.PIECE_DAY, ref)) or content.get("dated_on")),
        )
        for ref, title, kind, content in rows
    }


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _with_newest(finding: Finding, newest: Mapping[str, str]) -> Finding:
    """Return a finding that names sessions by their last correction."""
    named = dict.fromkeys(newest.get(ref, ref) for ref in finding.evidence)
    return replace(finding, evidence=tuple(named))
