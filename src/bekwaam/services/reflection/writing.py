"""Plain reflections: written, changed and removed by their owner, and read by nobody else."""

from __future__ import annotations

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.events import Event
from bekwaam.domain.reflection.kinds import ReflectionKind, Written, check_written
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.reflection.looking import insist_looked
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import Person, Reflection


def write(actor: Person, written: Written, *, looked: bool = False) -> Reflection:
    """Keep a new reflection; the very same one sent twice is kept once.

    Raises Invalid with every fault, also where the writer has not ``looked`` at what looks like personal
    data.
    """
    _insist_sound(written, looked=looked)
    with transaction.atomic():
        Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)
        return _twin(actor, written) or keep(actor, written)


def keep(actor: Person, written: Written) -> Reflection:
    """Write a new reflection, in the transaction of a caller who checked it."""
    now = clock.now()
    row = Reflection.objects.create(
        owner=actor,
        kind=written.kind.value,
        title=written.title.strip(),
        texts=written.tidied(),
        dated_on=written.dated_on,
        written_at=now,
        changed_at=now,
    )
    _record(Event.REFLECTION_WRITTEN, actor, row)
    return row


@transaction.atomic
def change(actor: Person, ref: str, written: Written, *, looked: bool = False) -> Reflection:
    """Change a reflection of one's own; its kind stays. Raises as :func:`write` does, and NotFound."""
    row = _own(actor, ref)
    written = Written(ReflectionKind(row.kind), written.title, written.texts, written.dated_on)
    _insist_sound(written, looked=looked)
    row.title, row.texts = written.title.strip(), written.tidied()
    row.dated_on, row.changed_at = written.dated_on, clock.now()
    row.save()
    _record(Event.REFLECTION_CHANGED, actor, row)
    return row


@transaction.atomic
def remove(actor: Person, ref: str) -> None:
    """Erase a reflection of one's own. A piece of evidence that came of it stays."""
    row = _own(actor, ref)
    append(
        Event.REFLECTION_REMOVED,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={"reflection": row.ref, "erased": [erased(row)]},
    )
    drop_openings(row)
    row.delete()


def _insist_sound(written: Written, *, looked: bool) -> None:
    insist(may(Action.WRITE_REFLECTION, {Role.OWNER}))
    faults = check_written(written, clock.today())
    if faults:
        raise Invalid(faults)
    insist_looked((written.title, *written.tidied().values()), looked=looked)


def _twin(actor: Person, written: Written) -> Reflection | None:
    found = Reflection.objects.filter(owner=actor, kind=written.kind.value, title=written.title.strip())
    texts = written.tidied()
    return next((row for row in found.filter(dated_on=written.dated_on) if row.texts == texts), None)


def _own(actor: Person, ref: str) -> Reflection:
    row = Reflection.objects.select_for_update(of=("self",)).filter(owner=actor, ref=ref).first()
    if row is None:
        raise NotFound
    return row


def _record(event: Event, actor: Person, row: Reflection) -> None:
    append(
        event,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={"reflection": row.ref, "kind": row.kind},
        content=[row],
    )
