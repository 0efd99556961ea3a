"""That mail was sent: to whom and about what, never what it said; and of what people were reminded."""

from __future__ import annotations

from django.db import models

from bekwaam.domain.mail.kinds import MailKind, Outcome
from bekwaam.domain.procedures.reminding import Stage
from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.procedures import Procedure


class SentMail(models.Model):
    """One mail that went out, or did not. No address, no text and no link is kept of it.

    ``person`` is empty for who has no account (a referee, somebody who asks for one); ``subject`` is empty
    where it could name somebody.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="+")
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, null=True, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, null=True, related_name="mails")
    kind = models.CharField(max_length=20, choices=[(k.value, k.value) for k in MailKind])
    subject = models.CharField(max_length=250, blank=True)
    language = models.CharField(max_length=2)
    outcome = models.CharField(max_length=10, choices=[(o.value, o.value) for o in Outcome])
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [
            models.Index(fields=["provider", "-sent_at"], name="mail_of_provider"),
            models.Index(fields=["procedure", "-sent_at"], name="mail_of_procedure"),
        ]


class Reminder(models.Model):
    """That somebody was reminded of something. There is one row for each at most, whoever tries.

    ``about`` is a state of the procedure, or the reference of an appointment; ``mail`` the one in which it
    stood, once that went out.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="+")
    about = models.CharField(max_length=40)
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Stage])
    reminded_on = models.DateField(db_index=True)
    mail = models.ForeignKey(SentMail, on_delete=models.SET_NULL, null=True, related_name="reminders")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "procedure", "about", "due_on", "stage"], name="reminded_once"
            )
        ]


class AgendaLink(models.Model):
    """The secret address at which a calendar fetches somebody's agenda; only its hash is kept.

    ``with_names`` tells whether candidates stand in it by name: that calendar may be anywhere.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="agenda_link")
    sha256 = models.CharField(max_length=64, unique=True)
    with_names = models.BooleanField(default=False)
    made_at = models.DateTimeField()
