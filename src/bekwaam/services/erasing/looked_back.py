"""What goes of reflections and deliberations when somebody leaves.

A deliberation is of who leads it and goes with them; what somebody said in that of another goes, and what was
concluded there stays. What an organisation keeps names nobody, and stays because all agreed to it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.deliberation.inviting import may_erase
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.erasing.bin import Bin
from bekwaam.services.errors import insist
from bekwaam.services.reflection.state import Seat, lock_seat
from bekwaam.store.audit import append
from bekwaam.store.models import (
    ClosedLink,
    Conclusion,
    Contribution,
    Deliberation,
    DeliberationReason,
    DeliberationSeat,
    KeptCase,
    Person,
    Reflection,
    SharedStep,
)


def has_looked_back(person: Person) -> bool:
    """Tell whether somebody wrote a reflection, or sits at a deliberation. One query."""
    either = Q(Exists(Reflection.objects.filter(owner=OuterRef("pk")))) | Q(
        Exists(DeliberationSeat.objects.filter(person=OuterRef("pk")))
    )
    return Person.objects.filter(either, pk=person.pk).exists()


def lock_tables(person: Person) -> None:
    """Lock the deliberations at which somebody sits until the transaction ends."""
    seats = DeliberationSeat.objects.filter(person=person).values("deliberation")
    list(Deliberation.objects.select_for_update(of=("self",)).filter(pk__in=seats).order_by("pk"))


@transaction.atomic
def erase_deliberation(seat: Seat) -> None:
    """Erase a deliberation with all that was said in it; what colleagues keep of it without names stays.

    Raises Refused for who does not lead it, and while it is under way.
    """
    seat = lock_seat(seat)
    insist(seat.standing.may(Action.LEAD_DELIBERATION))
    row = seat.deliberation
    insist(may_erase(Phase(row.phase)))
    thrown = Bin()
    _close_links(Deliberation.objects.filter(pk=row.pk).order_by())
    _throw_tables(thrown, [row.pk])
    append(
        Event.DELIBERATION_REMOVED,
        actor=seat.actor,
        subject=f"deliberation:{row.ref}",
        now=clock.now(),
        payload={"erased": thrown.marks},
    )


def throw_looked_back(thrown: Bin, person: Person) -> None:
    """Throw away somebody's reflections, the deliberations they lead, and their words in those of others."""
    thrown.throw(Reflection.objects.filter(owner=person))
    led = Deliberation.objects.filter(host=person).order_by()
    _close_links(led)
    _throw_tables(thrown, [row.pk for row in led])
    seats = DeliberationSeat.objects.filter(person=person)
    thrown.throw(Contribution.objects.filter(seat__person=person))
    now = clock.now()
    seats.filter(left_at=None).update(left_at=now)
    seats.update(person=None, name="", email="", finished=False)


def _close_links(led: QuerySet[Deliberation]) -> None:
    """Let who opens a link that was still open read that there is nothing to do any more."""
    open_links = DeliberationSeat.objects.filter(
        deliberation__in=led, withdrawn_at=None, token_sha256__isnull=False, expires_at__gt=clock.now()
    )
    ClosedLink.objects.bulk_create(
        ClosedLink(token_sha256=token, until=until)
        for token, until in open_links.values_list("token_sha256", "expires_at")
        if token
    )


def _throw_tables(thrown: Bin, keys: list[int]) -> None:
    thrown.throw(KeptCase.objects.filter(deliberation__in=keys, kept_at=None))
    KeptCase.objects.filter(deliberation__in=keys).update(deliberation=None)
    for table in (Contribution, Conclusion, DeliberationReason):
        thrown.throw(table.objects.filter(deliberation__in=keys))
    SharedStep.objects.filter(deliberation__in=keys).delete()
    DeliberationSeat.objects.filter(deliberation__in=keys).delete()
    thrown.throw(Deliberation.objects.filter(pk__in=keys))
