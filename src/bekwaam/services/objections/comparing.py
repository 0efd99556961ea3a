"""What judging again came to, beside what was found before."""

from __future__ import annotations

from bekwaam.domain.objections.outcome import Comparison, compare
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import CarriedFinding, DecisionRecord, FinalJudgement, Procedure


def comparison_of(again: Procedure) -> Comparison | None:
    """Return what came of the disputed units; None until the outcome was decided again.

    ``again`` is the procedure in which others judged what was objected to. Two queries where it was read
    with both decisions. Once decided, every final judgement that stands was agreed to, and stays.
    """
    now: DecisionRecord | None = getattr(again, "decision", None)
    before: DecisionRecord | None = getattr(again.follows, "decision", None)
    if now is None or before is None:
        return None
    earlier = CarriedFinding.objects.filter(procedure=again).values_list("unit", "stage")
    own = FinalJudgement.objects.filter(snapshot=now.snapshot_id, replaced_by=None)
    return compare(
        framework_of(again.standard),
        tuple(again.units),
        {unit: stage or None for unit, stage in earlier},
        {unit: stage or None for unit, stage in own.values_list("unit", "stage")},
        met_before=before.met,
        met_now=now.met,
    )
