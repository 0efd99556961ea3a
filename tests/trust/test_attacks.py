"""The table of attacks: what is tried, which question finds it, and what the whole comes to."""

from __future__ import annotations

from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS
from bekwaam.trust.dids import did_web_of, key_of
from bekwaam.trust.merkle import leaf_hash
from tests.trust.at_hand import codes, logged, only, published, verdict
from tests.trust.material import (
    DAY,
    NOW,
    OTHER,
    certificate,
    issuer,
    signed,
)

ATTACKS: list[tuple[str, Any, dict[str, Any], dict[str, str], int]] = [
    ("edited", lambda: signed() | {"name": "Ander"}, {}, {"signature": "signature"}, 1),
    (
        "backdated",
        lambda: signed() | {"validFrom": "2020-01-01T00:00:00Z"},
        {},
        {"signature": "signature"},
        1,
    ),
    ("not signed", certificate, {}, {"signature": "proof_missing"}, 1),
    ("signed by another", lambda: signed(signer=OTHER), {}, {"signature": "signature"}, 1),
    (
        "signed by another in its own name",
        lambda: signed(signer=OTHER, method=key_of("did:web:kwaad.example", OTHER.public).id),
        {},
        {"signature": "key_unknown"},
        1,
    ),
    (
        "a look-alike issuer",
        lambda: signed(certificate(issuer=did_web_of("evc-examp1e.example"))),
        {},
        {"issuer": "issuer_unknown", "signature": "issuer_unknown", "status": "status_list"},
        2,
    ),
    (
        "expired",
        lambda: signed(certificate(validUntil="2026-11-26T09:00:00Z")),
        {},
        {"period": "expired"},
        1,
    ),
    (
        "not yet",
        lambda: signed(certificate(validFrom="2026-11-27T09:00:00Z")),
        {},
        {"period": "not_yet_valid"},
        1,
    ),
    (
        "a period that is none",
        lambda: signed(certificate()) | {"validUntil": "ooit"},
        {},
        {"signature": "signature", "period": "shape"},
        1,
    ),
    (
        "revoked",
        signed,
        {"lists": lambda url: published(url, *only("revocation", url))},
        {"status": "revoked"},
        1,
    ),
    ("another is revoked", signed, {"lists": lambda url: published(url, 94566)}, {}, 0),
    (
        "an old list",
        signed,
        {"lists": lambda url: published(url, valid_until=NOW)},
        {"status": "status_list"},
        2,
    ),
    (
        "a forged list",
        signed,
        {"lists": lambda url: published(url, signer=OTHER)},
        {"status": "status_list"},
        2,
    ),
    (
        "the list of another issuer",
        signed,
        {"lists": lambda url: published(url, issuer="did:web:ander.example")},
        {"status": "status_list"},
        2,
    ),
    (
        "another list",
        signed,
        {"lists": lambda url: published(url.replace("/1", "/2"))},
        {"status": "status_list"},
        2,
    ),
    ("no list at hand", signed, {"lists": lambda url: None}, {"status": "status_list"}, 2),
    (
        "a list without an end",
        signed,
        {"lists": lambda url: {k: v for k, v in published(url).items() if k != "validUntil"}},
        {"status": "status_list"},
        2,
    ),
    (
        "its status hidden",
        lambda: signed() | {"credentialStatus": "https://evc.example/status/revocation/1#94567"},
        {},
        {"signature": "signature", "status": "shape"},
        1,
    ),
    ("no proof of the log", signed, {"logged": None}, {"log": "log_proof_missing"}, 2),
    ("not in the log", signed, {"logged": logged(leaf_hash(b"x"))}, {"log": "not_in_log"}, 1),
    (
        "a key stolen and used later",
        signed,
        {"issuers": lambda did: issuer(compromised_at=NOW - 2 * DAY)},
        {"signature": "key_compromised", "status": "status_list"},
        1,
    ),
    (
        "a key stolen and a moment made up",
        lambda: signed(created=NOW - 9 * DAY),
        {"issuers": lambda did: issuer(compromised_at=NOW - 5 * DAY)},
        {"signature": "key_may_be_stolen", "status": "status_list"},
        2,
    ),
    (
        "a context of its own",
        lambda: signed() | {"@context": [CREDENTIALS, {"name": "urn:x"}]},
        {},
        {"signature": "context_place"},
        1,
    ),
    (
        "a context at a private address",
        lambda: signed() | {"@context": [CREDENTIALS, "http://169.254.169.254/"]},
        {},
        {"signature": "context_unknown"},
        2,
    ),
    (
        "recursive without end",
        lambda: signed() | {"evidence": _deep(900)},
        {},
        {"signature": "too_deep"},
        2,
    ),
]


def _deep(levels: int) -> dict[str, Any]:
    made: dict[str, Any] = {"type": "Evidence"}
    for _ in range(levels):
        made = {"evidence": made}
    return made


@pytest.mark.parametrize(
    ("make", "changes", "expected", "status"), [row[1:] for row in ATTACKS], ids=[row[0] for row in ATTACKS]
)
def test_what_is_wrong_is_said(
    make: Any, changes: dict[str, Any], expected: dict[str, str], status: int
) -> None:
    found = verdict(make(), **changes)
    assert codes(found) == expected
    assert found.exit_status == status
