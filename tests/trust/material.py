"""What the tests of trust share: a certificate like ours, an issuer with keys, and the vectors of others."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bekwaam.trust.contexts import CREDENTIALS, OPEN_BADGES, Contexts
from bekwaam.trust.dids import Issuer, Key, did_web_of, key_of
from bekwaam.trust.keys import PrivateKey
from bekwaam.trust.proofs import sign

VECTORS = Path(__file__).resolve().parents[2].parent / "shared" / "vectors"
NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DID = did_web_of("evc.example", "aanbieders", "de-kade")
PRIVATE = PrivateKey(bytes(range(32)))
OTHER = PrivateKey(bytes(range(1, 33)))
KEY = key_of(DID, PRIVATE.public)
ISSUER = Issuer(DID, (KEY,))


def vector(name: str) -> Path:
    """Return a file of the W3C and 1EdTech vectors, or skip the test when they are not beside this
    checkout.
    """
    path = VECTORS / name
    if not path.exists():
        pytest.skip("the vectors of W3C and 1EdTech are not beside this checkout")
    return path


def vector_json(name: str) -> dict[str, Any]:
    made = json.loads(vector(name).read_text("utf-8"))
    assert isinstance(made, dict)
    return made


def with_examples() -> Contexts:
    """Our contexts and the one of the examples of W3C, which the vectors use and no certificate may."""
    address = "https://www.w3.org/ns/credentials/examples/v2"
    return Contexts({address: vector_json("vcdm2/contexts/credentials/examples/v2")})


def certificate(**changes: Any) -> dict[str, Any]:
    """Return an unsigned certificate of experience with three competences, as Open Badges 3.0."""
    base = "https://evc.example/ervaringscertificaat"
    made: dict[str, Any] = {
        "@context": [CREDENTIALS, OPEN_BADGES],
        "id": f"{base}/7QK2",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": {"@value": "Ervaringscertificaat sociaal werker", "@language": "nl"},
        "issuer": {"id": DID, "type": ["Profile"], "name": "EVC De Kade"},
        "validFrom": "2026-11-20T10:00:00Z",
        "validUntil": "2031-11-20T10:00:00Z",
        "credentialStatus": [status_entry("revocation", 94567), status_entry("suspension", 94567)],
        "credentialSubject": {
            "id": "urn:uuid:0b6e4b2e-0c43-4f5b-9d0a-6c0f6d6f1f10",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": f"{base}/standaard/mbo-2024",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": "Sociaal werker",
                "description": "Wat je in het werk hebt geleerd, beoordeeld door twee assessoren.",
                "criteria": {"narrative": "Oordeel per competentie.\nTwee assessoren, een eindoordeel."},
                "resultDescription": [
                    {
                        "id": f"{base}/standaard/mbo-2024/{code}",
                        "type": ["ResultDescription"],
                        "name": f"Competentie {code}",
                        "resultType": "RubricCriterionLevel",
                    }
                    for code in ("1.1", "1.2", "2.1")
                ],
            },
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{base}/standaard/mbo-2024/{code}",
                    "value": value,
                }
                for code, value in (("1.1", "vakbekwaam"), ("1.2", "vakbekwaam"), ("2.1", "startbekwaam"))
            ],
        },
        "evidence": [{"id": "urn:sha256:" + "ab" * 32, "type": ["Evidence"], "name": "Casus"}],
    }
    return made | changes


def status_entry(purpose: str, index: int) -> dict[str, Any]:
    return {
        "id": f"https://evc.example/status/{purpose}/1#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": f"https://evc.example/status/{purpose}/1",
    }


def signed(document: dict[str, Any] | None = None, **options: Any) -> dict[str, Any]:
    """Return ``document`` (or the certificate) signed with the issuer's key, a day ago."""
    chosen: dict[str, Any] = {"signer": PRIVATE, "method": KEY.id, "created": NOW - DAY} | options
    return sign(certificate() if document is None else document, **chosen)


def issuer(**changes: Any) -> Issuer:
    """Return the issuer with its key changed: retired or compromised at some moment."""
    return replace(ISSUER, keys=(replace(KEY, **changes),))


def finder(*keys: Key) -> Any:
    return Issuer(DID, keys or (KEY,)).key
