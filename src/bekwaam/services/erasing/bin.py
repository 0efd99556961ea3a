"""Throwing rows away so that the audit chain still checks: with what opens them, and named in an entry."""

from __future__ import annotations

from typing import Any

from django.db.models import CASCADE, Exists, OuterRef, Q, QuerySet

from bekwaam.services.keeping import forget_after_commit
from bekwaam.services.mail.keeping import forget_mail_about
from bekwaam.store.audit import drop_openings_of
from bekwaam.store.models import (
    AuditNote,
    CarriedFinding,
    Certificate,
    CertificateForm,
    CertificateSecret,
    ConflictDeclaration,
    Consent,
    Dispute,
    DossierItem,
    FactAnswer,
    FactRequest,
    FactsConfirmed,
    FinalAgreement,
    FinalJudgement,
    FoundSign,
    HeldSession,
    Jotting,
    Judgement,
    JudgingFinished,
    NameChoice,
    Objection,
    ObjectionAnswer,
    Person,
    PlannedSession,
    Procedure,
    ShareLink,
    ShareVisit,
    SignLook,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
    StatusChange,
    StepNote,
    StoredFile,
    Tip,
)


class Bin:
    """Collects what is thrown away in one transaction; ``marks`` is for the entry that says so.

    The entry is what makes the difference between data that was erased and data that somebody took away
    behind the program's back: without it the audit check finds every one of these rows missing.
    """

    def __init__(self) -> None:
        self.marks: list[dict[str, Any]] = []

    def throw(self, rows: QuerySet[Any]) -> None:
        """Throw rows away, with what opens the chain's commitments to them."""
        table = rows.model.__name__
        keys = sorted(rows.order_by().values_list("pk", flat=True))
        if hasattr(rows.model, "committed"):
            self.marks += [{"table": table, "row": key} for key in keys]
            drop_openings_of(table, keys)
        rows.model._default_manager.filter(pk__in=keys).delete()

    def throw_corrected(self, rows: QuerySet[Any]) -> None:
        """Throw rows away that may name each other as what they replace."""
        rows.update(replaces=None)
        self.throw(rows)


def throw_judging(thrown: Bin, procedure: Procedure) -> None:
    """Throw away what was handed in and all that was judged, said and decided about it, and consent."""
    thrown.throw(FactAnswer.objects.filter(procedure=procedure))
    thrown.throw(FactRequest.objects.filter(procedure=procedure))
    thrown.throw(FactsConfirmed.objects.filter(procedure=procedure))
    thrown.throw(NameChoice.objects.filter(procedure=procedure))
    thrown.throw(FinalAgreement.objects.filter(final__procedure=procedure))
    thrown.throw_corrected(FinalJudgement.objects.filter(procedure=procedure))
    thrown.throw(Dispute.objects.filter(procedure=procedure))
    thrown.throw(JudgingFinished.objects.filter(procedure=procedure))
    thrown.throw_corrected(Judgement.objects.filter(procedure=procedure))
    thrown.throw_corrected(HeldSession.objects.filter(procedure=procedure))
    thrown.throw_corrected(PlannedSession.objects.filter(procedure=procedure))
    thrown.throw(ConflictDeclaration.objects.filter(assignment__procedure=procedure))
    thrown.throw(Consent.objects.filter(procedure=procedure))
    thrown.throw(NameChoice.objects.filter(procedure=procedure))
    thrown.throw(DossierItem.objects.filter(procedure=procedure))
    thrown.throw(SignLook.objects.filter(sign__procedure=procedure))
    thrown.throw(FoundSign.objects.filter(procedure=procedure))
    thrown.throw(Jotting.objects.filter(procedure=procedure))
    thrown.throw_corrected(AuditNote.objects.filter(procedure=procedure))
    thrown.throw(ObjectionAnswer.objects.filter(procedure=procedure))
    thrown.throw(Objection.objects.filter(procedure=procedure))
    thrown.throw(CarriedFinding.objects.filter(procedure=procedure))
    forget_mail_about(procedure)
    throw_advice(thrown, procedure)


def throw_certificate(thrown: Bin, procedure: Procedure) -> None:
    """Throw away a certificate in all its forms, with the secret of its hashes and what was done with it.

    Its places in the status lists stay, for they say nothing of anybody: who still has the paper, and whoever
    checks it, sees that it was revoked.
    """
    throw_shares(thrown, procedure)
    thrown.throw(CertificateForm.objects.filter(certificate__procedure=procedure))
    thrown.throw(CertificateSecret.objects.filter(certificate__procedure=procedure))
    thrown.throw(StatusChange.objects.filter(certificate__procedure=procedure))
    thrown.throw(Certificate.objects.filter(procedure=procedure))


def throw_shares(thrown: Bin, procedure: Procedure) -> None:
    """Throw away the links with which a candidate showed their certificate, and who looked when."""
    thrown.throw(ShareVisit.objects.filter(link__certificate__procedure=procedure))
    thrown.throw(ShareLink.objects.filter(certificate__procedure=procedure))


def throw_snapshots(thrown: Bin, procedure: Procedure) -> None:
    """Throw away what was handed in; whatever refers to it has to be gone by then."""
    thrown.throw(SnapshotTie.objects.filter(item__snapshot__procedure=procedure))
    thrown.throw(SnapshotItem.objects.filter(snapshot__procedure=procedure))
    thrown.throw(Snapshot.objects.filter(procedure=procedure))


def throw_advice(thrown: Bin, procedure: Procedure) -> None:
    """Throw away what the guide advised along the way."""
    thrown.throw(Tip.objects.filter(procedure=procedure))


def throw_notes(thrown: Bin, procedure: Procedure) -> None:
    """Throw away why the procedure was given back or stopped."""
    thrown.throw(StepNote.objects.filter(procedure=procedure))


def throw_files(person: Person) -> int:
    """Throw away every file of a person that no row refers to any more; return how many.

    What only says something about a file, as what was found in it, goes with it. On disk they go once the
    transaction stands. A file has no commitment of its own.
    """
    free = Q()
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if field.auto_created and not field.concrete and field.on_delete is not CASCADE:  # type: ignore[union-attr]
            model: Any = field.related_model
            column = field.field.name  # type: ignore[union-attr]
            free &= ~Q(Exists(model._default_manager.filter(**{column: OuterRef("pk")})))
    files = list(StoredFile.objects.filter(free, owner=person))
    for file in files:
        file.delete()
        forget_after_commit(file.key)
    return len(files)
