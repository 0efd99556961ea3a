"""Issuing the certificate: composed from what was decided, put on paper, kept and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from django.db import transaction
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.certificates.document import (
    CertificateDocument,
    Issue,
    Piece,
    Settlement,
    certificate_document,
)
from bekwaam.domain.certificates.paper import WordsOnPaper
from bekwaam.domain.events import Event
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.states import Need, State, Step, check_step
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.certificates.reads import AgreedFinal, agreed, held_sessions, outcome_from_plain
from bekwaam.services.errors import insist
from bekwaam.services.frameworks.words import Told, told_in
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.procedures.course import take_step
from bekwaam.services.procedures.letters import tell_issued
from bekwaam.services.procedures.team import team
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Certificate,
    DecisionRecord,
    ErasedCertificate,
    Person,
    Procedure,
    SnapshotItem,
    StoredFile,
)
from bekwaam.trust.canonical import hash_of

# Without letters and digits that look alike: a number is read aloud and typed over.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def issue(actor: Person, procedure: Procedure, language: str) -> Certificate:
    """Issue the certificate of a decided procedure, in ``language`` ("nl" or "en").

    What was decided no longer changes, so the paper is made first, outside the transaction; if the rest
    fails its file is removed again. Raises Refused before the outcome was decided, the second time, and
    without the right to.
    """
    with transaction.atomic():
        procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    record = DecisionRecord.objects.filter(procedure=procedure).select_related("snapshot").first()
    holds = frozenset({Need.DECIDED}) if record else frozenset()
    insist(check_step(Step.ISSUE, State(procedure.state), holds))
    assert record is not None  # noqa: S101 - the table above says so; this tells the type checker
    document = compose(procedure, record, language)
    paper = ports.certificate_paper()(document)
    key, digest, size = ports.files().put([paper])
    file = StoredFile(
        owner=procedure.candidate,
        key=key,
        name=file_name(document.number),
        media_type="application/pdf",
        size=size,
        sha256=digest,
        received_at=clock.now(),
    )
    try:
        return _record(actor, procedure, document, file)
    except BaseException:
        forget_unless_recorded(key)
        raise


@transaction.atomic
def _record(
    actor: Person, procedure: Procedure, document: CertificateDocument, file: StoredFile
) -> Certificate:
    procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    take_step(actor, procedure, Step.ISSUE, frozenset({Need.DECIDED}))
    file.save()
    now = clock.now()
    certificate = Certificate.objects.create(
        procedure=procedure,
        number=document.number,
        language=document.language,
        document=document.to_json(),
        file=file,
        issued_at=now,
        issued_by=actor,
    )
    append(
        Event.ISSUED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={
            "certificate": certificate.ref,
            "number": certificate.number,
            "language": certificate.language,
            "met": document.met,
            "document": hash_of(certificate.document),
            "file": file.sha256,
        },
        content=[certificate],
    )
    tell_issued(procedure)
    return certificate


def compose(procedure: Procedure, record: DecisionRecord, language: str) -> CertificateDocument:
    """Return all that the certificate says, from the decision and what it rests on."""
    people = team(procedure)
    finals = agreed(procedure, people)
    sessions, newest = held_sessions(procedure)
    told = told_in(procedure)
    return certificate_document(
        told.framework,
        procedure.scope,
        Decision(outcome_from_plain(record.outcome), (), record.stages),
        [_with_newest(final.finding, newest) for final in finals.values()],
        sessions,
        _pieces(record),
        Issue(
            number=new_number(clock.today()),
            issued_on=clock.today(),
            candidate=procedure.candidate.name,
            provider=procedure.provider.name,
            place=procedure.provider.place,
            assessors=tuple(worker.name for worker in people.assessors),
            snapshot_sha256=record.snapshot.sha256,
            standard_sha256=procedure.standard.sha256,
            words=_words(told, language),
        ),
        language,
        _recommendations(finals),
        {u: Settlement(final.third, bool(final.against)) for u, final in finals.items() if final.disputed},
    )


def _words(told: Told, language: str) -> WordsOnPaper | None:
    """Return whose words the paper is in; None where all that stands on it is ours."""
    if told.head is None or told.numbers is None or not told.marked(language):
        return None
    since = timezone.localdate(told.head.loaded_at)
    return WordsOnPaper(told.head.whose, told.head.owner, since, told.numbers[language], told.total)


def _recommendations(finals: Mapping[str, AgreedFinal]) -> dict[str, str]:
    return {unit: final.recommendation for unit, final in finals.items() if final.recommendation}


def _pieces(record: DecisionRecord) -> dict[str, Piece]:
    rows = SnapshotItem.objects.filter(snapshot=record.snapshot).values_list(
        "ref", "title", "kind", "content"
    )
    return {ref: Piece(title, EvidenceKind(kind), _dated(content)) for ref, title, kind, content in rows}


def _dated(content: Mapping[str, str | None]) -> date | None:
    written = content.get("dated_on")
    return date.fromisoformat(written) if written else None


def _with_newest(finding: Finding, newest: Mapping[str, str]) -> Finding:
    """Return a finding that names sessions by their last correction."""
    named = dict.fromkeys(newest.get(ref, ref) for ref in finding.evidence)
    return replace(finding, evidence=tuple(named))


def new_number(today: date) -> str:
    """Return a number that no certificate has or had, such as "2026-7KQ4-XM2P". Two queries, mostly."""
    while True:
        drawn = "".join(secrets.choice(_ALPHABET) for _ in range(8))
        number = f"{today.year}-{drawn[:4]}-{drawn[4:]}"
        tables = (Certificate, ErasedCertificate)
        if not any(table._default_manager.filter(number=number).exists() for table in tables):
            return number


def file_name(number: str) -> str:
    """Return the name under which a certificate is downloaded."""
    return f"ervaringscertificaat-{number}.pdf"
