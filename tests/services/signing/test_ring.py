"""The keys of providers and of the log."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.services import ports
from bekwaam.services.errors import Refused
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.signing import ring
from bekwaam.store.models import AuditEntry, SigningKey
from tests.cast import Cast


def test_a_provider_gets_its_key_at_first_use_and_keeps_it(cast: Cast) -> None:
    with pytest.raises(Refused, match="no_key"):
        ring.current_key(cast.provider)
    with transaction.atomic():
        key = ensure_key(cast.provider)
        assert ensure_key(cast.provider) == key == ring.current_key(cast.provider)
    signature = ring.signer_of(key).sign(b"so it is")
    issuer = ring.issuer_of(cast.provider)
    found = issuer.key(f"{ring.did_of(cast.provider)}#{key.public}")
    assert found is not None and found.public.signed(signature, b"so it is")
    assert (
        AuditEntry.objects.filter(code=Event.KEY_MADE, subject=f"provider:{cast.provider.ref}").count() == 1
    )


def test_issuers_are_found_by_their_identifiers_in_one_query(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    with transaction.atomic():
        ensure_key(cast.provider)
        ensure_key(cast.other_provider)
    own, other = ring.did_of(cast.provider), ring.did_of(cast.other_provider)
    with django_assert_num_queries(1):
        found = ring.issuers_by_did([own, other, "did:web:elsewhere", "did:web:localhost:aanbieder:nobody"])
    assert found == {own: ring.issuer_of(cast.provider), other: ring.issuer_of(cast.other_provider)}
    with django_assert_num_queries(0):
        assert ring.issuers_by_did(["did:web:elsewhere"]) == {}


def test_the_log_has_one_key_of_its_own(cast: Cast, django_assert_num_queries: Any) -> None:
    key = ring.log_key()
    assert key.name.endswith("/log") and ring.log_keys() == (key,)
    assert key.public.signed(ring.log_signer().sign(b"root"), b"root")
    with django_assert_num_queries(1):
        assert ring.log_key() == key
    assert SigningKey.objects.count() == 1


def test_a_wrong_passphrase_is_told_in_plain_words_and_to_the_operator(
    cast: Cast, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic():
        key = ensure_key(cast.provider)
    settings.KEY_PASSPHRASE = "another passphrase altogether"
    with pytest.raises(Refused, match="keys_closed") as told:
        ring.signer_of(key)
    assert "cannot be opened" in told.value.verdict.message
    assert "passphrase" in caplog.text


def test_a_key_put_in_the_place_of_another_does_not_sign(cast: Cast) -> None:
    with transaction.atomic():
        key = ensure_key(cast.provider)
    ports.key_store().new("a-strangers-key")
    SigningKey.objects.filter(pk=key.pk).update(name="a-strangers-key")
    key.refresh_from_db()
    with pytest.raises(Refused, match="keys_closed"):
        ring.signer_of(key)


def test_where_no_key_can_be_kept_none_is_recorded(cast: Cast, settings: Any) -> None:
    settings.KEY_PASSPHRASE_FILE = "/nowhere/at/all"
    with pytest.raises(Refused, match="keys_closed"), transaction.atomic():
        ensure_key(cast.provider)
    assert not SigningKey.objects.exists()
