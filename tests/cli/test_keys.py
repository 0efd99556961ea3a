"""``bekwaam keys``: listing, changing, reporting stolen, and another passphrase."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from bekwaam.cli.main import main
from bekwaam.services import clock
from bekwaam.services.issuers.keys import make_first_key, rotate
from bekwaam.services.signing import ring
from bekwaam.store.models import SigningKey
from tests.cast import Cast

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def keys(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["keys", *arguments, "--lang", "en"], input=typed)


def own_safe(settings: Any, tmp_path: Path) -> None:
    """Let the keys of this test lie in a folder of their own."""
    settings.BEKWAAM_KEYS = tmp_path / "keys"
    settings.OWN_KEY_PASSPHRASE = tmp_path / "key-passphrase"


def test_every_key_is_listed_and_one_that_does_not_open_is_named(
    cast: Cast, settings: Any, tmp_path: Path
) -> None:
    own_safe(settings, tmp_path)
    assert "There are no keys yet." in keys("list").output
    first = make_first_key(None, cast.provider)
    second = rotate(None, cast.provider)
    found = keys("list", "--check")
    assert found.exit_code == 0
    assert found.output.startswith("Public log\n")
    assert first.public in found.output and second.public in found.output
    (tmp_path / "keys" / f"{first.name}.json").unlink()
    found = keys("list", "--check")
    assert found.exit_code == 1
    assert found.output.count("DOES NOT OPEN") == 1
    assert keys("list").exit_code == 0


def test_a_key_is_changed_by_the_name_of_the_provider(cast: Cast) -> None:
    first = make_first_key(None, cast.provider)
    done = keys("rotate", cast.provider.name.upper())
    assert done.exit_code == 0
    assert done.output.strip() == ring.current_key(cast.provider).public != first.public
    unknown = keys("rotate", "Nobody")
    assert unknown.exit_code == 1 and "no such provider" in unknown.output


def test_a_key_is_reported_stolen_after_asking(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(hours=2)):
        key = make_first_key(None, cast.provider)
    since = f"{timezone.localtime() - timedelta(hours=1):%Y-%m-%dT%H:%M}"
    asked = keys("compromised", cast.provider.ref, key.public, "--since", since, typed="n\n")
    assert asked.exit_code == 1
    assert "0 certificates no longer hold." in asked.output
    assert SigningKey.objects.get(pk=key.pk).compromised_at is None
    done = keys("compromised", cast.provider.ref, key.ref, "--since", since, "--yes")
    assert done.exit_code == 0, done.output
    told = SigningKey.objects.get(pk=key.pk).compromised_at
    assert told is not None and f"{timezone.localtime(told):%Y-%m-%dT%H:%M}" == since
    again = keys("compromised", cast.provider.ref, key.ref, "--since", since, "--yes")
    assert again.exit_code == 1 and "already" in again.output
    other = keys("compromised", cast.other_provider.ref, key.ref, "--since", since, "--yes")
    assert other.exit_code == 1 and "no such" in other.output


def test_all_keys_get_another_passphrase(cast: Cast, settings: Any, tmp_path: Path) -> None:
    own_safe(settings, tmp_path)
    key = make_first_key(None, cast.provider)
    short = keys("passphrase", typed="kort\nkort\n")
    assert short.exit_code == 1 and "12 characters" in short.output
    file = tmp_path / "new"
    file.write_text("tien bruine beren\n")
    done = keys("passphrase", "--file", str(file))
    assert done.exit_code == 0
    assert "2 keys sealed anew." in done.output and "opens nothing any more" in done.output
    assert keys("list", "--check").exit_code == 1
    settings.KEY_PASSPHRASE_FILE = str(file)
    assert keys("list", "--check").exit_code == 0
    assert ring.signer_of(key).public.multibase == key.public


def test_the_log_gets_a_new_key_after_asking(cast: Cast) -> None:
    before = ring.log_key()
    assert keys("rotate-log", typed="n\n").exit_code == 1
    assert ring.log_key() == before
    done = keys("rotate-log", "--yes")
    assert done.output.strip() == ring.log_key().text != before.text
