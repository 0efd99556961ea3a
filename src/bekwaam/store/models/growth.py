"""How people see themselves: rounds of self-assessment, each kept."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.store.models.accounts import Person
from bekwaam.store.models.frameworks import FrameworkVersion
from bekwaam.store.models.shared import moment, ref_field


class SelfRound(models.Model):
    """One round of self-assessment on one framework version.

    Open until its owner finishes it; from then on neither it nor its ratings change. Seeing oneself
    otherwise is a new round.
    """

    ref = ref_field()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="self_rounds")
    standard = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="+")
    reflection = models.TextField(blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "standard"],
                condition=models.Q(finished_at=None),
                name="one_open_round",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return whose it is and, once it is finished, all that somebody said of themself in it."""
        begun = {
            "owner": self.owner_id,
            "standard": self.standard_id,
            "started_at": moment(self.started_at),
        }
        if self.finished_at is None:
            return begun
        return {
            **begun,
            "reflection": self.reflection,
            "finished_at": moment(self.finished_at),
            "ratings": sorted([rating.code, rating.value, rating.note] for rating in self.ratings.all()),
        }


class SelfRating(models.Model):
    """How somebody sees themself on one item: a stage, "none", or one of three steps."""

    round = models.ForeignKey(SelfRound, on_delete=models.CASCADE, related_name="ratings")
    code = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["round", "code"], name="one_rating_an_item")]
