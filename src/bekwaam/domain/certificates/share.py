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
from bekwaam.domain.certificates.paper import (
    CertificateDocument,
    StandardOnPaper,
    SupersededOnPaper,
    UnitOnPaper,
)
from bekwaam.frameworks.wheel import Wheel
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
    group_code: str
    group: str
    state: State
    stage_title: str
    rings: int
    counts: bool | None
    asked_title: str
    reasons: SharedReasons | None


DEPTH_HINTS: Final[dict[Depth, str]] = {
    Depth.OUTCOME: N_(
        "Which standard, whether you met it, who issued it and when. Not which competences fell short."
    ),
    Depth.COMPETENCES: N_("Also the wheel, the stage you showed per competence, and how was counted."),
    Depth.REASONS: N_(
        "Also what the assessors saw and why that suffices or not. Not their advice and not your evidence."
    ),
}


@dataclass(frozen=True, slots=True)
class SharedReplaced:
    """The certificate that this one took the place of. Why is between its holder and the provider."""

    number: str
    issued_on: date


@dataclass(frozen=True, slots=True)
class Shared:
    """A certificate as a visitor sees it. ``candidate`` is empty unless the holder shows their name.

    ``supersedes`` is the one that it took the place of; ``wheel`` is None at the depth without competences.
    """

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
    supersedes: SharedReplaced | None = None
    wheel: Wheel | None = None


def shared(document: CertificateDocument, depth: Depth, *, shows_name: bool) -> Shared:
    """Return what a visitor sees of ``document`` at ``depth``.

    Recommendations, pointers for growth, names of assessors, sessions and titles of evidence are for nobody
    but the holder, at any depth. The outcome alone does not say which competences fell short. That it took
    the place of another one is seen at every depth; for what reason at none.
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
        supersedes=_replaced(document.supersedes),
        wheel=document.wheel() if deep else None,
    )


def _replaced(earlier: SupersededOnPaper | None) -> SharedReplaced | None:
    return SharedReplaced(earlier.number, earlier.issued_on) if earlier else None


def _unit(unit: UnitOnPaper, reasons: bool) -> SharedUnit:
    return SharedUnit(
        code=unit.code,
        title=unit.title,
        group_code=unit.group_code,
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
