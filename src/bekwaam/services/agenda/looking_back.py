"""The day to look back on a deliberation, for whoever leads it: in their agenda, and in one mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.procedures.reminding import FORGOTTEN_AFTER
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.store.models import Deliberation, Person
from bekwaam.wording import N_

SOON: Final = timedelta(days=14)
MOST_SOON: Final = 5
_SUBJECT: Final = N_("Reminder: look back together")
_LINES: Final = (
    N_("The day has come that you chose for looking back on a deliberation. How did it go?"),
    N_("You can look back on another day as well: nothing is closed by itself."),
)


@dataclass(frozen=True, slots=True)
class LookBack:
    """A deliberation of somebody's own, with the day that was chosen for looking back on it."""

    ref: str
    title: str
    on: date
    changed_at: datetime


def to_look_back(person: Person) -> QuerySet[Deliberation, Deliberation]:
    """Return the deliberations that somebody leads and that wait for a day to look back, in their order."""
    rows = Deliberation.objects.filter(host=person, phase=Phase.WAITING.value, look_back_on__isnull=False)
    return rows.order_by("look_back_on", "pk")


def look_backs(rows: QuerySet[Deliberation, Deliberation]) -> tuple[LookBack, ...]:
    """Return ``rows`` of :func:`to_look_back` with their days. One query."""
    return tuple(
        LookBack(row.ref, row.title, row.look_back_on, row.changed_at) for row in rows if row.look_back_on
    )


def soon_to_look_back(person: Person) -> tuple[LookBack, ...]:
    """Return what somebody looks back on within two weeks, or should have already. One query."""
    rows = to_look_back(person).filter(look_back_on__lte=clock.today() + SOON)
    return look_backs(rows[:MOST_SOON])


def remind_to_look_back(*, dry_run: bool = False) -> tuple[str, ...]:
    """Remind hosts, once for each day they chose; return their names. With ``dry_run`` only say whom."""
    rows = list(_waiting().select_related("host").order_by("look_back_on", "pk"))
    return tuple(row.host.name for row in rows if dry_run or _remind(row))


def _waiting() -> QuerySet[Deliberation, Deliberation]:
    today = clock.today()
    due = Deliberation.objects.filter(
        phase=Phase.WAITING.value, look_back_on__lte=today, look_back_on__gte=today - FORGOTTEN_AFTER
    )
    there = due.filter(host__is_active=True, host__erased_at=None)
    return there.filter(Q(reminded_of=None) | ~Q(reminded_of=F("look_back_on")))


@transaction.atomic
def _remind(row: Deliberation) -> bool:
    # Whoever writes this first sends the mail: another worker then finds nothing to write.
    if not _waiting().filter(pk=row.pk).update(reminded_of=row.look_back_on):
        return False
    post_after_commit(
        Letter(
            to=row.host,
            sender=None,
            subject=_SUBJECT,
            lines=_LINES,
            path=reverse("reflection:deliberation", args=[row.ref]),
            kind=MailKind.REMINDER,
        )
    )
    return True
