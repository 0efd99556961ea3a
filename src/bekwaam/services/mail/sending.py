"""The one way out for mail: as plain text with the same words in HTML beside it, and a row that says so."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from smtplib import SMTPRecipientsRefused
from typing import Final

from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, transaction

from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.domain.mail.paper import Wording
from bekwaam.services import clock, ports
from bekwaam.store.models import Person, Procedure, Provider, SentMail

# Says to other programs that no person typed this, so that nobody's out-of-office answers it (RFC 3834).
_HEADERS: Final = {"Auto-Submitted": "auto-generated"}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a mail."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Filed:
    """What is kept of a mail: what kind it is, whom it is for, and what it is about.

    Without ``person`` nobody is named. ``with_subject`` is off where the subject could name somebody.
    """

    kind: MailKind
    person: Person | None = None
    provider: Provider | None = None
    procedure: Procedure | None = None
    with_subject: bool = True


def deliver(
    address: str, wording: Wording, filed: Filed, attached: Attached | None = None
) -> SentMail | None:
    """Send a mail now, and return the row that says so; None where that could not be kept.

    Raises what the mail server's library raises; that it was not sent is kept too.
    """
    # A name with a line break would otherwise be a way to add headers; Django refuses, we tidy.
    subject = " ".join(wording.subject.split())
    paper = ports.mail_paper()(wording)
    headers = {**_HEADERS, "Content-Language": wording.language}
    message = EmailMultiAlternatives(subject, paper.text, None, [address], headers=headers)
    message.attach_alternative(paper.html, "text/html")
    if attached is not None:
        message.attach(attached.name, attached.content, attached.media_type)
    try:
        message.send()
    except Exception as error:
        _file(filed, subject, wording.language, outcome_of(error))
        raise
    return _file(filed, subject, wording.language, Outcome.ACCEPTED)


def outcome_of(error: Exception) -> Outcome:
    """Return what an error of sending means: there is no such address, or it was not the day for it.

    RFC 5321, 4.2.1: codes from 500 on are for good.
    """
    if isinstance(error, SMTPRecipientsRefused) and all(
        code >= 500 for code, _said in error.recipients.values()
    ):
        return Outcome.REFUSED
    return Outcome.FAILED


def _file(filed: Filed, subject: str, language: str, outcome: Outcome) -> SentMail | None:
    """Keep that a mail was sent. What cannot be kept is logged: the mail itself is out by then."""
    person = filed.person if filed.person is not None and filed.person.pk else None
    try:
        with transaction.atomic():
            if person is not None and not Person.objects.filter(pk=person.pk).exists():
                person = None  # their account was erased meanwhile
            return SentMail.objects.create(
                person=person,
                provider=filed.provider,
                procedure=filed.procedure,
                kind=filed.kind.value,
                subject=subject[:250] if filed.with_subject else "",
                language=language,
                outcome=outcome.value,
                sent_at=clock.now(),
            )
    except DatabaseError:
        logger.exception("a mail of kind %s was sent (%s), but not filed", filed.kind, outcome)
        return None
