"""The outcome: worked out by the rule, fixed by the coordinator."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.decision import Decision, decide
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.findings import latest_snapshot, standing_sessions
from bekwaam.services.assessment.sessions import as_session
from bekwaam.services.certificates.reads import finals_of
from bekwaam.services.errors import Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.letters import tell_decided
from bekwaam.services.procedures.team import team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import DecisionRecord, Person, Procedure
from bekwaam.wording import N_


def decision_now(procedure: Procedure) -> Decision:
    """Return the outcome as it would be now, with what is missing.

    Four queries, five where it follows another procedure.
    """
    finals = finals_of(procedure, team(procedure))
    return decide(
        framework_of(procedure.standard),
        procedure.scope,
        [final.finding for final in finals.own.values()],
        tuple(as_session(row) for row in standing_sessions(procedure)),
        asked=way_of(procedure).asked,
        earlier=[carried.finding for carried in finals.earlier.values()],
    )


@transaction.atomic
def decide_outcome(actor: Person, procedure: Procedure) -> DecisionRecord:
    """Fix the outcome. Raises Refused while anything is missing, and when it was fixed before."""
    procedure = lock(procedure)
    insist_at_procedure(Action.DECIDE, actor, procedure)
    decision = decision_now(procedure)
    if not decision.decidable:
        raise Refused(
            refused(
                "something_missing",
                N_("The outcome cannot be decided yet: {number} things are missing."),
                number=len(decision.missing),
            )
        )
    now = clock.now()
    record = DecisionRecord.objects.create(
        procedure=procedure,
        snapshot=latest_snapshot(procedure),
        met=decision.met,
        outcome=plain(decision),
        stages=dict(decision.stages),
        decided_at=now,
        decided_by=actor,
    )
    append(
        Event.DECIDED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={
            "met": record.met,
            "counted": decision.outcome.counted,
            "needed": decision.outcome.needed,
            "standard": procedure.standard.sha256,
            "snapshot": record.snapshot.sha256,
        },
        content=[record],
    )
    tell_decided(procedure, way_of(procedure).facts_days)
    return record


def plain(decision: Decision) -> dict[str, Any]:
    """Return the rule's outcome as plain JSON, tuples as lists."""

    def listed(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: listed(entry) for key, entry in value.items()}
        return [listed(entry) for entry in value] if isinstance(value, tuple | list) else value

    result: dict[str, Any] = listed(asdict(decision.outcome))
    return result
