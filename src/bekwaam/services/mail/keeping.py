"""How long it is known that mail was sent, and of what people were reminded."""

from __future__ import annotations

from datetime import timedelta

from bekwaam.domain.mail.kinds import KEPT_DAYS
from bekwaam.services import clock
from bekwaam.store.models import AgendaLink, Person, Procedure, Reminder, SentMail


def forget_old_mail() -> int:
    """Throw away what is older than it is kept; return how many mails that were. Two queries."""
    day = clock.today() - timedelta(days=KEPT_DAYS)
    Reminder.objects.filter(reminded_on__lt=day).delete()
    return SentMail.objects.filter(sent_at__lt=clock.now() - timedelta(days=KEPT_DAYS)).delete()[0]


def forget_mail_of(person: Person) -> None:
    """Throw away what was sent to somebody, and the address of their agenda. Inside a transaction."""
    SentMail.objects.filter(person=person).delete()
    Reminder.objects.filter(person=person).delete()
    AgendaLink.objects.filter(person=person).delete()


def forget_mail_about(procedure: Procedure) -> None:
    """Throw away what was sent about a procedure, to whomever. Inside a transaction."""
    SentMail.objects.filter(procedure=procedure).delete()
    Reminder.objects.filter(procedure=procedure).delete()
