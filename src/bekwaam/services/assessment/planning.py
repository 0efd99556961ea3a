"""Planning an interview, observation or test: making, changing and cancelling an appointment, and reading."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.planning import Plan, check_open, check_plan, check_reason
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.agenda.meetings import tell_of_meeting
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.store.audit import append
from bekwaam.store.models import HeldSession, Person, PlannedSession, Procedure


@dataclass(frozen=True, slots=True)
class Appointment:
    """What is agreed now, by whom, and why it was changed or cancelled. ``held``: that it was is recorded."""

    ref: str
    plan: Plan
    by: str
    at: datetime
    reason: str
    changed: bool
    cancelled: bool
    held: bool


@transaction.atomic
def plan_session(
    actor: Person, procedure: Procedure, plan: Plan, *, replaces: str = "", reason: str = ""
) -> PlannedSession:
    """Make an appointment, or change the one of reference ``replaces``: that stays on record.

    Raises Invalid with every fault (a change needs a ``reason``), Refused for an appointment that was
    changed, cancelled or held meanwhile, NotFound for one that this procedure never had.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.PLAN_SESSION, actor, procedure)
    old = open_plan(procedure, replaces) if replaces else None
    faults = check_plan(plan, clock.now()) + (check_reason(reason) if replaces else ())
    if faults or plan.kind is None or plan.starts_at is None:
        raise Invalid(faults)
    row = PlannedSession(
        procedure=procedure,
        kind=plan.kind.value,
        starts_at=plan.starts_at,
        place=plan.place.strip(),
        video_url=plan.video_url.strip(),
        participants=plan.participants.strip(),
        notes=plan.notes.strip(),
        reason=reason.strip() if replaces else "",
        replaces=old,
    )
    return _add(actor, row, Event.SESSION_REPLANNED if old else Event.SESSION_PLANNED)


@transaction.atomic
def cancel_session(actor: Person, procedure: Procedure, ref: str, reason: str) -> PlannedSession:
    """Cancel an appointment, with the reason; it stays on record. Raises as :func:`plan_session`."""
    procedure = lock(procedure)
    insist_at_procedure(Action.PLAN_SESSION, actor, procedure)
    old = open_plan(procedure, ref)
    faults = check_reason(reason)
    if faults:
        raise Invalid(faults)
    row = PlannedSession(
        procedure=procedure,
        kind=old.kind,
        starts_at=old.starts_at,
        place=old.place,
        video_url=old.video_url,
        participants=old.participants,
        notes=old.notes,
        cancelled=True,
        reason=reason.strip(),
        replaces=old,
    )
    return _add(actor, row, Event.SESSION_CANCELLED)


def _add(actor: Person, row: PlannedSession, event: Event) -> PlannedSession:
    row.planned_by, row.planned_at = actor, clock.now()
    row.save(force_insert=True)
    append(
        event,
        actor=actor,
        subject=f"procedure:{row.procedure.ref}",
        now=row.planned_at,
        payload={
            "plan": row.ref,
            "kind": row.kind,
            "replaces": row.replaces.ref if row.replaces else None,
        },
        content=[row],
    )
    tell_of_meeting(row, event)
    return row


def open_plan(procedure: Procedure, ref: str) -> PlannedSession:
    """Return an appointment that still stands; raise Refused with the reason when it does not."""
    row = PlannedSession.objects.filter(procedure=procedure, ref=ref).first()
    if row is None:
        raise NotFound
    insist(
        check_open(
            replaced=PlannedSession.objects.filter(replaces=row).exists(),
            cancelled=row.cancelled,
            held=HeldSession.objects.filter(plan=row).exists(),
        )
    )
    return row


def appointments(procedure: Procedure) -> tuple[Appointment, ...]:
    """Return the appointments as they stand now, the first one first. Two queries."""
    rows = PlannedSession.objects.filter(procedure=procedure, replaced_by=None)
    held = set(
        HeldSession.objects.filter(procedure=procedure, plan__isnull=False).values_list("plan", flat=True)
    )
    return tuple(
        Appointment(
            ref=row.ref,
            plan=as_plan(row),
            by=row.planned_by.name,
            at=row.planned_at,
            reason=row.reason,
            changed=row.replaces_id is not None,
            cancelled=row.cancelled,
            held=row.pk in held,
        )
        for row in rows.select_related("planned_by")
    )


def as_plan(row: PlannedSession) -> Plan:
    """Return a stored appointment as the domain knows it."""
    return Plan(
        kind=InstrumentKind(row.kind),
        starts_at=row.starts_at,
        place=row.place,
        video_url=row.video_url,
        participants=row.participants,
        notes=row.notes,
    )
