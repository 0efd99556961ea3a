"""Issuing the certificate: composed from what was decided, put on paper, kept and recorded."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.numbers import ALPHABET, number_of
from bekwaam.domain.certificates.paper import (
    OBJECTION_PARTLY,
    OBJECTION_UPHELD,
    REASSESSED,
    CertificateDocument,
    SupersededOnPaper,
)
from bekwaam.domain.events import Event
from bekwaam.domain.objections.outcome import Answer
from bekwaam.domain.procedures.states import State, Step, check_step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.certificates.claiming import check_address
from bekwaam.services.certificates.composing import compose, gather
from bekwaam.services.certificates.facts_reads import needs_of_issuing
from bekwaam.services.certificates.signing_forms import make_forms, record_forms
from bekwaam.services.errors import Refused, insist
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.procedures.letters import tell_issued
from bekwaam.services.procedures.steps import take_step
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Certificate,
    CertificateForm,
    CertificateSecret,
    DecisionRecord,
    ErasedCertificate,
    Person,
    Procedure,
    StoredFile,
)
from bekwaam.trust.canonical import hash_of
from bekwaam.wording import N_

ANSWER_REASONS: Final = {Answer.UPHELD: OBJECTION_UPHELD, Answer.PARTLY: OBJECTION_PARTLY}


@dataclass(slots=True)
class Prepared:
    """A certificate that is to be recorded: what it says and what it replaces.

    ``stored`` is the key of its paper in the file store as soon as there is one, so that it can be taken away
    again when what follows fails (:func:`forget`).
    """

    document: CertificateDocument
    supersedes: str
    stored: str = ""


def issue(actor: Person, procedure: Procedure, language: str) -> Certificate:
    """Issue the certificate of a decided procedure, in ``language`` ("nl" or "en").

    The candidate has had the time to have facts corrected: it waits for their word, for the answers to what
    they asked, or for the term (:mod:`bekwaam.domain.certificates.facts`).
    It is signed in all its forms, added to the public log and put on paper in one transaction; if anything
    fails there is no certificate and nothing in the log. Raises Refused before the outcome was decided, the
    second time, without the right to, where the answer to an objection has to come with it, and where it
    cannot be signed.
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
        forget(prepared)
        raise


def prepare(procedure: Procedure, language: str, answer: Answer | None = None) -> Prepared:
    """Compose what the certificate of a decided procedure says; nothing is recorded yet.

    Raises Refused before the outcome was decided. ``answer`` is what came of the objection that it is
    issued after.
    """
    decided = DecisionRecord.objects.filter(procedure=procedure).select_related("snapshot").first()
    insist(check_step(Step.ISSUE, State(procedure.state), needs_of_issuing(procedure)))
    assert decided is not None  # noqa: S101 - the table above says so; this tells the type checker
    supersedes, today = _superseded(procedure, answer), clock.today()
    number = new_number(today)
    document = compose(
        gather(procedure, decided),
        language,
        number=number,
        issued_on=today,
        supersedes=supersedes,
        check_url=check_address(number),
    )
    return Prepared(document, supersedes.number if supersedes else "")


def forget(prepared: Prepared) -> None:
    """Take the paper of a certificate away again after its transaction failed."""
    if prepared.stored:
        forget_unless_recorded(prepared.stored)


def record(actor: Person, procedure: Procedure, prepared: Prepared) -> Certificate:
    """Sign and record a certificate that was prepared, and move the procedure on.

    Inside the caller's transaction; whoever calls says :func:`forget` when that fails.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    take_step(actor, procedure, Step.ISSUE, needs_of_issuing(procedure))
    key = ensure_key(procedure.provider)  # before the moment is taken: no certificate is older than the log
    document, now = prepared.document, clock.now()
    made = make_forms(procedure, document, key, now)
    certificate = Certificate.objects.create(
        procedure=procedure,
        number=document.number,
        language=document.language,
        document=document.to_json(),
        file=_keep(procedure, prepared, made.paper, now),
        issued_at=now,
        issued_by=actor,
        supersedes=prepared.supersedes,
    )
    CertificateSecret.objects.create(certificate=certificate, secret=made.secret)
    _append_issued(actor, certificate, record_forms(certificate, made))
    _tell_superseded(actor, certificate)
    tell_issued(procedure)
    return certificate


def _keep(procedure: Procedure, prepared: Prepared, paper: bytes, now: datetime) -> StoredFile:
    prepared.stored, digest, size = ports.files().put([paper])
    return StoredFile.objects.create(
        owner=procedure.candidate,
        key=prepared.stored,
        name=file_name(prepared.document.number),
        media_type="application/pdf",
        size=size,
        sha256=digest,
        received_at=now,
    )


def _append_issued(actor: Person, certificate: Certificate, forms: Sequence[CertificateForm]) -> None:
    document: dict[str, Any] = certificate.document
    payload = {
        "certificate": certificate.ref,
        "number": certificate.number,
        "language": certificate.language,
        "met": document["met"],
        "document": hash_of(document),
        "file": certificate.file.sha256,
        "logged": sorted({form.leaf for form in forms if form.leaf is not None}),
    }
    if certificate.supersedes:
        payload["supersedes"] = certificate.supersedes
    append(
        Event.ISSUED,
        actor=actor,
        subject=f"procedure:{certificate.procedure.ref}",
        now=certificate.issued_at,
        payload=payload,
        content=[certificate, *forms],
    )


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


def new_number(today: date) -> str:
    """Return a number that no certificate has or had, such as "2026-7KQ4-XM2P". Two queries, mostly."""
    while True:
        number = number_of(today.year, "".join(secrets.choice(ALPHABET) for _ in range(8)))
        tables = (Certificate, ErasedCertificate)
        if not any(table._default_manager.filter(number=number).exists() for table in tables):
            return number


def file_name(number: str) -> str:
    """Return the name under which a certificate is downloaded."""
    return f"ervaringscertificaat-{number}.pdf"
