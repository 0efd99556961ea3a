"""All judgements side by side, and the proposals for a final one. Only for after the reveal.

Of whoever came in later nothing shows until they finished; what a replaced assessor found stands apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.panel import Panel
from bekwaam.services.assessment.findings import as_finding
from bekwaam.services.assessment.panel import panel_from
from bekwaam.services.assessment.reads import latest
from bekwaam.services.procedures.team import team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import Dispute, FinalAgreement, FinalJudgement, Judgement, Procedure


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who judges or judged here; ``third`` only what the others could not agree on."""

    key: int
    name: str
    third: bool = False


@dataclass(frozen=True, slots=True)
class Opinion:
    """One assessor's own judgement on one unit."""

    assessor: Assessor
    finding: Finding
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody's agreement to a proposal; ``dissent`` is what they keep holding against it.

    ``against`` marks the word of who does not agree, where two of three settle it.
    """

    assessor: Assessor
    dissent: str
    agreed_at: datetime
    against: bool = False


@dataclass(frozen=True, slots=True)
class Disputed:
    """That the assessors cannot agree on a unit: who said so, when and why."""

    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal for the final judgement on one unit, with who agreed to it."""

    key: int
    proposed_by: Assessor
    made_at: datetime
    finding: Finding
    recommendation: str
    agreements: tuple[Agreement, ...]

    def spoke(self, person: int) -> bool:
        """Tell whether somebody (by key) gave their word on it, for or against."""
        return any(word.assessor.key == person for word in self.agreements)

    def settled_in(self, panel: Panel, unit: str) -> bool:
        """Tell whether it stands among these assessors."""
        yes, no = (
            [word.assessor.key for word in self.agreements if word.against is against]
            for against in (False, True)
        )
        return panel.settled(unit, yes, no)


