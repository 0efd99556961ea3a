"""Reminding people of what they have to do: one mail a day at most, and never twice of the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.procedures.reminding import FORGOTTEN_AFTER, Stage, reminds_of_meeting, stage_of
from bekwaam.domain.procedures.states import UNDER_WAY
from bekwaam.domain.procedures.terms import DUE_NAMES, Due, Hand, day_of
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.agenda.days import day
from bekwaam.services.agenda.meetings import described, expected_at
from bekwaam.services.agenda.reads import every_due, with_procedure
from bekwaam.services.agenda.settings import settings_of
from bekwaam.services.agenda.whose import to_come
from bekwaam.services.mail.keeping import forget_old_mail
from bekwaam.store.models import Membership, Person, PlannedSession, Procedure, Provider, Reminder, SentMail
from bekwaam.wording import N_, say

_BATCH: Final = 200
_LINES: Final = (N_("This waits for you in Bekwaam:"),)
_HERE: Final = N_("Your agenda, with everything that has a last day, stands here:")
_DONE: Final = N_("Done already? Then you need do nothing.")


@dataclass(frozen=True, slots=True)
class Item:
    """Something to remind somebody of: what is ``due``, or an appointment (``row``)."""

    procedure: Procedure
    stage: Stage
    due: Due | None = None
    row: PlannedSession | None = None

    @property
    def key(self) -> tuple[int, str, str, str]:
        """Return what this reminder is known by: nobody is reminded twice of one."""
        about = self.row.ref if self.row else self.procedure.state
        return self.procedure.pk, about, self.on.isoformat(), self.stage.value

    @property
    def on(self) -> date:
        """Return the day that it is about."""
        return day_of(self.row.starts_at) if self.row else self.due.on  # type: ignore[union-attr]


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was, or would be, reminded of how many things. A mail that did not go out does not count."""

    person: str
    number: int


def remind(*, dry_run: bool = False) -> tuple[Reminded, ...]:
    """Remind everybody of what counts now; with ``dry_run`` only say whom.

    May be run as often as one likes, also twice at once: who was reminded today waits until tomorrow.
    What is not sent because nothing ran is not caught up with: only the reminder that counts now goes out.
    """
    waiting = _by_person()
    people = Person.objects.filter(pk__in=waiting, is_active=True, erased_at=None).order_by("name", "pk")
    done, lost = [], set[int]()
    for person in people:
        items = waiting[person.pk]
        number = len(_new(person, items)) if dry_run else _remind(person, items, lost)
        if number and person.pk not in lost:
            done.append(Reminded(person.name, number))
    if not dry_run:
        forget_old_mail()
    return tuple(done)


def _by_person() -> dict[int, list[Item]]:
    """Return what everybody could be reminded of now, the first to be done on top."""
    found: dict[int, list[Item]] = {}
    for provider in Provider.objects.filter(remind_on=True).order_by("pk"):
        for person, item in (*_of_terms(provider), *_of_meetings(provider)):
            found.setdefault(person, []).append(item)
    for items in found.values():
        items.sort(key=lambda item: (item.on, item.procedure.number))
    return found


def _of_terms(provider: Provider) -> Iterator[tuple[int, Item]]:
    today, settings = clock.today(), settings_of(provider)
    soon = Procedure.objects.filter(
        provider=provider,
        due_on__gte=today - FORGOTTEN_AFTER,
        due_on__lte=today + timedelta(days=settings.first),
    )
    office = _holding(provider, Role.COORDINATOR)
    judging = _holding(provider, Role.ASSESSOR)
    keys = list(soon.order_by("due_on", "pk").values_list("pk", flat=True))
    for begin in range(0, len(keys), _BATCH):
        batch = Procedure.objects.filter(pk__in=keys[begin : begin + _BATCH])
        for procedure, due in every_due(batch):
            stage = stage_of(due.on, today, settings)
            if stage is not None:
                for person in _people(procedure, due, office, judging):
                    yield person, Item(procedure, stage, due)


