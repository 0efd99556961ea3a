"""A dossier as a whole: everything that a procedure has come to, ready to be decided.

What a dossier file looks like stands in ``docs/dossier.md`` and in its JSON Schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from bekwaam.domain.assessment.decision import Decision, decide
from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.procedures.scope import Scope
from bekwaam.frameworks.model import Framework

MAX_NAME: Final = 200
MAX_TEXT: Final = 20_000


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """One piece of evidence as a dossier names it: never its content."""

    ref: str
    title: str
    kind: EvidenceKind
    dated: date | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """What was judged about one candidate, pinned to one standard.

    ``findings`` are the final ones, at most one per unit; ``recommendations`` hold, per unit, what the
    assessors advise. ``language`` is that of the certificate. ``number`` and ``dated`` are the
    certificate's, and may be absent while nothing is issued.
    """

    standard: Framework
    candidate: str
    provider: str
    place: str
    number: str
    dated: date | None
    language: str
    scope: Scope
    sessions: tuple[Session, ...]
    evidence: tuple[EvidenceEntry, ...]
    assessors: tuple[str, ...]
    findings: tuple[Finding, ...]
    recommendations: Mapping[str, str]

    def decide(self) -> Decision:
        """Return the outcome by the standard's rule."""
        return decide(self.standard, self.scope, self.findings, self.sessions)
