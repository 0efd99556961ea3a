"""What goes of reflections and deliberations when somebody leaves.

A deliberation is of who leads it and goes with them; what somebody said in that of another goes, and what was
concluded there stays. What an organisation keeps names nobody, and stays because all agreed to it.
"""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from bekwaam.services import clock
from bekwaam.services.erasing.bin import Bin
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
