"""Issuing the certificate: composed from what was decided, put on paper, kept and recorded."""

from __future__ import annotations

import secrets
from datetime import date
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.states import State, Step, check_step
from bekwaam.services import clock, ports
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.certificates.composing import compose, gather
from bekwaam.services.certificates.facts_reads import needs_of_issuing
from bekwaam.services.errors import insist
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.procedures.course import take_step
from bekwaam.services.procedures.letters import tell_issued
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Certificate,
    DecisionRecord,
    ErasedCertificate,
    Person,
    Procedure,
    StoredFile,
)
from bekwaam.trust.canonical import hash_of

# Without letters and digits that look alike: a number is read aloud and typed over.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def issue(actor: Person, procedure: Procedure, language: str) -> Certificate:
    """Issue the certificate of a decided procedure, in ``language`` ("nl" or "en").

    The candidate has had the time to have facts corrected: it waits for their word, for the answers to what
    they asked, or for the term (:mod:`bekwaam.domain.certificates.facts`).
    What was decided no longer changes, so the paper is made first, outside the transaction; if the rest
    fails its file is removed again. Raises Refused before the outcome was decided, the second time, and
    without the right to.
    """
    with transaction.atomic():
        procedure = lock(procedure)
    insist_at_procedure(Action.ISSUE, actor, procedure)
    record = DecisionRecord.objects.filter(procedure=procedure).select_related("snapshot").first()
    insist(check_step(Step.ISSUE, State(procedure.state), needs_of_issuing(procedure)))
    assert record is not None  # noqa: S101 - the table above says so; this tells the type checker
    today = clock.today()
    document = compose(gather(procedure, record), language, number=new_number(today), issued_on=today)
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
    take_step(actor, procedure, Step.ISSUE, needs_of_issuing(procedure))
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
