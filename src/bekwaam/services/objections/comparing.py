"""What judging again came to, beside what was found before."""

from __future__ import annotations

from bekwaam.domain.objections.outcome import Comparison, compare
from bekwaam.services.certificates.reads import finals_of
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.team import team
from bekwaam.store.models import DecisionRecord, Procedure


def comparison_of(again: Procedure) -> Comparison | None:
    """Return what came of the disputed units; None until the outcome was decided again. Four queries.

    ``again`` is the procedure in which others judged what was objected to.
    """
    now = DecisionRecord.objects.filter(procedure=again).first()
    before = DecisionRecord.objects.filter(procedure=again.follows_id).first()
    if now is None or before is None:
        return None
    finals = finals_of(again, team(again))
    return compare(
        framework_of(again.standard),
        tuple(again.units),
        {unit: carried.finding.stage for unit, carried in finals.earlier.items()},
        {unit: final.finding.stage for unit, final in finals.own.items()},
        met_before=before.met,
        met_now=now.met,
    )
