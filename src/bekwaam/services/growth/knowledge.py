"""What somebody knows: said, said to hold still, and thrown away. Only ever one's own.

A row is never changed; what somebody says anew is a new row, and the newest of an item counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.events import Event
from bekwaam.domain.growth.knowledge import Fresh, Known, check_note, fresh_of, knowledge_items, proposed
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.library import load_review_terms
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import FrameworkVersion, KnowledgeNote, Person
from bekwaam.wording import N_

_NOT_KNOWN: Final = N_("Say first what you know of this; then you can say that it still holds.")


@dataclass(frozen=True, slots=True)
class KnowledgeInput:
    """What somebody fills in for an item; ``known`` is a :class:`~bekwaam.domain.growth.knowledge.Known`."""

    known: str
    where: str = ""
    review_on: date | None = None


@transaction.atomic
def say_knowledge(
    actor: Person, standard: FrameworkVersion, code: str, given: KnowledgeInput
) -> KnowledgeNote:
    """Say what one knows of an item. What was said last, said again, writes nothing.

    A day to look again that has passed is refused, but may stay where it stood; what one does not know has
    none. Raises Invalid with every fault, NotFound for a code that is no item of knowledge.
    """
    newest = _newest(actor, standard, code)
    stood = newest.review_on if newest else None
    if faults := check_note(given.known, given.where, given.review_on, clock.today(), stood=stood):
        raise Invalid(faults)
    return _said(actor, standard, code, newest, given)


@transaction.atomic
def say_it_still_holds(actor: Person, standard: FrameworkVersion, code: str) -> KnowledgeNote:
    """Say that what one knows of an item still holds; the day to look again is the next that is proposed.

    Where nothing had to be looked at, as with a second click, nothing is written. Raises Refused for what one
    does not know, NotFound for a code that is no item of knowledge.
    """
    newest = _newest(actor, standard, code)
    if newest is None or newest.known not in (Known.YES, Known.PARTLY):
        raise Refused(refused("not_known", _NOT_KNOWN))
    today = clock.today()
    if fresh_of(newest.review_on, today) is Fresh.FRESH:
        return newest
    term = load_review_terms().of(framework_of(standard), code)
    day = proposed(term, today, newest.review_on)
    return _said(actor, standard, code, newest, KnowledgeInput(newest.known, newest.where, day))


@transaction.atomic
def forget_knowledge(actor: Person, standard: FrameworkVersion, code: str) -> None:
    """Throw away all that one ever said of an item. NotFound where there is nothing."""
    if _newest(actor, standard, code) is None:
        raise NotFound
    rows = list(KnowledgeNote.objects.filter(owner=actor, standard=standard, code=code))
    gone = {"erased": [erased(row) for row in rows]}
    subject = f"person:{actor.ref}"
    append(Event.KNOWLEDGE_FORGOTTEN, actor=actor, subject=subject, now=clock.now(), payload=gone)
    for row in rows:
        drop_openings(row)
        row.delete()


def _newest(actor: Person, standard: FrameworkVersion, code: str) -> KnowledgeNote | None:
    """Return what one last said of an item, the actor locked: of two clicks the second sees the first."""
    insist(may(Action.SAY_KNOWLEDGE, {Role.OWNER}))
    if code not in {item.code for item in knowledge_items(framework_of(standard))}:
        raise NotFound
    Person.objects.select_for_update(no_key=True).get(pk=actor.pk)
    rows = KnowledgeNote.objects.filter(owner=actor, standard=standard, code=code)
    return rows.order_by("-said_at", "-pk").first()


def _said(
    actor: Person,
    standard: FrameworkVersion,
    code: str,
    newest: KnowledgeNote | None,
    given: KnowledgeInput,
) -> KnowledgeNote:
    day = None if given.known == Known.NO else given.review_on
    said = (given.known, given.where.strip(), day)
    if newest is not None and (newest.known, newest.where, newest.review_on) == said:
        return newest
    now = clock.now()
    known, where, review_on = said
    note = KnowledgeNote.objects.create(
        owner=actor,
        standard=standard,
        code=code,
        known=known,
        where=where,
        review_on=review_on,
        said_at=now,
    )
    append(
        Event.KNOWLEDGE_SAID,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=now,
        payload={"note": note.ref},
        content=[note],
    )
    return note
