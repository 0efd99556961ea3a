"""What an assessor jots down on their own desk, beside the judgements."""

from __future__ import annotations

from django.db import models

from bekwaam.domain.assessment.jottings import JottingKind
from bekwaam.store.models.accounts import Person
from bekwaam.store.models.portfolio import Snapshot
from bekwaam.store.models.procedures import Procedure
from bekwaam.store.models.shared import ref_field


class Jotting(models.Model):
    """A note, the VRAAK checklist of a piece, or what was seen of an indicator; by one assessor.

    One table, so that a screen takes one query for all of it. ``about`` is the reference of a piece, the
    code of an indicator, or empty; ``marks`` holds codes. It is scribbling, not judging: it may change, and
    the audit chain does not vouch for it. Notes are for nobody but their author, ever.
    """

    ref = ref_field()
    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="jottings")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    unit = models.CharField(max_length=40, blank=True)
    about = models.CharField(max_length=40, blank=True)
    marks = models.JSONField(default=list)
    text = models.TextField(blank=True)
    quote = models.TextField(blank=True)
    quote_sha256 = models.CharField(max_length=64, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["written_at", "pk"]
        indexes = [models.Index(fields=["procedure", "author"], name="jottings_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "author", "kind", "about"],
                condition=~models.Q(kind=JottingKind.NOTE.value),
                name="a_check_once",
            )
        ]
