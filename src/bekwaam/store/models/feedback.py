"""What people ask of referees, and what those answer."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.portfolio import Evidence
from bekwaam.store.models.shared import moment, ref_field


class FeedbackRequest(models.Model):
    """A request to a referee, who answers behind a personal link.

    Of the link only the hash is kept. ``evidence_ref`` stays when the piece goes. ``email`` is erased once
    there is an answer: it served to send the link and nothing else. ``unsent`` is why the last mail did not
    go out, empty where it did; ``opened_at`` is when somebody first opened the link that was sent last.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="feedback_requests")
    kind = models.CharField(max_length=10)
    token_sha256 = models.CharField(max_length=64, unique=True)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.SET_NULL, null=True, related_name="feedback_requests"
    )
    evidence_ref = models.CharField(max_length=12, blank=True)
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, null=True, related_name="+")
    codes = models.JSONField(default=list)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)
    relation = models.CharField(max_length=30)
    message = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="nl")
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    unsent = models.CharField(max_length=10, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def committed(self) -> dict[str, Any]:
        """Return what was asked of whom; not the address it went to, which goes."""
        return {
            "owner": self.owner_id,
            "kind": self.kind,
            "evidence": self.evidence_ref,
            "standard": self.standard_id,
            "codes": self.codes,
            "name": self.name,
            "relation": self.relation,
            "message": self.message,
            "asked_at": moment(self.asked_at),
            "withdrawn_at": moment(self.withdrawn_at),
        }


class FeedbackAnswer(models.Model):
    """A referee's answer. It never changes; ``seen_sha256`` is the hash of the piece as they saw it.

    ``mailbox`` tells whether two answers to the same person came by the same address, which is itself gone
    by then. It cannot be read back, and says nothing beside answers to anybody else.
    """

    request = models.OneToOneField(FeedbackRequest, on_delete=models.PROTECT, related_name="answer")
    said = models.CharField(max_length=10, blank=True)
    ratings = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    name = models.CharField(max_length=200)
    function = models.CharField(max_length=200, blank=True)
    seen_sha256 = models.CharField(max_length=64, blank=True)
    mailbox = models.CharField(max_length=32, blank=True, default="")
    answered_at = models.DateTimeField()

    def committed(self) -> dict[str, Any]:
        """Return all that was said, by whom, about what."""
        return {
            "request": self.request_id,
            "said": self.said,
            "ratings": self.ratings,
            "text": self.text,
            "name": self.name,
            "function": self.function,
            "seen_sha256": self.seen_sha256,
            "answered_at": moment(self.answered_at),
        }
