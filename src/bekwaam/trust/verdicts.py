"""What checking comes to: one entry per question, and what they say together.

Three answers, not two: what could not be found out is not the same as what was found to be wrong. Together
they are the exit status of ``bekwaam verify``: 0 valid, 1 not valid, 2 cannot tell. Codes only; the
sentences are made elsewhere, in the language of the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from bekwaam.trust.reasons import Reason, Refused


class Outcome(StrEnum):
    """What one question, or all together, came to."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """What is asked of a certificate, in the order in which people are told."""

    DOCUMENT = "document"
    ISSUER = "issuer"
    SIGNATURE = "signature"
    PERIOD = "period"
    STATUS = "status"
    LOG = "log"


EXIT: Final = {Outcome.VALID: 0, Outcome.INVALID: 1, Outcome.UNKNOWN: 2}
OK: Final = "ok"

# Reasons for which we cannot tell; every other reason says that something is wrong.
CANNOT_TELL: Final = frozenset(
    {
        Reason.TOO_LARGE,
        Reason.TOO_DEEP,
        Reason.TOO_MANY_VALUES,
        Reason.GRAPH_TOO_HARD,
        Reason.CONTEXT_UNKNOWN,
        Reason.NODE_TWICE,
        Reason.SUITE_UNKNOWN,
        Reason.ISSUER_UNKNOWN,
        Reason.KEY_MAY_BE_STOLEN,
        Reason.STATUS_UNKNOWN,
        Reason.STATUS_LIST,
        Reason.LOG_PROOF_MISSING,
        Reason.LOG_UNKNOWN,
        Reason.LOGGED_LATER,
        Reason.OLD_CHECKPOINT,
    }
)


def outcome_of(reason: Reason | None) -> Outcome:
    """Return what a reason comes to: none is valid."""
    if reason is None:
        return Outcome.VALID
    return Outcome.UNKNOWN if reason in CANNOT_TELL else Outcome.INVALID


@dataclass(frozen=True, slots=True)
class Check:
    """The answer to one question: its outcome, the code of the reason, and details for a report."""

    name: Question
    outcome: Outcome
    code: str = OK
    details: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, name: Question, reason: Reason | None, **details: Any) -> Check:
        """Return the answer that ``reason`` (or none) makes."""
        return cls(name, outcome_of(reason), str(reason or OK), MappingProxyType(details))

    @classmethod
    def refused(cls, name: Question, error: Refused) -> Check:
        """Return the answer when reading or checking was refused."""
        return cls.of(name, error.reason, **({"detail": error.detail} if error.detail else {}))


@dataclass(frozen=True, slots=True)
class Verdict:
    """All answers about one certificate."""

    checks: tuple[Check, ...]

    @property
    def outcome(self) -> Outcome:
        """Invalid when anything is wrong; valid when all was asked and answered well; else we cannot tell.

        A question that was not asked is one without an answer.
        """
        outcomes = {check.outcome for check in self.checks}
        if Outcome.INVALID in outcomes:
            return Outcome.INVALID
        if Outcome.UNKNOWN in outcomes or {check.name for check in self.checks} != set(Question):
            return Outcome.UNKNOWN
        return Outcome.VALID

    @property
    def exit_status(self) -> int:
        """0 valid, 1 not valid, 2 cannot tell."""
        return EXIT[self.outcome]

    def as_json(self) -> dict[str, Any]:
        """Return the report: ``valid`` is true, false, or null when we cannot tell."""
        return {
            "valid": {Outcome.VALID: True, Outcome.INVALID: False, Outcome.UNKNOWN: None}[self.outcome],
            "outcome": str(self.outcome),
            "checks": [
                {
                    "name": str(it.name),
                    "outcome": str(it.outcome),
                    "code": it.code,
                    "details": dict(it.details),
                }
                for it in self.checks
            ],
        }


def worst(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what several outcomes come to: wrong before unknown before valid; of none we cannot tell."""
    found = set(outcomes)
    for outcome in (Outcome.INVALID, Outcome.UNKNOWN, Outcome.VALID):
        if outcome in found:
            return outcome
    return Outcome.UNKNOWN
