"""What checking a file came to, as a value: for the page, the command and the programs of others alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bekwaam.domain.certificates.claimed import Claimed
from bekwaam.domain.certificates.handed import HandedKind
from bekwaam.domain.certificates.signed import Standing
from bekwaam.trust.verdicts import EXIT, Check, Outcome, Question, Verdict, worst

_VALID: Final = {Outcome.VALID: True, Outcome.INVALID: False, Outcome.UNKNOWN: None}


class Aspect(StrEnum):
    """What is asked beside what is asked of every credential."""

    PAPER = "paper"  # only of a PDF
    NAME = "name"  # only where somebody names a holder


@dataclass(frozen=True, slots=True)
class AspectCheck:
    """The answer to such a question, as :class:`bekwaam.trust.verdicts.Check` is for the others."""

    name: Aspect
    outcome: Outcome
    code: str
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One answer in a report, whatever was asked."""

    name: str
    outcome: Outcome
    code: str
    details: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {
            "name": self.name,
            "outcome": str(self.outcome),
            "code": self.code,
            "details": dict(self.details),
        }


def _line(it: Check | AspectCheck) -> ReportLine:
    return ReportLine(str(it.name), it.outcome, it.code, it.details)


@dataclass(frozen=True, slots=True)
class Verification:
    """All that was found out about one file.

    ``kind`` is as what it was looked at; ``paper`` what a PDF is worth as a paper, None for anything else.
    ``verdict`` is on the credential, ``facts`` what that says (true or not), ``credential`` the thing itself
    where it could be read. ``successor`` is the number of the certificate that took its place: no fault, but
    whoever looks has to know. ``aspects`` are the answers beside the verdict.
    """

    kind: HandedKind
    verdict: Verdict
    paper: Standing | None = None
    facts: Claimed | None = None
    credential: dict[str, Any] | None = field(default=None, repr=False)
    digest: str = ""
    successor: str = ""
    aspects: tuple[AspectCheck, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """What it all comes to: anything wrong makes the whole wrong, anything unknown makes it unknown."""
        return worst([self.verdict.outcome, *(it.outcome for it in self.aspects)])

    @property
    def exit_status(self) -> int:
        """0 valid, 1 not valid, 2 cannot tell."""
        return EXIT[self.outcome]

    @property
    def lines(self) -> tuple[ReportLine, ...]:
        """Every answer, in the order in which people are told: paper, credential, name."""
        of_paper = [_line(it) for it in self.aspects if it.name is Aspect.PAPER]
        others = [_line(it) for it in self.aspects if it.name is not Aspect.PAPER]
        return (*of_paper, *map(_line, self.verdict.checks), *others)

    def code_of(self, question: Question | Aspect) -> str:
        """Return the code of the first answer to ``question`` that is not in order, else of the first; empty
        when it was not asked.
        """
        asked = [line for line in self.lines if line.name == str(question)]
        wrong = [line for line in asked if line.outcome is not Outcome.VALID]
        return (wrong or asked)[0].code if asked else ""

    def as_json(self) -> dict[str, Any]:
        """Return the report: ``valid`` is true, false, or null when we cannot tell."""
        return {
            "valid": _VALID[self.outcome],
            "outcome": str(self.outcome),
            "kind": str(self.kind),
            "checks": [line.as_json() for line in self.lines],
            "paper": str(self.paper) if self.paper else None,
            "successor": self.successor or None,
            "digest": self.digest or None,
            "facts": self.facts.as_json() if self.facts else None,
        }
