"""When the assessors cannot agree: saying so, and putting on record that one sees it otherwise."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.panel import DisputeFacts, check_cannot_agree, check_dissent
from bekwaam.domain.events import Event
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.consensus import is_settled, named_proposal, standing_proposal
from bekwaam.services.assessment.findings import latest_snapshot
from bekwaam.services.assessment.panel import panel_of
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import Dispute, FinalAgreement, Person, Procedure


@transaction.atomic
def cannot_agree(actor: Person, procedure: Procedure, unit: str, reason: str) -> Dispute:
    """Say that the assessors cannot agree on a unit, and why.

    With two assessors a third is then asked for; with three two of them settle it. Raises Refused with what
    stands in the way, NotFound for a unit that is not judged here.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.CANNOT_AGREE, actor, procedure)
    if unit not in judged_units(framework_of(procedure.standard), procedure.scope):
        raise NotFound
    snapshot = latest_snapshot(procedure)
    panel = panel_of(procedure, snapshot)
    insist(
        check_cannot_agree(
            DisputeFacts(
                has_say=actor.pk in panel.of(unit),
                judges=len(panel.judges),
                complete=panel.complete(unit),
                already=unit in panel.disputed,
                settled=is_settled(panel, standing_proposal(snapshot, unit)),
                third_finished=bool(panel.third & panel.ready),
                reason=reason,
            )
        )
    )
    now = clock.now()
    dispute = Dispute.objects.create(
        procedure=procedure,
        snapshot=snapshot,
        unit=unit,
        said_by=actor,
        reason=reason.strip(),
        said_at=now,
    )
    append(
        Event.CANNOT_AGREE,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"unit": unit},
        content=[dispute],
    )
    return dispute


@transaction.atomic
def dissent_from(actor: Person, procedure: Procedure, final_id: int, text: str) -> FinalAgreement:
    """Put on record that one does not agree to a proposal that two of three settle. The text is required.

    Raises Invalid when the proposal was replaced, NotFound when it never was one, Refused where everybody
    has to agree or when there is no text. Who spoke before on this proposal has spoken.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.AGREE_FINAL, actor, procedure)
    snapshot = latest_snapshot(procedure)
    final = named_proposal(procedure, snapshot, final_id)
    insist(check_dissent(panel_of(procedure, snapshot), final.unit, actor.pk, text))
    now = clock.now()
    word, made = FinalAgreement.objects.get_or_create(
        final=final, assessor=actor, defaults={"dissent": text.strip(), "against": True, "agreed_at": now}
    )
    if made:
        append(
            Event.DISSENTED,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"unit": final.unit, "final": final.pk},
            content=[word],
        )
    return word
