"""Whether a credential shows its holder's name for anyone to read: the candidate's choice, before issuing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.store.audit import append
from bekwaam.store.models import NameChoice, Person, Procedure


@transaction.atomic
def choose_name(actor: Person, procedure: Procedure, *, shows: bool) -> NameChoice | None:
    """Record whether the credential may show the candidate's name; the last word before issuing counts.

    The same word twice leaves one row; None is returned then. Raises Refused for anybody but the candidate,
    before the decision and once the certificate is there.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.CHOOSE_NAME, actor, procedure)
    last = last_choice(procedure)
    if last is not None and last.shows is shows and last.procedure_id == procedure.pk:
        return None
    now = clock.now()
    row = NameChoice.objects.create(procedure=procedure, shows=shows, chosen_by=actor, chosen_at=now)
    append(
        Event.NAME_CHOSEN,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"shows": shows},
        content=[row],
    )
    return row


def last_choice(procedure: Procedure) -> NameChoice | None:
    """Return the candidate's last word, in this procedure or one that it follows. One query.

    A certificate that takes the place of another one after an objection comes without a draft to choose on:
    what was chosen for the first then holds for the second.
    """
    line = Q(procedure=procedure)
    if procedure.follows_id is not None:
        line |= Q(procedure=procedure.first_id) | Q(procedure__first=procedure.first_id)
    return NameChoice.objects.filter(line, procedure__lte=procedure.pk).order_by("chosen_at", "pk").last()


def name_shown(procedure: Procedure) -> bool:
    """Tell whether the credential may show the name; not so while nothing was chosen. One query."""
    last = last_choice(procedure)
    return last is not None and last.shows
