"""What was sent: of a procedure, of a provider, of the whole installation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.services.listing import Listing
from bekwaam.store.models import Procedure, Provider, Reminder, SentMail


@dataclass(frozen=True, slots=True)
class MailRow:
    """One mail that went out, or did not.

    ``to`` is empty for who has no account; ``procedure`` and ``number`` where it was about none.
    """

    to: str
    kind: MailKind
    subject: str
    language: str
    outcome: Outcome
    at: datetime
    procedure: str
    number: str


def mail_of_procedure(procedure: Procedure) -> Listing[MailRow]:
    """Return what was sent about a procedure, newest first. One query a page, one to count.

    Also a mail that reminded somebody of several procedures, this one among them.
    """
    reminded = Reminder.objects.filter(mail=OuterRef("pk"), procedure=procedure)
    found = SentMail.objects.filter(Q(procedure=procedure) | Q(Exists(reminded)))
    return Listing(_with_names(found), _rows)


def mail_of_provider(provider: Provider) -> Listing[MailRow]:
    """Return what was sent for a provider, newest first. One query a page, one to count."""
    return Listing(_with_names(SentMail.objects.filter(provider=provider)), _rows)


def all_mail() -> Listing[MailRow]:
    """Return everything that was sent, newest first. One query a page, one to count."""
    return Listing(_with_names(SentMail.objects.all()), _rows)


def _with_names(rows: QuerySet[SentMail]) -> QuerySet[SentMail]:
    return rows.select_related("person", "procedure").order_by("-sent_at", "-pk")


def _rows(page: QuerySet[SentMail]) -> list[MailRow]:
    return [
        MailRow(
            to=row.person.name if row.person else "",
            kind=MailKind(row.kind),
            subject=row.subject,
            language=row.language,
            outcome=Outcome(row.outcome),
            at=row.sent_at,
            procedure=row.procedure.ref if row.procedure else "",
            number=row.procedure.number if row.procedure else "",
        )
        for row in page
    ]
