"""What a visitor with a share link may see of a certificate, at the depth that its holder chose.

Each depth holds all of the one before it. What is not on a list here is not seen: a new part of the paper
stays hidden until somebody gives it a depth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.assessment.explain import Line
from bekwaam.domain.certificates.paper import CertificateDocument, StandardOnPaper, UnitOnPaper
from bekwaam.frameworks.wheel_parts import State
from bekwaam.wording import N_


class Depth(StrEnum):
    """How much a share link shows."""

    OUTCOME = "outcome"
    COMPETENCES = "competences"
    REASONS = "reasons"


DEPTH_NAMES: Final[dict[Depth, str]] = {
    Depth.OUTCOME: N_("Only the outcome"),
    Depth.COMPETENCES: N_("The outcome and the stage per competence"),
    Depth.REASONS: N_("Everything per competence, with the reasons"),
}


@dataclass(frozen=True, slots=True)
class SharedReasons:
    """Why a finding is what it is. ``evidence`` counts the pieces; what they are called stays unseen."""

    instruments: tuple[str, ...]
    evidence: int
    observed: str
    why: str


@dataclass(frozen=True, slots=True)
class SharedUnit:
    """A unit as a visitor sees it. ``reasons`` is None where the holder does not share them."""

    code: str
    title: str
    group: str
    state: State
    stage_title: str
    rings: int
    counts: bool | None
    asked_title: str
    reasons: SharedReasons | None


@dataclass(frozen=True, slots=True)
class Shared:
    """A certificate as a visitor sees it. ``candidate`` is empty unless the holder shows their name."""

    depth: Depth
    language: str
    number: str
    issued_on: date
    provider: str
    candidate: str
    standard: StandardOnPaper
    met: bool
    rule: str
    explanation: tuple[Line, ...]
    units: tuple[SharedUnit, ...]
    life_domains: tuple[SharedUnit, ...]


def shared(document: CertificateDocument, depth: Depth, *, shows_name: bool) -> Shared:
    """Return what a visitor sees of ``document`` at ``depth``.

    Recommendations, pointers for growth, names of assessors, sessions and titles of evidence are for nobody
    but the holder, at any depth. The outcome alone does not say which competences fell short.
    """
    deep = depth is not Depth.OUTCOME
    reasons = depth is Depth.REASONS
    return Shared(
        depth=depth,
        language=document.language,
        number=document.number,
        issued_on=document.issued_on,
        provider=document.provider,
        candidate=document.candidate if shows_name else "",
        standard=document.standard,
        met=document.met,
        rule=document.rule.sentence,
        explanation=document.rule.explanation if deep else (),
        units=tuple(_unit(unit, reasons) for unit in document.units) if deep else (),
        life_domains=tuple(_unit(unit, reasons) for unit in document.judged_domains) if deep else (),
    )


def _unit(unit: UnitOnPaper, reasons: bool) -> SharedUnit:
    return SharedUnit(
        code=unit.code,
        title=unit.title,
        group=unit.group,
        state=unit.state,
        stage_title=unit.stage_title,
        rings=unit.rings,
        counts=unit.counts,
        asked_title=unit.asked_title,
        reasons=_reasons(unit) if reasons and unit.state is not State.OPEN else None,
    )


def _reasons(unit: UnitOnPaper) -> SharedReasons:
    return SharedReasons(
        instruments=tuple(instrument.kind for instrument in unit.instruments),
        evidence=len(unit.evidence),
        observed=unit.observed,
        why=unit.why,
    )
