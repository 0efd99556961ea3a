"""The outcome of a procedure: what still blocks it, and what the rule says of the findings.

Frozen values throughout; the wording is in :mod:`bekwaam.domain.assessment.explain`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bekwaam.domain.assessment.carrying import standing
from bekwaam.domain.assessment.findings import SECOND_INSTRUMENTS, Finding
from bekwaam.domain.assessment.instruments import USUALLY_ASKED, InstrumentsAsked, Session
from bekwaam.domain.assessment.rules import Outcome, evaluate
from bekwaam.domain.procedures.scope import Scope, judged_units
from bekwaam.frameworks.model import Framework


class MissingKind(StrEnum):
    """What can stand in the way of a decision."""

    FINDING = "finding"
    LEG = "leg"
    SECOND_INSTRUMENT = "second_instrument"
    INSTRUMENT = "instrument"
    SESSION_FIELD = "session_field"
    NOT_HELD = "not_held"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that blocks the decision: which ``part`` of which ``subject`` (unit or session)."""

    kind: MissingKind
    subject: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome of a whole procedure.

    ``outcome`` is what the rule came to, also while something is ``missing``; only a decidable decision
    may be issued. ``stages`` holds the stage per judged unit (None: not shown).
    """

    outcome: Outcome
    missing: tuple[Missing, ...]
    stages: Mapping[str, str | None]

    @property
    def decidable(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.missing

    @property
    def met(self) -> bool:
        """Tell whether the standard as a whole was met; never so while something is missing."""
        return self.decidable and self.outcome.met


def missing(
    units: Iterable[str],
    findings: Mapping[str, Finding],
    sessions: tuple[Session, ...],
    *,
    asked: InstrumentsAsked = USUALLY_ASKED,
) -> tuple[Missing, ...]:
    """List what blocks a decision over ``units``, in their order, then what sessions lack.

    ``asked`` says which instruments the provider wants held beside the portfolio.
    """
    found: list[Missing] = []
    held = {session.kind for session in sessions}
    lacks_any, lacking = asked.lacks_any(sessions), asked.lacking(sessions)
    for unit in units:
        finding = findings.get(unit)
        if finding is None:
            found.append(Missing(MissingKind.FINDING, unit))
        else:
            found.extend(Missing(MissingKind.LEG, unit, leg) for leg in finding.missing_legs())
            found.extend(
                Missing(MissingKind.NOT_HELD, unit, kind)
                for kind in finding.instruments
                if kind in SECOND_INSTRUMENTS and kind not in held and not lacks_any and kind not in lacking
            )
    for session in sessions:
        found.extend(Missing(MissingKind.SESSION_FIELD, session.ref, f) for f in session.missing_fields())
    if lacks_any:  # said once, and not again for every finding that names one
        found.append(Missing(MissingKind.SECOND_INSTRUMENT))
    found.extend(Missing(MissingKind.INSTRUMENT, part=kind) for kind in lacking)
    return tuple(found)


def decide(
    standard: Framework,
    scope: Scope,
    findings: Iterable[Finding],
    sessions: tuple[Session, ...],
    *,
    asked: InstrumentsAsked = USUALLY_ASKED,
    earlier: Iterable[Finding] = (),
) -> Decision:
    """Decide a procedure by its standard's rule.

    ``findings`` are the final ones, at most one per unit; ``earlier`` those of the procedure that this one
    follows, which count along where nothing is judged anew, or where they are higher. Raises ValueError for
    a framework without a rule, for two findings on one unit, and for a finding on a unit or stage that the
    standard lacks.
    """
    if standard.rule is None:
        raise ValueError(f"{standard.id} is a framework without a rule: it decides nothing")
    by_unit, before = _checked(standard, findings), _checked(standard, earlier)
    units = judged_units(standard, scope)
    stands = standing(standard, units, by_unit, before)
    shown = {code: finding.stage for code, finding in stands.items()}
    lacking = missing(units, by_unit, sessions, asked=asked)
    return Decision(evaluate(standard, standard.rule, shown), lacking, shown)


def _checked(standard: Framework, findings: Iterable[Finding]) -> dict[str, Finding]:
    by_unit: dict[str, Finding] = {}
    for finding in findings:
        if finding.unit not in standard.by_code:
            raise ValueError(f"unknown unit {finding.unit}")
        if finding.unit in by_unit:
            raise ValueError(f"two final judgements on {finding.unit}")
        if finding.stage is not None and finding.stage not in standard.stage_by_code:
            raise ValueError(f"unknown stage {finding.stage} for {finding.unit}")
        by_unit[finding.unit] = finding
    return by_unit