class Status(StrEnum):
    """How far the final judgement on a unit is, as one assessor sees it."""

    NONE = "none"
    WAITS_FOR_JUDGING = "waits_for_judging"
    WAITS_FOR_YOU = "waits_for_you"
    WAITS_FOR_OTHERS = "waits_for_others"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """What each assessor found about one unit, and the proposals made: the standing one and earlier.

    ``former`` is what assessors found who were replaced since: it counts for nothing.
    """

    unit: str
    opinions: tuple[Opinion, ...] = ()
    former: tuple[Opinion, ...] = ()
    dispute: Disputed | None = None
    standing: Proposal | None = None
    earlier: tuple[Proposal, ...] = ()

    @property
    def differs(self) -> bool:
        """Tell whether the assessors gave different stages."""
        return len({opinion.finding.stage for opinion in self.opinions}) > 1

    def opinion_of(self, person: int) -> Opinion | None:
        """Return somebody's own judgement."""
        return next((entry for entry in self.opinions if entry.assessor.key == person), None)

    def in_line(self) -> bool:
        """Tell whether the standing proposal says what every assessor had found by themself."""
        stages = {opinion.finding.stage for opinion in self.opinions}
        return self.standing is not None and stages == {self.standing.finding.stage}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The judgements of a procedure side by side; ``assessors`` judge everything, the third comes last."""

    assessors: tuple[Assessor, ...]
    units: dict[str, UnitComparison]
    panel: Panel

    def on(self, unit: str) -> UnitComparison:
        """Return what is known about one unit."""
        return self.units.get(unit, UnitComparison(unit))

    def status(self, unit: str, person: int) -> Status:
        """Return how far the final judgement on ``unit`` is, seen by ``person`` (by key)."""
        standing = self.on(unit).standing
        if not self.panel.complete(unit):
            return Status.WAITS_FOR_JUDGING
        if standing is None:
            return Status.NONE
        if self.agreed(unit):
            return Status.AGREED
        if person in self.panel.of(unit) and not standing.spoke(person):
            return Status.WAITS_FOR_YOU
        return Status.WAITS_FOR_OTHERS

    def agreed(self, unit: str) -> bool:
        """Tell whether the standing proposal is settled."""
        standing = self.on(unit).standing
        return standing is not None and standing.settled_in(self.panel, unit)

    def waiting_for(self, unit: str) -> tuple[str, ...]:
        """Return the names of who has not spoken on the standing proposal."""
        standing, asked = self.on(unit).standing, self.panel.of(unit)
        if standing is None:
            return ()
        return tuple(a.name for a in self.assessors if a.key in asked and not standing.spoke(a.key))

    def agreed_findings(self) -> dict[str, Finding]:
        """Return the final judgements that are settled, by unit."""
        return {
            unit: entry.standing.finding
            for unit, entry in self.units.items()
            if entry.standing is not None and self.agreed(unit)
        }


def compare(procedure: Procedure) -> Comparison:
    """Return the judgements of who has a say, and the proposals made. Three queries, four for a dispute.

    The caller has seen to it that the visitor may see them (``Action.SEE_BOTH_JUDGEMENTS``).
    """
    people = team(procedure)
    disputes = _disputes(procedure) if getattr(procedure, "has_disputes", True) else {}
    panel = panel_from(people, way_of(procedure).assessors, disputes)
    known = {worker.pk: Assessor(worker.pk, worker.name, worker.third) for worker in people.assessors}
    opinions, former = _opinions(procedure, panel, known)
    proposals, replaced = _proposals(procedure, known)
    units = {}
    for unit in dict.fromkeys((*opinions, *former, *proposals, *disputes)):
        made = proposals.get(unit, [])
        units[unit] = UnitComparison(
            unit=unit,
            opinions=tuple(opinions.get(unit, ())),
            former=tuple(former.get(unit, ())),
            dispute=disputes.get(unit),
            standing=next((proposal for proposal in made if proposal.key not in replaced), None),
            earlier=tuple(proposal for proposal in made if proposal.key in replaced),
        )
    in_order = sorted(known.values(), key=lambda a: (a.third, a.name, a.key))
    return Comparison(tuple(in_order), units, panel)


def _disputes(procedure: Procedure) -> dict[str, Disputed]:
    rows: Iterable[Dispute] | None = getattr(procedure, "known_disputes", None)
    if rows is None:
        found = Dispute.objects.filter(snapshot__in=latest(procedure), lifted_at=None)
        rows = found.select_related("said_by")
    return {row.unit: Disputed(row.said_by.name, row.reason, row.said_at) for row in rows}


Opinions = dict[str, list[Opinion]]


def _opinions(procedure: Procedure, panel: Panel, known: Mapping[int, Assessor]) -> tuple[Opinions, Opinions]:
    """Return what the assessors found, and apart from that what replaced ones did.

    Whoever runs and has not finished judges blind, and is judged beside blindly: nothing of theirs shows.
    """
    rows = Judgement.objects.filter(snapshot__in=latest(procedure), replaced_by=None)
    found: Opinions = {}
    former: Opinions = {}
    for row in rows.select_related("assessor").order_by("assessor__name", "assessor"):
        running = known.get(row.assessor_id)
        if running is None:
            gone = Assessor(row.assessor.pk, row.assessor.name)
            former.setdefault(row.unit, []).append(Opinion(gone, as_finding(row), row.made_at))
        elif row.assessor_id in panel.ready & panel.of(row.unit):
            found.setdefault(row.unit, []).append(Opinion(running, as_finding(row), row.made_at))
    for opinions in found.values():
        opinions.sort(key=lambda opinion: opinion.assessor.third)
    return found, former


def _proposals(
    procedure: Procedure, known: Mapping[int, Assessor]
) -> tuple[dict[str, list[Proposal]], set[int | None]]:
    """Return all proposals by unit, oldest first, and the keys of those that were replaced.

    Whoever proposes agrees at once, so every proposal is found through its agreements.
    """
    rows = FinalAgreement.objects.filter(final__snapshot__in=latest(procedure))
    by_final: dict[FinalJudgement, list[Agreement]] = {}
    people = rows.select_related("final__proposed_by", "assessor")
    for row in people.order_by("final__made_at", "final", "agreed_at", "pk"):
        assessor = known.get(row.assessor_id) or Assessor(row.assessor.pk, row.assessor.name)
        by_final.setdefault(row.final, []).append(
            Agreement(assessor, row.dissent, row.agreed_at, row.against)
        )
    found: dict[str, list[Proposal]] = {}
    for final, agreements in by_final.items():
        found.setdefault(final.unit, []).append(
            Proposal(
                key=final.pk,
                proposed_by=Assessor(final.proposed_by.pk, final.proposed_by.name),
                made_at=final.made_at,
                finding=as_finding(final),
                recommendation=final.recommendation,
                agreements=tuple(agreements),
            )
        )
    return found, {final.replaces_id for final in by_final}
