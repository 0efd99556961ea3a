"""Credentials to test with, and what the tests of them share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bekwaam.domain.certificates.case_targets import case_targets
from bekwaam.domain.certificates.claims import (
    Claim,
    Holder,
    IssuerProfile,
    Naming,
    Origin,
    StatusEntries,
    StatusEntry,
)
from bekwaam.domain.certificates.paper import CertificateDocument
from bekwaam.frameworks.model import Framework
from tests.papers import paper
from tests.standards import small_standard

ROOT = Path(__file__).resolve().parents[3]
VECTORS = ROOT.parent / "shared" / "vectors"
BASE = "https://evchuis.example"
SECRET = "a7" * 32
EMAIL = "Samira@Kandidaat.example"
ISSUER = IssuerProfile("did:web:evchuis.example:uitgever", "EVC Huis Noord", BASE, legal_id="NTRNL-12345678")
NAMING = Naming(
    experience_id=f"{BASE}/certificaten/2026-7KQ4-XM2P",
    experience_status=StatusEntries(
        StatusEntry(f"{BASE}/status/ingetrokken-1", 41), StatusEntry(f"{BASE}/status/geschorst-1", 77)
    ),
    standard_id=f"{BASE}/certificaten/2026-7KQ4-XM2P/standaard",
    standard_status=StatusEntries(
        StatusEntry(f"{BASE}/status/ingetrokken-1", 42), StatusEntry(f"{BASE}/status/geschorst-1", 78)
    ),
)


def vectors(*parts: str) -> Path:
    """Return a file or folder of official material; skips the test where it is not there."""
    found = VECTORS.joinpath(*parts)
    if not found.exists():
        pytest.skip("the official material on credentials is not beside this checkout")
    return found


def claim(standard: Framework | None = None, language: str = "nl", **changes: Any) -> Claim:
    """Return what goes into the credentials beside the paper."""
    made = Claim(
        issuer=ISSUER,
        holder=Holder(EMAIL),
        naming=NAMING,
        targets=case_targets(standard or small_standard(), BASE, language),
        valid_from=datetime(2026, 4, 14, 9, 30, tzinfo=UTC),
        secret=SECRET,
    )
    return replace(made, **changes)


def rich_paper(language: str = "nl", **changes: Any) -> CertificateDocument:
    """Return a certificate on which a bit of everything stands: met, one short, a life domain, reasons."""
    return paper(
        small_standard(),
        {"1.1": "vakvolwassen", "1.3": "startbekwaam"},
        language=language,
        life_domains=("L1",),
        texts=("Gezien bij mevrouw De Boer.", "Weegt zwaar, zei Noor."),
        recommendations={"1.3": "Loop mee met Bram."},
        **changes,
    )


ORIGIN = {"1.1": Origin("2024-AAAA-BBBB", date(2024, 6, 1))}


@cache
def schema() -> dict[str, Any]:
    """Return the official schema of a credential with an achievement."""
    path = vectors("ob3", "schema", "ob_v3p0_achievementcredential_schema.json")
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def texts(value: Any) -> Iterator[str]:
    """Yield every text in JSON, names of members left out."""
    if isinstance(value, dict):
        for entry in value.values():
            yield from texts(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts(entry)
    else:
        yield str(value)
