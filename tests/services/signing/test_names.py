"""Under which names the world knows us."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bekwaam.services.signing.names import did_of_ref, host, identifier, log_origin, ref_of
from bekwaam.trust.dids import url_of_did_web


@pytest.mark.parametrize(
    ("chosen", "address", "expected"),
    [
        ("", "https://evc.example", "evc.example"),
        ("", "https://EVC.example:8443/", "evc.example:8443"),
        ("", "https://evc.example:443", "evc.example"),
        ("", "http://localhost:8000", "localhost:8000"),
        ("", "http://127.0.0.1:8000", "localhost:8000"),
        ("", "http://192.168.1.5", "localhost"),
        ("", "http://[2001:db8::a]:81", "localhost:81"),
        ("bewijs.example", "https://evc.example:8443", "bewijs.example"),
        ("bewijs.example:81", "http://127.0.0.1", "bewijs.example:81"),
    ],
)
def test_the_host_of_identifiers(settings: Any, chosen: str, address: str, expected: str) -> None:
    settings.BEKWAAM_ISSUER_HOST, settings.BASE_URL = chosen, address
    assert host() == expected
    assert log_origin() == f"{expected}/log"
    assert identifier("/c/1") == f"https://{expected}/c/1"
    assert url_of_did_web(did_of_ref("abc234")) == f"https://{expected}/aanbieder/abc234/did.json"
    assert ref_of(did_of_ref("abc234")) == "abc234"


@pytest.mark.parametrize("chosen", ["10.0.0.1", "evc.example/pad", "evc.example:0", "evc.example:x", "a b"])
def test_a_host_that_is_none_is_told_to_whoever_set_it(settings: Any, chosen: str) -> None:
    settings.BEKWAAM_ISSUER_HOST = chosen
    with pytest.raises(ImproperlyConfigured, match="BEKWAAM_ISSUER_HOST"):
        host()


@pytest.mark.parametrize(
    "did",
    ["", "did:web:evc.example", "did:web:evc.example:other:abc234", "did:web:elsewhere:aanbieder:abc234",
     "did:web:evc.example:aanbieder:ABC", "did:key:z6Mk"],
)  # fmt: skip
def test_whoever_is_no_provider_of_ours_has_no_reference(settings: Any, did: str) -> None:
    settings.BEKWAAM_ISSUER_HOST = "evc.example"
    assert ref_of(did) == ""
