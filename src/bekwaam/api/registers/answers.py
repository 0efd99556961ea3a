"""What the programs of others are answered with: the shapes, as the description shows them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Field, Schema

from bekwaam.domain.certificates.batch import MOST, Answered, Asked
from bekwaam.domain.certificates.numbers import read_number
from bekwaam.services.checking.files import Answer
from bekwaam.trust.verdicts import Outcome

LONGEST_NUMBER = 60
LONGEST_NAME = 200
Standing = Literal["good", "suspended", "revoked", "replaced", "doubtful", "erased", "unknown", "no_number"]
OfPerson = Literal["not_asked", "same", "other", "cannot_tell"]
Valid = {Outcome.VALID: True, Outcome.INVALID: False, Outcome.UNKNOWN: None}


class Trouble(Schema):
    """Why a question was not answered."""

    detail: str = Field(description="One sentence, in English.")
    where: list[str] = Field([], description="Which parts of the question are not as described.")


class AskedAbout(Schema):
    """A number, and perhaps a name to hold against it."""

    number: str = Field(max_length=LONGEST_NUMBER, examples=["2026-7KQ4-XM2P"])
    name: str = Field("", max_length=LONGEST_NAME, description="Answered with yes or no, and nothing else.")


class Question(Schema):
    """Up to a thousand certificates."""

    certificates: list[AskedAbout] = Field(min_length=1, max_length=MOST)

    def lines(self) -> list[Asked]:
        """Return what is asked, as a list that is handed in as a file would be."""
        return [
            Asked(row, one.number.strip(), read_number(one.number), one.name.strip())
            for row, one in enumerate(self.certificates, 1)
        ]


class CertificateAnswer(Schema):
    """How one certificate stands, by the tables and the public log together."""

    number: str = Field(description="As it was given out; what was asked where that is no number.")
    standing: Standing
    of_person: OfPerson = Field(description="Whether it is of the person who was named.")
    issuer: str
    standard: str
    issued_on: str = Field(description="A day (ISO 8601), or empty.")
    replaced_by: str = Field(description="The number of the certificate that took its place, or empty.")

    @classmethod
    def of(cls, answer: Answered) -> CertificateAnswer:
        """Return the answer to one line."""
        return cls(
            number=answer.asked.number or answer.asked.typed,
            standing=str(answer.found),
            of_person=str(answer.name),
            issuer=answer.provider,
            standard=answer.standard,
            issued_on=answer.issued_on,
            replaced_by=answer.successor,
        )


class Answers(Schema):
    """The answers, in the order in which was asked."""

    certificates: list[CertificateAnswer]


class CheckLine(Schema):
    """The answer to one question about a file; ``code`` never changes its meaning."""

    name: str
    outcome: Literal["valid", "invalid", "unknown"]
    code: str
    details: dict[str, Any]


class FileAnswer(Schema):
    """What a file is worth. ``facts`` are what it says: true only where ``valid`` is."""

    valid: bool | None = Field(description="null when it cannot be told.")
    outcome: Literal["valid", "invalid", "unknown"]
    checked_at: datetime
    kind: Literal["pdf", "json", "jwt", "unknown"]
    checks: list[CheckLine]
    facts: dict[str, Any] | None
    held: str | None = Field(description="How the file compares with what was issued here; null elsewhere.")
    log_says: str | None = Field(description="How it stands by the log where the lists do not say so.")
    replaced_by: str

    @classmethod
    def of(cls, answer: Answer) -> FileAnswer:
        """Return the answer about one file."""
        found, own = answer.verification.as_json(), answer.own
        return cls(
            valid=Valid[answer.outcome],
            outcome=str(answer.outcome),
            checked_at=answer.checked_at,
            kind=found["kind"],
            checks=found["checks"],
            facts=found["facts"],
            held=str(own.held) if own else None,
            log_says=str(own.hidden) if own and own.hidden else None,
            replaced_by=(own.successor if own else "") or found["successor"] or "",
        )
