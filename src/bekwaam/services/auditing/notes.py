"""Writing down what an auditor found in a dossier of a sample."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import CONDITION_MESSAGES, Action, Condition
from bekwaam.domain.auditing.notes import check_note
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.audit import append
from bekwaam.store.models import Assignment, AuditNote, Person, Procedure, Sample


@transaction.atomic
def write_note(actor: Person, sample: str, procedure: Procedure, text: str, replaces: str = "") -> AuditNote:
    """Write a finding about a dossier that is in a sample (by its reference); it is never edited.

    ``replaces`` is the reference of a note of one's own that this one stands in the place of. Raises Invalid
    for an empty or too long text, Refused for who is no auditor here or ever worked on this dossier,
    NotFound for a dossier that was not drawn and for a note that does not stand or is somebody else's.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.WRITE_AUDIT_NOTE, actor, procedure)
    if Assignment.objects.filter(procedure=procedure, person=actor).exists():
        message = CONDITION_MESSAGES[Condition.NOT_INVOLVED]
        raise Refused(refused(f"needs_{Condition.NOT_INVOLVED}", message))
    row = Sample.objects.filter(provider=procedure.provider_id, ref=sample).first()
    if row is None or procedure.ref not in row.drawn:
        raise NotFound
    old = _own_note(actor, row, procedure, replaces) if replaces else None
    faults = check_note(text)
    if faults:
        raise Invalid(faults)
    now = clock.now()
    note = AuditNote.objects.create(
        sample=row, procedure=procedure, author=actor, text=text.strip(), written_at=now, replaces=old
    )
    append(
        Event.AUDIT_NOTED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"sample": row.ref, "note": note.ref, "replaces": old.ref if old else None},
        content=[note],
    )
    return note


def _own_note(actor: Person, sample: Sample, procedure: Procedure, ref: str) -> AuditNote:
    found = AuditNote.objects.filter(
        sample=sample, procedure=procedure, author=actor, ref=ref, replaced_by=None
    ).first()
    if found is None:
        raise NotFound
    return found
