"""The final judgement per unit: one assessor proposes, the others agree; dissent is kept.

What when they cannot agree stands in :mod:`bekwaam.services.assessment.disputes`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeVar

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.panel import Panel, check_say
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.findings import (
    FindingInput,
    as_finding,
    checked_finding,
    columns,
    insist_no_faults,
    latest_snapshot,
)
from bekwaam.services.assessment.panel import open_disputes, panel_of
from bekwaam.services.assessment.sessions import follow
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.store.audit import append
from bekwaam.store.models import (
    FinalAgreement,
    FinalJudgement,
    HeldSession,
    Judgement,
    Person,
    Procedure,
    Snapshot,
)
from bekwaam.wording import N_

T = TypeVar("T")

NO_PROPOSAL: Final = 0
_LEG_FAULTS = ("leg_basis", "leg_instrument", "leg_observed", "leg_why")


@transaction.atomic
def propose_final(
    actor: Person,
    procedure: Procedure,
    unit: str,
    given: FindingInput,
    *,
    recommendation: str = "",
    dissent: str = "",
    seen: int | None = None,
) -> FinalJudgement:
    """Propose the final judgement on one unit; it replaces an earlier proposal and its agreements.

    ``seen`` is the key of the proposal that the actor had before them (:data:`NO_PROPOSAL`: there was
    none); when another stands by now, Invalid is raised, so that nobody's proposal is passed over unread.
    None leaves that out.

    A leg may still be empty: two people write this together over time. Until it is filled in, the
    decision waits (:func:`bekwaam.domain.assessment.decision.missing`). But where the first judgements
    differ, the reason is what it is about: without it Invalid is raised.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.AGREE_FINAL, actor, procedure)
    snapshot = latest_snapshot(procedure)
    finding, faults = checked_finding(procedure, snapshot, unit, given)
    panel = panel_of(procedure, snapshot)
    insist(check_say(panel, unit, actor.pk))
    faults = tuple(fault for fault in faults if fault.reason not in _LEG_FAULTS)
    if not finding.why and _differed(panel, snapshot, unit):
        message = N_("You judged this differently at first. Write down why this is the final judgement.")
        faults = (*faults, Fault("why", "differed", message))
    insist_no_faults(faults)
    if seen is not None:
        _insist_still_stands(snapshot, unit, seen)
    final = _propose(actor, procedure, snapshot, finding, recommendation.strip(), dissent.strip())
    _lift_if_settled(actor, procedure, panel, final)
    return final


def _differed(panel: Panel, snapshot: Snapshot, unit: str) -> bool:
    rows = Judgement.objects.filter(
        snapshot=snapshot, unit=unit, assessor__in=panel.of(unit), replaced_by=None
    )
    return len(set(rows.values_list("stage", flat=True))) > 1


def _insist_still_stands(snapshot: Snapshot, unit: str, seen: int) -> None:
    standing = standing_proposal(snapshot, unit)
    if (standing.pk if standing else NO_PROPOSAL) != seen:
        raise Invalid((_stale(),))


def _stale() -> Fault:
    message = N_("Meanwhile another proposal was made. Read that first; what you filled in is still here.")
    return Fault("proposal", "stale", message)


def _propose(
    actor: Person,
    procedure: Procedure,
    snapshot: Snapshot,
    finding: Finding,
    recommendation: str,
    dissent: str,
) -> FinalJudgement:
    now = clock.now()
    last = FinalJudgement.objects.filter(snapshot=snapshot, unit=finding.unit, replaced_by=None).first()
    final = FinalJudgement.objects.create(
        procedure=procedure,
        snapshot=snapshot,
        proposed_by=actor,
        made_at=now,
        replaces=last,
        recommendation=recommendation,
        **columns(finding),
    )
    append(
        Event.FINAL_PROPOSED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"unit": finding.unit, "final": final.pk, "replaces": last.pk if last else None},
        content=[final],
    )
    _agree(actor, procedure, final, dissent)
    return final


