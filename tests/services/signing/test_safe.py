"""What is looked at before anything has to be signed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from bekwaam.services import ports
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.signing import safe
from tests.cast import Cast


def test_a_passphrase_that_does_not_open_the_keys_is_noticed(cast: Cast, settings: Any) -> None:
    assert safe.opens()
    with transaction.atomic():
        ensure_key(cast.provider)
    assert safe.opens()
    settings.KEY_PASSPHRASE = "another passphrase altogether"
    assert not safe.opens()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("BEKWAAM_ISSUER_HOST", "evc.example/pad", "BEKWAAM_ISSUER_HOST"),
        ("BASE_URL", "https://evc_huis", "BEKWAAM_URL"),
        ("TIMESTAMP_URL", "ftp://tsa.example", "BEKWAAM_TIMESTAMP_URL"),
        ("TIMESTAMP_URL", "tsa.example", "BEKWAAM_TIMESTAMP_URL"),
    ],
)
def test_settings_that_can_never_do_are_told_when_starting(
    settings: Any, name: str, value: str, told: str
) -> None:
    safe.check_settings()
    setattr(settings, name, value)
    with pytest.raises(ImproperlyConfigured, match=told):
        safe.check_settings()


def test_papers_are_stamped_only_where_a_service_was_named(settings: Any) -> None:
    assert ports.paper_stamper() is None
    settings.TIMESTAMP_URL = "http://tsa.example/tsr"
    assert ports.paper_stamper() is not None
