"""What people know, beside what they can: where they find it, and when it has to be looked at again."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field


class KnowledgeNote(models.Model):
    """What somebody said of one item of knowledge at one moment. The newest row of an item counts.

    ``known`` is "yes", "partly" or "no"; empty for nothing said. ``where`` tells where they find it, and
    ``review_on`` the day on which they look whether it still holds. A row is never changed.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="knowledge_notes")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    known = models.CharField(max_length=10, blank=True)
    where = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "pk"]
        indexes = [models.Index(fields=["owner", "standard", "code"], name="knowledge_of_somebody")]

    def committed(self) -> dict[str, Any]:
        """Return who said what of which item, and when."""
        return {
            "owner": self.owner_id,
            "standard": self.standard_id,
            "code": self.code,
            "known": self.known,
            "where": self.where,
            "review_on": self.review_on.isoformat() if self.review_on else None,
            "said_at": moment(self.said_at),
        }
