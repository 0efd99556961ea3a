"""What an assessor fills in about one unit, checked and turned into the domain's finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bekwaam.domain.assessment.findings import Finding, InstrumentKind, Leg
from bekwaam.domain.assessment.starters import only_begun
from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.evidence import MAX_TEXT
from bekwaam.domain.procedures.scope import judged_units, stages_to_choose
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import HeldSession, Procedure, Snapshot
from bekwaam.store.models.assessment import FindingFields
from bekwaam.wording import N_

WHOLE_PORTFOLIO: Final = "portfolio"
NOT_SHOWN: Final = "not_shown"


@dataclass(frozen=True, slots=True)
class FindingInput:
    """What the form says. ``stage`` is a stage's code, ``not_shown``, or empty when not chosen yet.

    ``basis`` holds references of evidence in the snapshot, of held sessions, and ``portfolio`` for the
    portfolio as a whole (what one says of a unit for which there was nothing).
    """

    stage: str
    basis: Sequence[str] = ()
    observed: str = ""
    why: str = ""


def latest_snapshot(procedure: Procedure) -> Snapshot:
    """Return the snapshot that is being judged; NotFound when nothing was handed in."""
    snapshot = Snapshot.objects.filter(procedure=procedure).last()
    if snapshot is None:
        raise NotFound
    return snapshot


def checked_finding(
    procedure: Procedure, snapshot: Snapshot, unit: str, given: FindingInput
) -> tuple[Finding, tuple[Fault, ...]]:
    """Return the finding with all its faults; an incomplete leg is a fault like any other.

    Raises NotFound for a unit that is not judged in this procedure.
    """
    framework = framework_of(procedure.standard)
    if unit not in judged_units(framework, procedure.scope):
        raise NotFound
    faults: list[Fault] = []
    open_stages = stages_to_choose(framework, unit, procedure.scope)
    if given.stage not in (*open_stages, NOT_SHOWN):
        faults.append(Fault("stage", "unknown", N_("Choose a stage, or that it was not shown.")))
    evidence, instruments, unknown = _basis(procedure, snapshot, given.basis)
    if unknown:
        faults.append(Fault("basis", "unknown", N_("Choose from the evidence in this dossier.")))
    finding = Finding(
        unit=unit,
        stage=None if given.stage == NOT_SHOWN else given.stage,
        evidence=evidence,
        instruments=instruments,
        observed=given.observed.strip(),
        why=given.why.strip(),
    )
    faults.extend(_legs(finding))
    return finding, tuple(faults)


def _legs(finding: Finding) -> list[Fault]:
    messages = {
        "basis": ("basis", N_("Choose the evidence or the interview that this rests on.")),
        "instrument": ("basis", N_("Choose what you looked at; the portfolio as a whole will do.")),
        "observed": ("observed", N_("Write down what you saw, heard or read.")),
        "why": ("why", N_("Write down why that does or does not suffice.")),
    }
    lacking = finding.missing_legs()
    if Leg.BASIS in lacking:  # what to choose is then said already
        lacking = tuple(leg for leg in lacking if leg is not Leg.INSTRUMENT)
    faults = [Fault(messages[leg][0], f"leg_{leg}", messages[leg][1]) for leg in lacking]
    for name in ("observed", "why"):
        if only_begun(getattr(finding, name)):
            message = N_("This is only the beginning of a sentence. Go on in your own words.")
            faults.append(Fault(name, "only_begun", message))
    too_long = N_("This is too long: 20,000 characters is the most.")
    for name in ("observed", "why"):
        if len(getattr(finding, name)) > MAX_TEXT:
            faults.append(Fault(name, "too_long", too_long))
    return faults


def _basis(
    procedure: Procedure, snapshot: Snapshot, refs: Sequence[str]
) -> tuple[tuple[str, ...], tuple[InstrumentKind, ...], bool]:
    """Sort references into evidence and the instruments that follow from them."""
    pieces = set(snapshot.items.values_list("ref", flat=True))
    sessions = {s.ref: InstrumentKind(s.kind) for s in standing_sessions(procedure)}
    wanted = list(dict.fromkeys(refs))
    evidence = tuple(ref for ref in wanted if ref in pieces or ref in sessions)
    kinds = {sessions[ref] for ref in wanted if ref in sessions}
    if any(ref in pieces or ref == WHOLE_PORTFOLIO for ref in wanted):
        kinds.add(InstrumentKind.PORTFOLIO)
    unknown = any(ref not in pieces and ref not in sessions and ref != WHOLE_PORTFOLIO for ref in wanted)
    return evidence, tuple(kind for kind in InstrumentKind if kind in kinds), unknown


def standing_sessions(procedure: Procedure) -> list[HeldSession]:
    """Return the sessions held, leaving out those that a correction replaced. One query."""
    return list(HeldSession.objects.filter(procedure=procedure, replaced_by=None))


def as_finding(row: FindingFields) -> Finding:
    """Return a stored finding as the domain knows it."""
    return Finding(
        unit=row.unit,
        stage=row.stage or None,
        evidence=tuple(row.evidence),
        instruments=tuple(InstrumentKind(kind) for kind in row.instruments),
        observed=row.observed,
        why=row.why,
    )


def columns(finding: Finding) -> dict[str, object]:
    """Return a finding as the columns of the tables that hold one."""
    return {
        "unit": finding.unit,
        "stage": finding.stage or "",
        "evidence": list(finding.evidence),
        "instruments": [kind.value for kind in finding.instruments],
        "observed": finding.observed,
        "why": finding.why,
    }


def insist_no_faults(faults: tuple[Fault, ...]) -> None:
    """Raise Invalid when there are any."""
    if faults:
        raise Invalid(faults)
