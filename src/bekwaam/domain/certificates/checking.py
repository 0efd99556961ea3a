"""Whether a credential hangs together, before it is signed: what no schema asks and a reader relies on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

_INDEX: Final = re.compile(r"0|[1-9][0-9]{0,9}")


class Flaw(StrEnum):
    """What is wrong with a credential."""

    NO_IDENTIFIER = "no_identifier"
    RESULT_OF_NOTHING = "result_of_nothing"
    LEVEL_OF_NOTHING = "level_of_nothing"
    REQUIRED_OF_NOTHING = "required_of_nothing"
    VALUE_NOT_ALLOWED = "value_not_allowed"
    RESULT_TWICE = "result_twice"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    ISSUER_WITHOUT_KEYS = "issuer_without_keys"
    STATUS_NOWHERE = "status_nowhere"


@dataclass(frozen=True, slots=True)
class Fault:
    """A flaw and what has it."""

    flaw: Flaw
    subject: str


def credential_faults(credential: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Return what does not hang together in an unsigned credential; empty when it may be signed.

    Source: Open Badges 3.0 (the descriptions of ``AchievementSubject`` and ``Result``); VC Data Model 2.0.
    """
    return tuple(_faults(credential))


def _faults(credential: Mapping[str, Any]) -> Iterator[Fault]:
    subject = credential["credentialSubject"]
    if not subject.get("id") and not subject.get("identifier"):
        yield Fault(Flaw.NO_IDENTIFIER, str(credential.get("id", "")))
    issuer = str(credential["issuer"]["id"])
    if not issuer.startswith("did:"):
        yield Fault(Flaw.ISSUER_WITHOUT_KEYS, issuer)
    for entry in (credential["credentialStatus"], *credential.get("termsOfUse", ())):
        if not _INDEX.fullmatch(entry["statusListIndex"]) or not entry["statusListCredential"].startswith(
            "https://"
        ):
            yield Fault(Flaw.STATUS_NOWHERE, entry["id"])
    until = credential.get("validUntil")
    if until is not None and _when(until) <= _when(credential["validFrom"]):
        yield Fault(Flaw.ENDS_BEFORE_IT_BEGINS, until)
    described = {one["id"]: one for one in subject["achievement"].get("resultDescription", ())}
    for identifier, one in described.items():
        required = one.get("requiredLevel")
        if required is not None and required not in _levels(one):
            yield Fault(Flaw.REQUIRED_OF_NOTHING, identifier)
    seen: set[str] = set()
    for result in subject.get("result", ()):
        yield from _result_faults(result, described, seen)


def _result_faults(
    result: Mapping[str, Any], described: Mapping[str, Mapping[str, Any]], seen: set[str]
) -> Iterator[Fault]:
    of = str(result.get("resultDescription", ""))
    if of not in described:
        yield Fault(Flaw.RESULT_OF_NOTHING, of)
        return
    if of in seen:
        yield Fault(Flaw.RESULT_TWICE, of)
    seen.add(of)
    level = result.get("achievedLevel")
    if level is not None and level not in _levels(described[of]):
        yield Fault(Flaw.LEVEL_OF_NOTHING, of)
    allowed = described[of].get("allowedValue")
    if allowed is not None and result.get("value") not in allowed:
        yield Fault(Flaw.VALUE_NOT_ALLOWED, of)


def _levels(description: Mapping[str, Any]) -> set[str]:
    return {level["id"] for level in description.get("rubricCriterionLevel", ())}


def _when(moment: str) -> datetime:
    return datetime.fromisoformat(moment)
