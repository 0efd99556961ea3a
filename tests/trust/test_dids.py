"""Who issues, and with which keys."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bekwaam.trust.dids import Issuer, did_web_of, document_of, key_of, read_document, url_of_did_web
from bekwaam.trust.reasons import Reason, Refused
from tests.trust.material import DAY, DID, ISSUER, KEY, NOW, OTHER, issuer


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:evc.example", "https://evc.example/.well-known/did.json"),
        ("did:web:evc.example:aanbieders:de-kade", "https://evc.example/aanbieders/de-kade/did.json"),
        ("did:web:localhost%3A8000", "https://localhost:8000/.well-known/did.json"),
        ("did:web:localhost%3A8000:a", "https://localhost:8000/a/did.json"),
    ],
)
def test_an_identifier_is_an_address(did: str, url: str) -> None:
    assert url_of_did_web(did) == url


@pytest.mark.parametrize(
    "did",
    [
        "did:web:",
        "did:web",
        "did:key:z6Mk",
        "https://evc.example",
        "did:web:127.0.0.1",
        "did:web:10.0.0.8%3A80",
        "did:web:2130706433",
        "did:web:[::1]",
        "did:web:evc.example/..",
        "did:web:evc.example:..",
        "did:web:evc.example:a:..:b",
        "did:web:evc.example::a",
        "did:web:evc.example:a%2F..%2Fb",
        "did:web:user@evc.example",
        "did:web:evc.example%3A",
        "did:web:evc.example%3A0",
        "did:web:evc.example%3A99999",
        "did:web:evc.example%3a80",
        "did:web:evc.example#key",
        "did:web:evc.example?x=1",
        "did:web:EVC.example",
        "did:web:evc.example\n",
        "did:web:еvc.example",  # with a Cyrillic letter
        "did:web:" + "a" * 2100,
    ],
)
def test_an_identifier_that_could_lead_elsewhere_is_refused(did: str) -> None:
    with pytest.raises(Refused, match=Reason.IDENTIFIER):
        url_of_did_web(did)


def test_a_document_is_read_as_it_was_written() -> None:
    keys = (
        KEY,
        replace(key_of(DID, OTHER.public), retired_at=NOW - DAY, compromised_at=NOW),
    )
    made = document_of(Issuer(DID, keys))
    assert read_document(made, DID) == Issuer(DID, keys)
    assert made["verificationMethod"][1]["expires"] == "2026-11-25T09:00:00Z"
    assert made["verificationMethod"][1]["revoked"] == "2026-11-26T09:00:00Z"


def _changed(**changes: Any) -> dict[str, Any]:
    made = document_of(ISSUER)
    made["verificationMethod"][0] |= changes
    return made


def test_the_document_of_another_is_refused() -> None:
    with pytest.raises(Refused, match=Reason.IDENTIFIER):
        read_document(document_of(ISSUER), did_web_of("evc.example"))


def test_a_key_named_after_another_issuer_is_refused() -> None:
    other = did_web_of("ander.example") + "#" + KEY.public.multibase
    with pytest.raises(Refused, match=Reason.IDENTIFIER):
        read_document(_changed(id=other) | {"assertionMethod": [other]}, DID)


@pytest.mark.parametrize(
    "changes",
    [
        {"controller": "did:web:ander.example"},
        {"type": "JsonWebKey"},
        {"publicKeyMultibase": "zDnaegE6RR3atJtHKwTRTWHsJ3kNHqFwv7n9YjTgmU7TyfU76"},
        {"id": DID + "#another"},
    ],
)
def test_a_key_that_is_not_the_issuers_to_claim_with_does_not_count(changes: dict[str, Any]) -> None:
    assert read_document(_changed(**changes), DID).keys == ()


def test_a_key_for_logging_in_does_not_count() -> None:
    made = document_of(ISSUER) | {"assertionMethod": [], "authentication": [KEY.id]}
    assert read_document(made, DID).keys == ()


def test_keys_by_fragment_and_keys_inside_the_purpose_are_read() -> None:
    made = _changed(id="#" + KEY.public.multibase)
    assert read_document(made | {"assertionMethod": ["#" + KEY.public.multibase]}, DID).keys == (KEY,)
    inside = made["verificationMethod"]
    assert read_document(made | {"verificationMethod": [], "assertionMethod": inside}, DID).keys == (KEY,)


@pytest.mark.parametrize(
    ("field", "value"),
    [("verificationMethod", {}), ("assertionMethod", "x"), ("verificationMethod", [{}] * 201)],
)
def test_a_document_of_another_shape_is_refused(field: str, value: Any) -> None:
    with pytest.raises(Refused, match=Reason.SHAPE):
        read_document(document_of(ISSUER) | {field: value}, DID)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(Refused, match=Reason.SHAPE):
        read_document(_changed(revoked="2026-11-26T09:00:00"), DID)


# key's own moments; what the signature claims; when others had seen it; what that makes of it
MOMENTS: list[tuple[dict[str, datetime], datetime, datetime | None, Reason | None]] = [
    ({}, NOW - 9 * DAY, None, None),
    ({"retired_at": NOW - DAY}, NOW - 2 * DAY, None, None),
    ({"retired_at": NOW - DAY}, NOW - DAY, None, Reason.KEY_RETIRED),
    ({"retired_at": NOW - DAY}, NOW, None, Reason.KEY_RETIRED),
    ({"compromised_at": NOW - DAY}, NOW, None, Reason.KEY_COMPROMISED),
    ({"compromised_at": NOW - DAY}, NOW - DAY, NOW - 2 * DAY, Reason.KEY_COMPROMISED),
    ({"compromised_at": NOW - DAY}, NOW - 2 * DAY, None, Reason.KEY_MAY_BE_STOLEN),
    ({"compromised_at": NOW - DAY}, NOW - 3 * DAY, NOW, Reason.KEY_MAY_BE_STOLEN),
    ({"compromised_at": NOW - DAY}, NOW - 3 * DAY, NOW - 2 * DAY, None),
    ({"retired_at": NOW - 4 * DAY, "compromised_at": NOW}, NOW - 3 * DAY, NOW - 2 * DAY, Reason.KEY_RETIRED),
]


@pytest.mark.parametrize(("moments", "claimed", "attested", "reason"), MOMENTS)
def test_a_key_is_trusted_for_its_own_time_only(
    moments: dict[str, datetime], claimed: datetime, attested: datetime | None, reason: Reason | None
) -> None:
    assert issuer(**moments).keys[0].objection(claimed, attested) is reason
