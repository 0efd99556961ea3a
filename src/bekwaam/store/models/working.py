"""How a provider works on a standard. Rows are only ever added: a change is a row that names the last."""

from __future__ import annotations

from typing import Any

from django.db import models

from bekwaam.domain.assessment.instruments import InstrumentRule
from bekwaam.store.models.accounts import Person, Provider
from bekwaam.store.models.shared import moment, ref_field


class StandardSettings(models.Model):
    """What a provider settled for a standard, by the standard's identifier: it holds for every version."""

    ref = ref_field()
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="standard_settings")
    identifier = models.CharField(max_length=100)
    assessors = models.PositiveSmallIntegerField()
    role_split = models.BooleanField()
    instrument_rule = models.CharField(max_length=10, choices=[(r.value, r.value) for r in InstrumentRule])
    instruments = models.JSONField(default=list)
    no_instrument_reason = models.TextField(blank=True)
    terms = models.JSONField()
    objection_days = models.PositiveSmallIntegerField()
    answer_weeks = models.PositiveSmallIntegerField()
    facts_days = models.PositiveSmallIntegerField(null=True)
    set_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "identifier"],
                condition=models.Q(replaces=None),
                name="one_line_of_settings",
            )
        ]

    def committed(self) -> dict[str, Any]:
        """Return what was settled, by whom, and what it took the place of."""
        content = {
            "provider": self.provider_id,
            "identifier": self.identifier,
            "assessors": self.assessors,
            "role_split": self.role_split,
            "instrument_rule": str(self.instrument_rule),
            "instruments": self.instruments,
            "no_instrument_reason": self.no_instrument_reason,
            "terms": self.terms,
            "objection_days": self.objection_days,
            "answer_weeks": self.answer_weeks,
            "set_by": self.set_by_id,
            "set_at": moment(self.set_at),
            "replaces": self.replaces_id,
        }
        # Left out where it was not asked yet: rows from before were committed without.
        return {**content, "facts_days": self.facts_days} if self.facts_days is not None else content