def _holding(provider: Provider, role: Role) -> set[int]:
    rows = Membership.objects.filter(provider=provider, role=role, until=None)
    return set(rows.values_list("person", flat=True))


def _people(procedure: Procedure, due: Due, office: set[int], judging: set[int]) -> Iterable[int]:
    if due.hand is Hand.CANDIDATE:
        return (procedure.candidate_id,)
    if due.hand is Hand.ASSESSOR:
        return judging & {due.person or 0}
    return office - {procedure.candidate_id}  # nobody is coordinator in their own procedure


def _of_meetings(provider: Provider) -> Iterator[tuple[int, Item]]:
    now = clock.now()
    near = Q(starts_at__gt=now, starts_at__lt=now + timedelta(days=2))
    rows = PlannedSession.objects.filter(
        near, replaced_by=None, procedure__provider=provider, procedure__state__in=UNDER_WAY
    )
    for row in with_procedure(to_come(rows)):
        if reminds_of_meeting(row.starts_at, row.planned_at, now):
            for person in expected_at(row.procedure):
                yield person.pk, Item(row.procedure, Stage.LAST, row=row)


def _new(person: Person, items: list[Item]) -> list[Item]:
    """Return of what somebody was not reminded yet; nothing where they had a mail today. One query."""
    rows = Reminder.objects.filter(person=person, procedure__in={item.procedure.pk for item in items})
    known = set()
    for procedure, about, due_on, stage, on in rows.values_list(
        "procedure", "about", "due_on", "stage", "reminded_on"
    ):
        if on == clock.today():
            return []
        known.add((procedure, about, due_on.isoformat(), stage))
    return [item for item in items if item.key not in known]


@transaction.atomic
def _remind(person: Person, items: list[Item], lost: set[int]) -> int:
    """Send somebody one mail; return of how many things. That it is sent is written before it is.

    ``lost`` gets whoever it could not be sent to.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # one worker at a time
    fresh = _new(person, items)
    if not fresh:
        return 0
    made = Reminder.objects.bulk_create(
        Reminder(
            person=person,
            procedure=item.procedure,
            about=item.key[1],
            due_on=item.on,
            stage=item.stage.value,
            reminded_on=clock.today(),
        )
        for item in fresh
    )
    rows = Reminder.objects.filter(pk__in=[row.pk for row in made])

    def failed(refused_for_good: bool) -> None:
        lost.add(person.pk)
        if not refused_for_good:  # another time it may go
            rows.delete()

    def sent(mail: SentMail) -> None:
        rows.update(mail=mail)

    post_after_commit(_letter(person, fresh), failed, sent)
    return len(fresh)


def _letter(person: Person, items: list[Item]) -> Letter:
    procedures = {item.procedure.pk: item.procedure for item in items}
    providers = {one.provider_id: one.provider for one in procedures.values()}
    first = items[0]
    one = N_("Reminder for procedure {number}: {day}")
    many = N_("Reminder: {amount} things wait for you in Bekwaam")
    return Letter(
        to=person,
        sender=first.procedure.provider if len(providers) == 1 else None,
        subject=one if len(items) == 1 else many,
        lines=_LINES,
        items=tuple(_said(item, person.language) for item in items),
        before_link=_HERE,
        path=reverse("agenda:agenda"),
        values={
            "number": first.procedure.number,
            "day": day(first.on, person.language),
            "amount": len(items),
        },
        after_link=say(person.language, _DONE),
        kind=MailKind.REMINDER,
        about=first.procedure if len(procedures) == 1 else None,
    )


def _said(item: Item, language: str) -> str:
    if item.row is not None:
        return say(
            language,
            N_("{what} (procedure {number})"),
            what=described(item.row, language),
            number=item.procedure.number,
        )
    said = (
        N_("{what} (procedure {number}): the last day was {day}")
        if item.stage is Stage.PAST
        else N_("{what} (procedure {number}): the last day is {day}")
    )
    what = say(language, DUE_NAMES[item.due.kind]) if item.due else ""
    return say(language, said, what=what, number=item.procedure.number, day=day(item.on, language))
