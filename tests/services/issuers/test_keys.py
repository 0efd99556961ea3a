"""Changing a key and reporting it stolen, and what becomes of what it signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.issuers import keys
from bekwaam.services.issuers.documents import document
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.issuers.reads import consequences, issuer_called, issuer_shown
from bekwaam.services.publiclog.reads import latest, leaves_of
from bekwaam.services.signing import ring
from bekwaam.store.models import AuditEntry, Certificate, Provider, SigningKey
from bekwaam.trust.checkpoints import read_checkpoint
from bekwaam.trust.credentials import AtHand, check_credential
from bekwaam.trust.dids import read_document
from bekwaam.trust.entries import Kind
from bekwaam.trust.proofs import sign
from bekwaam.trust.verdicts import Question
from tests.cast import Cast, Point, make_cast
from tests.services.test_at_once import at_once
from tests.trust.material import certificate

START = datetime(2026, 11, 2, 9, 0, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def provider(db: None) -> Iterator[Provider]:
    cast = make_cast()
    with clock.at(START):
        yield cast.provider


def signed_by(provider: Provider, key: SigningKey, at: datetime) -> dict[str, Any]:
    """Return a certificate that says it was signed at a moment, with a key as it is kept."""
    did = ring.did_of(provider)
    unsigned = certificate(issuer={"id": did, "type": ["Profile"]}, validFrom="2026-11-01T00:00:00Z")
    del unsigned["credentialStatus"], unsigned["validUntil"]
    return sign(unsigned, signer=ring.signer_of(key), method=f"{did}#{key.public}", created=at)


def code(provider: Provider, credential: dict[str, Any], attested: datetime | None = None) -> str:
    """Return what is said of the signature by whoever read the document of the issuer over the net."""
    issuer = read_document(document(provider.ref), ring.did_of(provider))
    at_hand = AtHand(now=START + 100 * HOUR, issuers=lambda _: issuer, attested=attested)
    verdict = check_credential(credential, at_hand)
    return next(check.code for check in verdict.checks if check.name is Question.SIGNATURE)


def test_what_a_retired_key_signed_before_holds_and_after_does_not(provider: Provider) -> None:
    old = keys.make_first_key(None, provider)
    with clock.at(START + 5 * HOUR):
        new = keys.rotate(None, provider)
    assert ring.current_key(provider) == new != old
    during = signed_by(provider, old, START + 5 * HOUR)  # somebody was issuing at that very moment
    for credential, expected in (
        (signed_by(provider, old, START + HOUR), "ok"),
        (during, "ok"),
        (signed_by(provider, old, START + 6 * HOUR), "key_retired"),
        (signed_by(provider, new, START + 6 * HOUR), "ok"),
    ):
        assert code(provider, credential) == expected


@pytest.mark.parametrize(
    ("hour", "attested", "expected"),
    [
        (1, 1, "ok"),  # signed before, seen before
        (1, None, "key_may_be_stolen"),  # says that it is of before; nobody saw it then
        (1, 4, "key_may_be_stolen"),  # first seen when others had the key
        (3, 3, "key_compromised"),  # the moment itself
        (4, None, "key_compromised"),
        (4, 1, "key_compromised"),
    ],
)
def test_what_a_stolen_key_signed(provider: Provider, hour: int, attested: int | None, expected: str) -> None:
    old = keys.make_first_key(None, provider)
    with clock.at(START + 5 * HOUR):
        keys.report_stolen(None, provider, old.ref, START + 3 * HOUR)
    credential = signed_by(provider, old, START + hour * HOUR)
    seen = None if attested is None else START + attested * HOUR
    assert code(provider, credential, seen) == expected
    fresh = signed_by(provider, ring.current_key(provider), START + 6 * HOUR)
    assert code(provider, fresh) == "ok"


def test_what_happens_to_keys_is_audited_and_told_in_the_public_log(provider: Provider) -> None:
    first = keys.make_first_key(None, provider)
    assert keys.make_first_key(None, provider) == first
    second = keys.rotate(None, provider)
    keys.report_stolen(None, provider, second.ref, START - timedelta(seconds=5))
    third = ring.current_key(provider)
    told = [[leaf.kind for leaf in leaves_of(key.public)] for key in (first, second, third)]
    assert told == [
        [Kind.KEY_MADE, Kind.KEY_RETIRED],
        [Kind.KEY_MADE, Kind.KEY_COMPROMISED, Kind.KEY_RETIRED],
        [Kind.KEY_MADE],
    ]
    stolen = leaves_of(second.public)[1]
    assert stolen.issuer == ring.did_of(provider)
    assert dict(stolen.more) == {"since": "2026-11-02T09:00:05Z"}
    subject = f"provider:{provider.ref}"
    codes = AuditEntry.objects.filter(subject=subject, code__startswith="key.").order_by("sequence")
    assert list(codes.values_list("code", flat=True)) == [
        Event.KEY_MADE, Event.KEY_RETIRED, Event.KEY_MADE,
        Event.KEY_COMPROMISED, Event.KEY_RETIRED, Event.KEY_MADE,
    ]  # fmt: skip
    assert walk_chain().whole
    assert not list(broken_contents())


def test_a_key_of_before_can_be_reported_without_changing_the_one_in_use(provider: Provider) -> None:
    first = keys.make_first_key(None, provider)
    second = keys.rotate(None, provider)
    with clock.at(START + HOUR):
        keys.report_stolen(None, provider, first.ref, START)
        with pytest.raises(Refused, match="reported"):
            keys.report_stolen(None, provider, first.ref, START)
    assert ring.current_key(provider) == second


def test_a_key_that_a_colleague_just_changed_is_not_changed_again(provider: Provider) -> None:
    first = keys.make_first_key(None, provider)
    second = keys.rotate(None, provider, first.ref)
    assert keys.rotate(None, provider, first.ref) == second
    assert SigningKey.objects.filter(provider=provider).count() == 2


def test_the_log_goes_on_with_a_new_key_when_its_own_is_lost(
    provider: Provider, settings: Any, tmp_path: Path
) -> None:
    settings.BEKWAAM_KEYS = tmp_path / "keys"
    keys.make_first_key(None, provider)
    before = ring.log_key()
    for file in (tmp_path / "keys").glob("log-*"):
        file.unlink()
    with pytest.raises(Refused, match="keys_closed"):
        keys.rotate(None, provider)
    keys.rotate_log()
    now = ring.log_key()
    assert ring.log_keys() == (now, before)
    signed = latest()
    assert signed is not None
    read_checkpoint(signed.note, now)
    told = [[leaf.kind for leaf in leaves_of(key.public.multibase)] for key in (before, now)]
    assert told == [[Kind.KEY_RETIRED], [Kind.KEY_MADE]]
    keys.rotate(None, provider)
    keys.rotate_log()
    assert len(set(ring.log_keys())) == 3
    assert walk_chain().whole
    assert not list(broken_contents())


def test_a_key_is_not_changed_without_end_but_a_stolen_one_always_is(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bekwaam.domain.certificates.signing_keys.MOST_CHANGES", 2)
    keys.rotate(None, provider)
    second = keys.rotate(None, provider)
    with pytest.raises(Refused, match="too_many_keys"):
        keys.rotate(None, provider)
    keys.report_stolen(None, provider, second.ref, START)
    assert ring.current_key(provider) != second


def test_only_a_coordinator_of_the_provider_changes_its_keys(cast: Cast) -> None:
    key = keys.make_first_key(cast.coordinator, cast.provider)
    for person in (cast.outsider, cast.auditor, cast.guide, cast.operator, cast.candidate):
        for ask in (
            lambda person=person: keys.make_first_key(person, cast.provider),
            lambda person=person: keys.rotate(person, cast.provider),
            lambda person=person: keys.report_stolen(person, cast.provider, key.ref, clock.now()),
        ):
            with pytest.raises(Refused, match="no_role"):
                ask()
    other = keys.make_first_key(cast.outsider, cast.other_provider)
    with pytest.raises(NotFound):
        keys.report_stolen(cast.coordinator, cast.provider, other.ref, clock.now())


def test_where_the_keys_cannot_be_opened_nothing_changes(provider: Provider, settings: Any) -> None:
    first = keys.make_first_key(None, provider)
    settings.KEY_PASSPHRASE_FILE = "/nowhere"
    with pytest.raises(Refused, match="keys_closed"):
        keys.rotate(None, provider)
    first.refresh_from_db()
    assert first.retired_at is None


def test_what_is_shown_of_an_issuer_takes_two_queries(cast: Cast, django_assert_num_queries: Any) -> None:
    old = keys.make_first_key(cast.coordinator, cast.provider)
    new = keys.rotate(cast.coordinator, cast.provider)
    with django_assert_num_queries(2):
        shown = issuer_called(cast.provider.ref)
    assert shown.key is not None
    assert (shown.key.public, shown.key.by) == (new.public, cast.coordinator.name)
    assert [key.public for key in shown.earlier] == [old.public]
    with django_assert_num_queries(2):
        made = document(cast.provider.ref)
    assert [method["publicKeyMultibase"] for method in made["verificationMethod"]] == [old.public, new.public]
    assert made["service"][0]["serviceEndpoint"].endswith("/log")
    assert made["service"][0]["key"] == ring.log_key().text
    for ask in (document, issuer_called):
        with pytest.raises(NotFound):
            ask("nobody")


def test_what_has_to_be_issued_anew_is_what_a_stolen_key_signed_since(cast: Cast) -> None:
    with clock.at(clock.now() - HOUR):
        keys.make_first_key(None, cast.provider)
    cast.bring_to(Point.ISSUED)
    issued = Certificate.objects.get()
    key = issuer_shown(cast.provider).keys[0]
    assert consequences(cast.provider, key, issued.issued_at) == (issued.number,)
    with clock.at(issued.issued_at + 2 * HOUR):
        assert consequences(cast.provider, key, issued.issued_at + HOUR) == ()
    retired = replace(key, period=replace(key.period, retired_at=issued.issued_at))
    assert consequences(cast.provider, retired, key.period.made_at) == ()
    assert consequences(cast.other_provider, key, issued.issued_at) == ()
    with pytest.raises(Refused, match="future"):
        consequences(cast.provider, key, clock.now() + HOUR)


@pytest.mark.django_db(transaction=True)
def test_several_who_need_the_first_key_at_once_get_the_same_one() -> None:
    cast = make_cast()

    def ensure() -> None:
        with transaction.atomic():
            ensure_key(cast.provider)

    assert at_once(*[ensure] * 4) == ["done"] * 4
    key = SigningKey.objects.get(provider=cast.provider)
    assert [leaf.kind for leaf in leaves_of(key.public)] == [Kind.KEY_MADE]
    assert walk_chain().whole


@pytest.mark.django_db(transaction=True)
def test_of_two_who_change_the_key_at_once_one_does() -> None:
    cast = make_cast()
    first = keys.make_first_key(None, cast.provider)
    assert at_once(*[lambda: keys.rotate(None, cast.provider, first.ref)] * 3) == ["done"] * 3
    assert SigningKey.objects.filter(provider=cast.provider).count() == 2


def test_the_moment_of_a_change_is_taken_when_nobody_is_signing_any_more(
    provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever issues holds the end of the chain for as long as it takes; a change waits for that first."""
    with transaction.atomic():
        ensure_key(provider)
    waited = START + HOUR
    monkeypatch.setattr(keys, "hold", lambda: monkeypatch.setattr(clock, "now", lambda: waited))
    new = keys.rotate(None, provider)
    old = SigningKey.objects.exclude(retired_at=None).get(provider=provider)
    assert new.made_at == waited
    assert old.retired_at is not None and old.retired_at > waited