@transaction.atomic
def agree_final(actor: Person, procedure: Procedure, final_id: int, dissent: str = "") -> None:
    """Agree to a standing proposal; agreeing twice changes nothing.

    Naming the proposal makes sure that one agrees to what one read: when it was replaced meanwhile,
    Invalid is raised; NotFound for a proposal that this procedure never had.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.AGREE_FINAL, actor, procedure)
    snapshot = latest_snapshot(procedure)
    final = named_proposal(procedure, snapshot, final_id)
    panel = panel_of(procedure, snapshot)
    insist(check_say(panel, final.unit, actor.pk))
    _agree(actor, procedure, final, dissent.strip())
    _lift_if_settled(actor, procedure, panel, final)


def named_proposal(procedure: Procedure, snapshot: Snapshot, final_id: int) -> FinalJudgement:
    """Return the proposal that somebody read; Invalid when it was replaced, NotFound when it never was."""
    final = FinalJudgement.objects.filter(procedure=procedure, snapshot=snapshot, pk=final_id).first()
    if final is None:
        raise NotFound
    if FinalJudgement.objects.filter(replaces=final).exists():
        raise Invalid((_stale(),))
    return final


def standing_proposal(snapshot: Snapshot, unit: str) -> FinalJudgement | None:
    """Return the proposal on a unit that nothing replaced. One query."""
    return FinalJudgement.objects.filter(snapshot=snapshot, unit=unit, replaced_by=None).first()


def is_settled(panel: Panel, final: FinalJudgement | None) -> bool:
    """Tell whether a proposal stands. One query at most."""
    if final is None:
        return False
    words = list(final.agreements.values_list("assessor", "against"))
    return panel.settled(final.unit, [a for a, against in words if not against], [a for a, no in words if no])


def _lift_if_settled(actor: Person, procedure: Procedure, panel: Panel, final: FinalJudgement) -> None:
    """Take back that they cannot agree, once the two did after all and nobody else was asked."""
    if final.unit not in panel.disputed or panel.by_majority(final.unit) or not is_settled(panel, final):
        return
    now = clock.now()
    for dispute in open_disputes(final.snapshot_id).filter(unit=final.unit):
        dispute.lifted_at = now
        dispute.save(update_fields=["lifted_at"])
        append(
            Event.AGREED_AFTER_ALL,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"unit": final.unit},
            content=[dispute],
        )


def _agree(actor: Person, procedure: Procedure, final: FinalJudgement, dissent: str) -> None:
    now = clock.now()
    agreement, made = FinalAgreement.objects.get_or_create(
        final=final, assessor=actor, defaults={"dissent": dissent, "agreed_at": now}
    )
    if made:
        append(
            Event.FINAL_AGREED,
            actor=actor,
            subject=f"procedure:{procedure.ref}",
            now=now,
            payload={"unit": final.unit, "final": final.pk, "dissent": bool(dissent)},
            content=[agreement],
        )


@transaction.atomic
def propose_where_agreed(actor: Person, procedure: Procedure) -> int:
    """Propose the actor's own judgement for every unit on which all gave the same stage.

    The evidence is that of all together. Units that have a proposal already are left alone. Returns how
    many were proposed.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.AGREE_FINAL, actor, procedure)
    snapshot = latest_snapshot(procedure)
    panel = panel_of(procedure, snapshot)
    proposed = set(FinalJudgement.objects.filter(snapshot=snapshot).values_list("unit", flat=True))
    now_called = follow(HeldSession.objects.filter(procedure=procedure))
    count = 0
    for unit, judgements in counting_judgements(panel, snapshot).items():
        own = next((j for j in judgements if j.assessor_id == actor.pk), None)
        if unit in proposed or own is None or len({j.stage for j in judgements}) > 1:
            continue
        if unit in panel.disputed or not check_say(panel, unit, actor.pk):
            continue
        finding = as_finding(own)
        united = Finding(
            unit=unit,
            stage=finding.stage,
            evidence=_union(
                [now_called.get(ref, ref) for ref in as_finding(j).evidence] for j in (own, *judgements)
            ),
            instruments=_union(as_finding(j).instruments for j in (own, *judgements)),
            observed=finding.observed,
            why=finding.why,
        )
        _propose(actor, procedure, snapshot, united, "", "")
        count += 1
    return count


@transaction.atomic
def agree_to_all(actor: Person, procedure: Procedure, final_ids: Iterable[int]) -> int:
    """Agree to each of the named proposals that still stands; returns how many that were.

    What they could not agree on is left out: that takes a word on each.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.AGREE_FINAL, actor, procedure)
    snapshot = latest_snapshot(procedure)
    panel = panel_of(procedure, snapshot)
    standing = FinalJudgement.objects.filter(
        pk__in=list(final_ids), snapshot=snapshot, procedure=procedure, replaced_by=None
    ).exclude(agreements__assessor=actor)
    finals = [
        final
        for final in standing
        if final.unit not in panel.disputed and check_say(panel, final.unit, actor.pk)
    ]
    for final in finals:
        _agree(actor, procedure, final, "")
    return len(finals)


def counting_judgements(panel: Panel, snapshot: Snapshot) -> dict[str, list[Judgement]]:
    """Return the standing judgements of who have a say, by unit. One query."""
    found: dict[str, list[Judgement]] = {}
    rows = Judgement.objects.filter(
        snapshot=snapshot, assessor__in=panel.judges | panel.third, replaced_by=None
    )
    for row in rows.select_related("assessor"):
        if row.assessor_id in panel.of(row.unit):
            found.setdefault(row.unit, []).append(row)
    return found


def _union(parts: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(entry for part in parts for entry in part))
