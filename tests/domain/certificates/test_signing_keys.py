"""From when on a key may be called stolen, and until when a changed one still holds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bekwaam.domain.certificates.signing_keys import (
    GRACE,
    MOST_CHANGES,
    KeyPeriod,
    check_change,
    check_since,
    retires_at,
)
from bekwaam.trust.dids import MOST_KEYS, Issuer, document_of, key_of, read_document
from bekwaam.trust.keys import PrivateKey
from tests.trust.material import DID

NOW = datetime(2026, 11, 26, 9, 0, 30, 500_000, tzinfo=UTC)
MADE = datetime(2026, 3, 1, 12, 0, 20, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("since", "reported", "reason"),
    [
        (NOW, None, ""),
        (NOW + timedelta(seconds=1), None, "future"),
        (MADE, None, ""),
        (MADE.replace(second=0), None, ""),  # who fills in a moment does so to the minute
        (MADE - timedelta(minutes=1), None, "before_key"),
        (NOW - 2 * HOUR, NOW - HOUR, ""),
        (NOW - HOUR, NOW - HOUR, "reported"),
        (NOW, NOW - HOUR, "reported"),
    ],
)
def test_from_when_on_a_key_may_be_called_stolen(
    since: datetime, reported: datetime | None, reason: str
) -> None:
    assert check_since(KeyPeriod(MADE, None, reported), since, NOW).reason == reason


def test_a_changed_key_holds_for_who_is_signing_with_it_and_not_much_longer() -> None:
    until = retires_at(NOW)
    assert NOW + timedelta(seconds=50) < until <= NOW + GRACE
    assert until.microsecond == 0


def test_there_are_never_more_keys_than_others_read() -> None:
    keys = [key_of(DID, PrivateKey.new().public) for _ in range(MOST_KEYS)]
    assert len(read_document(document_of(Issuer(DID, tuple(keys))), DID).keys) == MOST_KEYS
    assert MOST_CHANGES < MOST_KEYS  # one that was stolen can still be changed
    assert [check_change(number).reason for number in (0, MOST_CHANGES - 1, MOST_CHANGES)] == [
        "", "", "too_many_keys",
    ]  # fmt: skip
