"""The limits on logging in: by person and by where from, also behind a web server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD, Cast


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Iterator[None]:
    """Switch the limits on, as in a real installation behind one web server."""
    del settings.ACCOUNT_RATE_LIMITS
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    cache.clear()
    yield
    cache.clear()


def tries(email: str, password: str, visitor: str) -> bool:
    """Try to log in; ``visitor`` is where from, after what a visitor may have made up."""
    client = Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=f"203.0.113.99, {visitor}")
    page = client.post(reverse("account_login"), {"login": email, "password": password})
    return page.status_code == 302


def test_after_five_mistakes_the_right_password_has_to_wait_too(cast: Cast) -> None:
    for _ in range(5):
        assert not tries(cast.guide.email, "fout-fout-fout", "198.51.100.1")
    assert not tries(cast.guide.email, PASSWORD, "198.51.100.1")


def test_one_visitors_mistakes_do_not_lock_out_the_others(cast: Cast) -> None:
    for number in range(12):
        tries(f"niemand{number}@example.org", "fout-fout-fout", "198.51.100.1")
    assert not tries(cast.coordinator.email, PASSWORD, "198.51.100.1")
    assert tries(cast.coordinator.email, PASSWORD, "198.51.100.2")


@pytest.mark.parametrize(
    ("address", "given", "proxies"),
    [("http://127.0.0.1:8000", "", 0), ("https://evc.example.nl", "", 1), ("https://evc.example.nl", "2", 2)],
)
def test_behind_https_one_web_server_is_counted_on(
    address: str, given: str, proxies: int, tmp_path: Path
) -> None:
    surroundings = {"BEKWAAM_URL": address, "BEKWAAM_DATA": str(tmp_path), "BEKWAAM_SECRET_KEY": "x"}
    if given:
        surroundings["BEKWAAM_PROXIES"] = given
    code = "from bekwaam.config import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    done = subprocess.run(
        [sys.executable, "-c", code], env=surroundings, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) == proxies
