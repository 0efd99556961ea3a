"""Issuing the certificate: composed from what was decided, put on paper, kept and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.decision import Decision
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.certificates.document import CertificateDocument, Issue, Piece, certificate_document
from bekwaam.domain.certificates.paper import (
    OBJECTION_PARTLY,
    OBJECTION_UPHELD,
    REASSESSED,
    SupersededOnPaper,
    WordsOnPaper,
)
from bekwaam.domain.events import Event
from bekwaam.domain.objections.outcome import Answer
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.states import Need, State, Step, check_step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.certificates.reads import AgreedFinal, agreed, held_sessions, outcome_from_plain
from bekwaam.services.errors import Refused, insist
from bekwaam.services.frameworks.words import Told, told_in
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.procedures.letters import tell_issued
from bekwaam.services.procedures.steps import take_step
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
from bekwaam.wording import N_

# Without letters and digits that look alike: a number is read aloud and typed over.
ANSWER_REASONS: Final = {Answer.UPHELD: OBJECTION_UPHELD, Answer.PARTLY: OBJECTION_PARTLY}
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A certificate that was made and not recorded yet: what it says, its file, and what it replaces."""

    document: CertificateDocument
    file: StoredFile
    supersedes: str


def issue(actor: Person, procedure: Procedure, language: str) -> Certificate:
    """Issue the certificate of a decided procedure, in ``language`` ("nl" or "en").

    What was decided no longer changes, so the paper is made first, outside the transaction; if the rest
    fails its file is removed again. Raises Refused before the outcome was decided, the second time, without
    the right to, and where the answer to an objection has to come with it.
    """
    with transaction.atomic():
        procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    if procedure.is_rejudging:
        message = N_("Here an objection was judged. The certificate comes with the answer to it.")
        raise Refused(refused("answer_first", message))
    prepared = prepare(procedure, language)
    try:
        with transaction.atomic():
            return record(actor, procedure, prepared)
    except BaseException:
        forget_unless_recorded(prepared.file.key)
        raise


def prepare(procedure: Procedure, language: str, answer: Answer | None = None) -> Prepared:
    """Make the paper of a decided procedure and store its file; nothing is recorded yet.

    Raises Refused before the outcome was decided. ``answer`` is what came of the objection that it is
    issued after.
    """
    decided = DecisionRecord.objects.filter(procedure=procedure).select_related("snapshot").first()
    holds = frozenset({Need.DECIDED}) if decided else frozenset()
    insist(check_step(Step.ISSUE, State(procedure.state), holds))
    assert decided is not None  # noqa: S101 - the table above says so; this tells the type checker
    supersedes = _superseded(procedure, answer)
    document = compose(procedure, decided, language, supersedes)
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
    return Prepared(document, file, supersedes.number if supersedes else "")


def record(actor: Person, procedure: Procedure, prepared: Prepared) -> Certificate:
    """Record a certificate that was prepared, and move the procedure on. Inside the caller's transaction."""
    procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    take_step(actor, procedure, Step.ISSUE, frozenset({Need.DECIDED}))
    document, file, now = prepared.document, prepared.file, clock.now()
    file.save()
    certificate = Certificate.objects.create(
        procedure=procedure,
        number=document.number,
        language=document.language,
        document=document.to_json(),
        file=file,
        issued_at=now,
        issued_by=actor,
        supersedes=prepared.supersedes,
    )
    payload = {
        "certificate": certificate.ref,
        "number": certificate.number,
        "language": certificate.language,
        "met": document.met,
        "document": hash_of(certificate.document),
        "file": file.sha256,
    }
    if prepared.supersedes:
        payload["supersedes"] = prepared.supersedes
    append(
        Event.ISSUED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload=payload,
        content=[certificate],
    )
    _tell_superseded(actor, certificate)
    tell_issued(procedure)
    return certificate


def _superseded(procedure: Procedure, answer: Answer | None) -> SupersededOnPaper | None:
    """Return the certificate that a new one of this procedure takes the place of. At most one query.

    The line is followed back to the last procedure that issued one.
    """
    if procedure.follows_id is None:
        return None
    line = Q(pk=procedure.first_id) | Q(first=procedure.first_id)
    earlier = Procedure.objects.filter(line, pk__lt=procedure.pk)
    last = Certificate.objects.filter(procedure__in=earlier).order_by("-issued_at", "-pk").first()
    if last is None:  # not by any way through the program: nothing is followed before it was issued
        return None
    reason = ANSWER_REASONS.get(answer, REASSESSED) if answer else REASSESSED
    return SupersededOnPaper(last.number, timezone.localdate(last.issued_at), reason)


def _tell_superseded(actor: Person, certificate: Certificate) -> None:
    """Record with the procedure of the earlier certificate that another one took its place."""
    if not certificate.supersedes:
        return
    old = Certificate.objects.select_related("procedure").get(number=certificate.supersedes)
    append(
        Event.SUPERSEDED,
        actor=actor,
        subject=f"procedure:{old.procedure.ref}",
        now=certificate.issued_at,
        payload={"number": old.number, "by": certificate.number},
    )


def compose(
    procedure: Procedure,
    record: DecisionRecord,
    language: str,
    supersedes: SupersededOnPaper | None = None,
) -> CertificateDocument:
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
            supersedes=supersedes,
        ),
        language,
        _recommendations(finals),
        {unit: final.carried for unit, final in finals.items() if final.carried},
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
