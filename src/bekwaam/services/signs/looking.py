"""Writing down what one found when looking into a sign."""

from __future__ import annotations

from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.signs.showing import Seen, may_look
from bekwaam.services import clock
from bekwaam.services.accounts.standing import at_procedure, insist_at_procedure, lock
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.signs.reads import seen_by
from bekwaam.store.audit import append
from bekwaam.store.models import FoundSign, Person, Procedure, SignLook
from bekwaam.wording import N_

MAX_LOOK: Final = 2_000


@transaction.atomic
def look_into(actor: Person, procedure: Procedure, sign_ref: str, text: str) -> SignLook:
    """Write down what one found about a sign; it is folded from then on, and never decides anything.

    Raises NotFound for a sign that the actor may not see, Refused for one about their own judging, Invalid
    for an empty or too long text.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.LOOK_AT_SIGN, actor, procedure)
    sign = FoundSign.objects.filter(procedure=procedure, ref=sign_ref).first()
    if sign is None:
        raise NotFound
    seen: Seen = seen_by(at_procedure(actor, procedure), actor)
    if not seen.sees(sign.person_id):
        raise NotFound
    insist(may_look(seen, sign.person_id))
    _insist_sound(text)
    now = clock.now()
    look = SignLook.objects.create(sign=sign, author=actor, text=text.strip(), looked_at=now)
    append(
        Event.SIGN_LOOKED,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"sign": sign.ref, "code": sign.code},
        content=[look],
    )
    return look


def _insist_sound(text: str) -> None:
    if not text.strip():
        raise Invalid((Fault("text", "empty", N_("Write in a few words what you found.")),))
    if len(text) > MAX_LOOK:
        raise Invalid((Fault("text", "too_long", N_("This is too long: 2,000 characters is the most.")),))
