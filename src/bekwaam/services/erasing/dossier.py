"""What happens to the dossier of a candidate who goes: it stops and goes, it is kept, or its term is over."""

from __future__ import annotations

from datetime import datetime

from bekwaam.domain.accounts.erasing import OwnProcedure
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.states import Need, State, Step, after, check_step
from bekwaam.services import clock
from bekwaam.services.erasing.bin import (
    Bin,
    throw_advice,
    throw_certificate,
    throw_files,
    throw_judging,
    throw_notes,
    throw_shares,
    throw_snapshots,
)
from bekwaam.services.errors import insist
from bekwaam.services.procedures.course import withdraw
from bekwaam.services.procedures.objecting import take_back_with
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Certificate,
    DecisionRecord,
    DossierItem,
    ErasedCertificate,
    KeptDossier,
    Person,
    Procedure,
)
from bekwaam.store.models.shared import Committed
from bekwaam.wording import N_, say

REASON = N_("The candidate had their account erased.")


def stop_and_throw(thrown: Bin, actor: Person, procedure: Procedure) -> None:
    """Stop a procedure that is under way and throw its content away; that it was stopped, and why, stays."""
    throw_notes(thrown, procedure)
    withdraw(actor, procedure, say(actor.language, REASON))
    throw_stopped(thrown, procedure, keep_notes=True)


def throw_stopped(thrown: Bin, procedure: Procedure, *, keep_notes: bool = False) -> None:
    """Throw away what is left of a procedure that was stopped. The row of the procedure stays."""
    throw_judging(thrown, procedure)
    thrown.throw(DecisionRecord.objects.filter(procedure=procedure))
    throw_snapshots(thrown, procedure)
    if not keep_notes:
        throw_notes(thrown, procedure)


def keep(
    thrown: Bin, actor: Person, procedure: Procedure, found: OwnProcedure, now: datetime
) -> KeptDossier | None:
    """Keep a finished dossier for its term; what nobody needs to account for goes. Returns what says so.

    What the candidate shared of it is shared no more. An objection that waits for an answer is taken back
    with the account.
    """
    if State(procedure.state) is State.OBJECTION:  # nobody is left to answer to
        take_back_with(actor, procedure)
    throw_advice(thrown, procedure)
    throw_shares(thrown, procedure)
    thrown.throw(DossierItem.objects.filter(procedure=procedure))
    if (
        found.kept_until is None
    ):  # nothing was decided although it is finished: not by any way through the program
        return None
    return KeptDossier.objects.create(procedure=procedure, until=found.kept_until, erased_at=now)


def erase_dossier(actor: Person | None, procedure: Procedure) -> None:
    """Erase a finished dossier of which the term is over; of its certificate the hash of the paper stays.

    ``procedure`` is locked, and the caller knows that the term is over. Inside the caller's transaction.
    """
    insist(check_step(Step.ERASE, State(procedure.state), frozenset({Need.TERM_OVER})))
    thrown, now, before = Bin(), clock.now(), procedure.state
    content: list[Committed] = [procedure, *_trace(procedure, now)]
    throw_certificate(thrown, procedure)
    throw_stopped(thrown, procedure)
    thrown.throw(KeptDossier.objects.filter(procedure=procedure))
    throw_files(procedure.candidate)
    procedure.state = after(Step.ERASE).value
    procedure.state_since = now
    procedure.due_on = None
    procedure.save(update_fields=["state", "state_since", "due_on"])
    append(
        Event.DOSSIER_ERASED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"from": before, "to": procedure.state, "erased": thrown.marks},
        content=content,
    )


def _trace(procedure: Procedure, now: datetime) -> list[ErasedCertificate]:
    """Keep of a certificate what says nothing about a person, and lets its paper be checked."""
    row = Certificate.objects.filter(procedure=procedure).select_related("file").first()
    if row is None:
        return []
    return [
        ErasedCertificate.objects.create(
            procedure=procedure,
            number=row.number,
            file_sha256=row.file.sha256,
            issued_at=row.issued_at,
            erased_at=now,
            supersedes=row.supersedes,
        )
    ]
