"""What was kept for a term goes when the term is over. A timer runs this, every night say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from bekwaam.domain.accounts.erasing import is_due
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.accounts.standing import lock
from bekwaam.services.erasing.dossier import erase_dossier
from bekwaam.services.erasing.naming import is_named, keeps_name, needs_name
from bekwaam.services.keeping import forget_what_was_left
from bekwaam.services.mail.keeping import forget_old_mail
from bekwaam.store.audit import append
from bekwaam.store.models import ClosedLink, KeptDossier, Person, Procedure


@dataclass(frozen=True, slots=True)
class Expired:
    """How much went: dossiers, names of people, and files on disk that should have gone before."""

    dossiers: int
    names: int
    files: int


def due(today: date) -> list[KeptDossier]:
    """Return the dossiers of which the term is over. One query."""
    rows = KeptDossier.objects.filter(until__lt=today).select_related("procedure").order_by("until", "pk")
    return list(rows)


def expire() -> Expired:
    """Erase what was kept for a term that is over now; each dossier stands or falls by itself.

    Run again it does nothing more. Also throws away links of referees that are closed long enough,
    sessions that ended, what is known of mail of long ago, and files that were left on disk when something
    failed halfway.
    """
    now, today = clock.now(), clock.today()
    files = forget_what_was_left()  # what goes from here on is taken from the disk along the way
    dossiers = sum(_erase(row.procedure_id, today) for row in due(today))
    names = _erase_names()
    ClosedLink.objects.filter(until__lt=now).delete()
    forget_old_mail()
    SessionStore.clear_expired()
    return Expired(dossiers, names, files)


@transaction.atomic
def _erase(procedure: int, today: date) -> bool:
    locked = lock(Procedure.objects.get(pk=procedure))
    row = KeptDossier.objects.filter(procedure=locked).first()
    if row is None or not is_due(row.until, today):  # another run was here first
        return False
    erase_dossier(None, locked)
    return True


def _erase_names() -> int:
    """Take away the names that no dossier needs any more; where nothing refers to somebody, the row too."""
    erased = Person.objects.filter(erased_at__isnull=False)
    nameless = erased.exclude(name="").exclude(needs_name()).order_by("pk")
    return sum(_erase_name(person) for person in nameless)


@transaction.atomic
def _erase_name(person: Person) -> bool:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if keeps_name(person):
        return False
    append(Event.NAME_ERASED, actor=None, subject=f"person:{person.ref}", now=clock.now())
    if is_named(person):
        Person.objects.filter(pk=person.pk).update(name="")
    else:
        Person.objects.filter(pk=person.pk).delete()
    return True
