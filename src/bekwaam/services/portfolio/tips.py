"""A guide's advice to the candidate."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Invalid
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Procedure, Tip
from bekwaam.wording import N_


@transaction.atomic
def give_tip(actor: Person, procedure: Procedure, text: str, code: str = "") -> Tip:
    """Give the candidate advice, on one item of the standard or (no ``code``) on the whole."""
    procedure = lock(procedure)
    insist_at_procedure(Action.GIVE_TIP, actor, procedure)
    faults = []
    if not text.strip():
        faults.append(Fault("text", "empty", N_("Write your tip first.")))
    if code and code not in framework_of(procedure.standard).by_code:
        faults.append(Fault("code", "unknown", N_("Choose from the competences in the list.")))
    if faults:
        raise Invalid(tuple(faults))
    now = clock.now()
    tip = Tip.objects.create(procedure=procedure, author=actor, code=code, text=text.strip(), given_at=now)
    append(Event.TIP_GIVEN, actor=actor, subject=f"procedure:{procedure.ref}", now=now, content=[tip])
    return tip
