"""Both judgements side by side, and the proposals for a final one. Only for after the reveal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import Finding
from bekwaam.services.assessment.findings import as_finding
from bekwaam.services.assessment.reads import latest
from bekwaam.store.models import Assignment, FinalAgreement, FinalJudgement, Judgement, Procedure


@dataclass(frozen=True, slots=True)
class Assessor:
    """Somebody who judges in this procedure now."""

    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One assessor's own judgement on one unit."""

    assessor: Assessor
    finding: Finding
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """Somebody's agreement to a proposal; ``dissent`` is what they keep holding against it."""

    assessor: Assessor
    dissent: str
    agreed_at: datetime


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal for the final judgement on one unit, with who agreed to it."""

    key: int
    proposed_by: Assessor
    made_at: datetime
    finding: Finding
    recommendation: str
    agreements: tuple[Agreement, ...]

    def agreed_by(self, person: int) -> bool:
        """Tell whether somebody (by key) agreed to it."""
        return any(agreement.assessor.key == person for agreement in self.agreements)


class Status(StrEnum):
    """How far the final judgement on a unit is, as one assessor sees it."""

    NONE = "none"
    WAITS_FOR_YOU = "waits_for_you"
    WAITS_FOR_OTHERS = "waits_for_others"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class UnitComparison:
    """What each assessor found about one unit, and the proposals made: the standing one and earlier."""

    unit: str
    opinions: tuple[Opinion, ...] = ()
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
    """The judgements of a procedure side by side."""

    assessors: tuple[Assessor, ...]
    units: dict[str, UnitComparison]

    def on(self, unit: str) -> UnitComparison:
        """Return what is known about one unit."""
        return self.units.get(unit, UnitComparison(unit))

    def status(self, unit: str, person: int) -> Status:
        """Return how far the final judgement on ``unit`` is, seen by ``person`` (by key)."""
        standing = self.on(unit).standing
        if standing is None:
            return Status.NONE
        if self.agreed(unit):
            return Status.AGREED
        if any(a.key == person for a in self.assessors) and not standing.agreed_by(person):
            return Status.WAITS_FOR_YOU
        return Status.WAITS_FOR_OTHERS

    def agreed(self, unit: str) -> bool:
        """Tell whether every assessor agreed to the standing proposal."""
        standing = self.on(unit).standing
        return standing is not None and all(standing.agreed_by(a.key) for a in self.assessors)

    def agreed_findings(self) -> dict[str, Finding]:
        """Return the final judgements that all agreed to, by unit."""
        return {
            unit: entry.standing.finding
            for unit, entry in self.units.items()
            if entry.standing is not None and self.agreed(unit)
        }


def compare(procedure: Procedure) -> Comparison:
    """Return the judgements of the running assessors and the proposals made. Two queries.

    The caller has seen to it that the visitor may see both (``Action.SEE_BOTH_JUDGEMENTS``). Who are
    assessor follows from the judgements: nobody can be assigned after the reveal, and it waits for all.
    """
    opinions = _opinions(procedure)
    proposals, replaced = _proposals(procedure)
    units = {}
    for unit in dict.fromkeys((*opinions, *proposals)):
        made = proposals.get(unit, [])
        units[unit] = UnitComparison(
            unit=unit,
            opinions=tuple(opinions.get(unit, ())),
            standing=next((proposal for proposal in made if proposal.key not in replaced), None),
            earlier=tuple(proposal for proposal in made if proposal.key in replaced),
        )
    everyone = {opinion.assessor for entries in opinions.values() for opinion in entries}
    return Comparison(tuple(sorted(everyone, key=lambda a: (a.name, a.key))), units)


def _opinions(procedure: Procedure) -> dict[str, list[Opinion]]:
    running = Assignment.objects.filter(procedure=procedure, role=Role.ASSESSOR, until=None)
    rows = Judgement.objects.filter(
        snapshot__in=latest(procedure), assessor__in=running.values("person"), replaced_by=None
    )
    found: dict[str, list[Opinion]] = {}
    for row in rows.select_related("assessor").order_by("assessor__name", "assessor"):
        assessor = Assessor(row.assessor.pk, row.assessor.name)
        found.setdefault(row.unit, []).append(Opinion(assessor, as_finding(row), row.made_at))
    return found


def _proposals(procedure: Procedure) -> tuple[dict[str, list[Proposal]], set[int | None]]:
    """Return all proposals by unit, oldest first, and the keys of those that were replaced.

    Whoever proposes agrees at once, so every proposal is found through its agreements.
    """
    rows = FinalAgreement.objects.filter(final__snapshot__in=latest(procedure))
    by_final: dict[FinalJudgement, list[Agreement]] = {}
    people = rows.select_related("final__proposed_by", "assessor")
    for row in people.order_by("final__made_at", "final", "agreed_at", "pk"):
        assessor = Assessor(row.assessor.pk, row.assessor.name)
        by_final.setdefault(row.final, []).append(Agreement(assessor, row.dissent, row.agreed_at))
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
