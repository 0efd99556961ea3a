"""The employers that somebody who judges or coordinates names of their own accord."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from bekwaam.domain.accounts.access import PROVIDER_ROLES
from bekwaam.domain.accounts.employers import Employer, check_employers
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.store.audit import append
from bekwaam.store.models import Employment, Membership, Person


@transaction.atomic
def set_employers(actor: Person, employers: Iterable[Employer]) -> None:
    """Replace one's own list of employers. Raises Invalid with every fault.

    Raises NotFound for who has no role at any provider: nobody else is asked for it. The chain tells that the
    list was changed and how long it is; the names are the person's own and are not committed to.
    """
    if not works_somewhere(actor):
        raise NotFound
    listed = tuple(Employer(one.name.strip(), one.left_in) for one in employers)
    faults = check_employers(listed, clock.today())
    if faults:
        raise Invalid(faults)
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    Employment.objects.filter(person=actor).delete()
    Employment.objects.bulk_create(
        Employment(person=actor, name=one.name, left_in=one.left_in) for one in listed
    )
    append(
        Event.EMPLOYERS_SET,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={"number": len(listed)},
    )


def works_somewhere(person: Person) -> bool:
    """Tell whether somebody has a role at any provider now. One query."""
    return Membership.objects.filter(person=person, role__in=PROVIDER_ROLES, until=None).exists()


def employers_of(person: Person) -> tuple[Employer, ...]:
    """Return the employers that somebody named. One query."""
    return tuple(Employer(row.name, row.left_in) for row in Employment.objects.filter(person=person))
