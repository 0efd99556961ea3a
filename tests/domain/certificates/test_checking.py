"""What does not hang together is noticed before it is signed."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from bekwaam.domain.certificates.checking import Fault, Flaw, credential_faults
from bekwaam.domain.certificates.openbadge import open_badges
from tests.domain.certificates.badges import ORIGIN, claim, rich_paper
from tests.domain.certificates.test_openbadge import EVERY_KIND


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_what_we_make_hangs_together(kind: str) -> None:
    for credential in EVERY_KIND[kind]():
        assert credential_faults(credential) == ()


def _subject(credential: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = credential["credentialSubject"]
    return found


SPOILT: dict[Flaw, Callable[[dict[str, Any]], object]] = {
    Flaw.NO_IDENTIFIER: lambda c: _subject(c).pop("identifier"),
    Flaw.RESULT_OF_NOTHING: lambda c: _subject(c)["result"][2].update(
        resultDescription="urn:uuid:x#unit-9.9"
    ),
    Flaw.LEVEL_OF_NOTHING: lambda c: _subject(c)["result"][2].update(
        achievedLevel=_subject(c)["result"][3]["achievedLevel"]
    ),
    Flaw.REQUIRED_OF_NOTHING: lambda c: _subject(c)["achievement"]["resultDescription"][2].update(
        requiredLevel="x:y"
    ),
    Flaw.VALUE_NOT_ALLOWED: lambda c: _subject(c)["result"][0].update(value="cum laude"),
    Flaw.RESULT_TWICE: lambda c: _subject(c)["result"].append(deepcopy(_subject(c)["result"][2])),
    Flaw.ENDS_BEFORE_IT_BEGINS: lambda c: c.update(validUntil="2026-04-14T11:30:00+02:00"),
    Flaw.ISSUER_WITHOUT_KEYS: lambda c: c["issuer"].update(id="https://evchuis.example"),
    Flaw.STATUS_NOWHERE: lambda c: c["credentialStatus"].update(statusListIndex="-1"),
}


@pytest.mark.parametrize("flaw", list(Flaw))
def test_each_flaw_is_named(flaw: Flaw) -> None:
    credential = deepcopy(open_badges(rich_paper(), claim(origins=ORIGIN)).experience)
    SPOILT[flaw](credential)
    assert [fault.flaw for fault in credential_faults(credential)] == [flaw]


def test_a_fault_says_what_has_it() -> None:
    credential = deepcopy(open_badges(rich_paper(), claim()).experience)
    SPOILT[Flaw.RESULT_OF_NOTHING](credential)
    assert credential_faults(credential) == (Fault(Flaw.RESULT_OF_NOTHING, "urn:uuid:x#unit-9.9"),)


@pytest.mark.parametrize(
    "place", [{"statusListIndex": "04"}, {"statusListCredential": "http://evchuis.example/1"}]
)
def test_a_suspension_has_to_be_found_as_well(place: dict[str, str]) -> None:
    credential = deepcopy(open_badges(rich_paper(), claim()).experience)
    credential["termsOfUse"][0].update(place)
    assert [fault.flaw for fault in credential_faults(credential)] == [Flaw.STATUS_NOWHERE]
