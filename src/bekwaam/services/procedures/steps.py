"""Moving a locked procedure from state to state, inside the caller's transaction."""

from __future__ import annotations

from bekwaam.domain.events import Event
from bekwaam.domain.procedures.states import Need, State, Step, after, check_step
from bekwaam.domain.procedures.terms import last_day
from bekwaam.services import clock
from bekwaam.services.errors import insist
from bekwaam.services.procedures.working import way_of
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Procedure, StepNote
from bekwaam.store.models.shared import Committed


def take_step(
    actor: Person,
    procedure: Procedure,
    step: Step,
    holds: frozenset[Need] = frozenset(),
    reason: str = "",
) -> Procedure:
    """Move a locked procedure on. Inside the caller's transaction; raises Refused when it may not.

    ``reason`` is kept, in the actor's words, for the steps that ask for one.
    """
    if reason.strip():
        holds |= {Need.REASON}
    insist(check_step(step, State(procedure.state), holds))
    before, now = procedure.state, clock.now()
    procedure.state = after(step).value
    procedure.state_since = now
    procedure.due_on = last_day(after(step), now, way_of(procedure).all_terms)
    procedure.save(update_fields=["state", "state_since", "due_on"])
    content: list[Committed] = [procedure]
    if reason.strip():
        content.append(
            StepNote.objects.create(
                procedure=procedure, step=step.value, author=actor, text=reason.strip(), written_at=now
            )
        )
    append(
        Event.STEP_TAKEN,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"step": step.value, "from": before, "to": procedure.state},
        content=content,
    )
    return procedure
