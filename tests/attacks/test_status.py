"""The drill of revoking and suspending: who hides it, who notices, how, and what they see.

The codes are those that a check of the certificate comes to; "status_list" is "cannot tell", never "valid".
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bekwaam.domain.certificates.status import Change
from bekwaam.services import clock
from bekwaam.services.audit import ContentFault, broken_contents
from bekwaam.services.issuers.keys import ensure_key
from bekwaam.services.publiclog.agreeing import log_breaks
from bekwaam.services.publiclog.auditing import LogFault, walk_tree
from bekwaam.services.publiclog.reads import leaves_of
from bekwaam.services.signing.ring import did_of, signer_of
from bekwaam.services.statuses.publishing import LIFE, published
from bekwaam.store.models import LogLeaf, PublishedList, StatusChange, StatusPlace
from bekwaam.trust.dids import key_of
from bekwaam.trust.entries import Kind
from bekwaam.trust.proofs import sign, without_proof
from bekwaam.trust.status import REVOCATION, SUSPENSION, Bits, entries_of
from tests.cast import Cast
from tests.services.statuses.issued import Issued, change, codes, issued, lists_now

pytestmark = [pytest.mark.database, pytest.mark.django_db]

Lists = Callable[[str], dict[str, Any]]


def _revoked(cast: Cast) -> Issued:
    found = issued(cast, credentials=1)
    change(cast, found, Change.REVOKED)
    assert codes(found.credentials[0]) == {"revoked"}
    return found


def test_an_old_list_replayed_lasts_a_week_and_the_log_knows_better_at_once(cast: Cast) -> None:
    found, start = issued(cast, credentials=1), timezone.now()
    kept = {entry.list_url: lists_now(entry.list_url) for entry in entries_of(found.credentials[0])}
    change(cast, found, Change.REVOKED)
    assert codes(found.credentials[0], lists=kept.get) == set()
    assert Kind.REVOKED in {leaf.kind for leaf in leaves_of(found.places[0].digest)}
    with clock.at(start + LIFE + timedelta(minutes=1)):
        assert codes(found.credentials[0], lists=kept.get) == {"status_list"}
        assert codes(found.credentials[0]) == {"revoked"}


def _clear(found: Issued) -> None:
    StatusPlace.objects.update(revoked=False)
    PublishedList.objects.all().delete()


def _move(found: Issued) -> None:
    free = iter(set(range(1000)) - {place.index for place in StatusPlace.objects.all()})
    for place in StatusPlace.objects.all():
        place.revoked, place.index, place.digest = False, next(free), "u" + "x" * 40
        place.save()
    PublishedList.objects.all().delete()


def _drop(found: Issued) -> None:
    StatusPlace.objects.all().delete()
    PublishedList.objects.all().delete()


@pytest.mark.parametrize("hide", [_clear, _move, _drop])
def test_a_revocation_removed_from_the_database_is_still_published(
    cast: Cast, hide: Callable[[Issued], None]
) -> None:
    found = _revoked(cast)
    hide(found)
    assert codes(found.credentials[0]) == {"revoked"}
    assert LogFault.STATUS in {broken.fault for broken in log_breaks()}


@pytest.mark.parametrize("edit", ["cut", "longer", "a place that there is not"])
def test_a_garbled_leaf_breaks_no_list(cast: Cast, edit: str) -> None:
    """The list is still signed, by our own table; the walk through the tree tells that a leaf was changed."""
    found = _revoked(cast)
    for leaf in LogLeaf.objects.filter(kind=Kind.REVOKED):
        far = leaf.data.replace(f'"index":"{found.places[0].index}"', '"index":"999999999"')
        leaf.data = {"cut": "{", "longer": f"{leaf.data}x"}.get(edit, far)
        leaf.save()
    PublishedList.objects.all().delete()
    assert codes(found.credentials[0]) == {"revoked"}
    broken = walk_tree().broken
    assert broken is not None and broken.fault is LogFault.LEAF_CHANGED


def test_a_suspension_removed_from_the_database_is_still_published(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    change(cast, found, Change.SUSPENDED)
    StatusPlace.objects.update(suspended=False)
    PublishedList.objects.all().delete()
    assert codes(found.credentials[0]) == {"suspended"}


def test_a_revocation_removed_everywhere_is_missed_by_the_chain_and_by_the_log(cast: Cast) -> None:
    found = _revoked(cast)
    _clear(found)
    StatusChange.objects.all().delete()
    LogLeaf.objects.filter(kind=Kind.REVOKED).delete()
    assert codes(found.credentials[0]) == set()  # by itself a certificate cannot tell
    gone = [(broken.table, broken.fault) for broken in broken_contents()]
    assert ("StatusChange", ContentFault.GONE) in gone
    assert walk_tree().broken is not None


def _without_bits(document: dict[str, Any]) -> dict[str, Any]:
    subject = document["credentialSubject"] | {"encodedList": Bits.empty().encoded()}
    return document | {"credentialSubject": subject}


def _edited(cast: Cast, url: str) -> dict[str, Any]:
    return _without_bits(lists_now(url))


def _signed_by_another(cast: Cast, url: str) -> dict[str, Any]:
    """A list that another provider signs, in the name of the first one."""
    signer, did = signer_of(ensure_key(cast.other_provider)), did_of(cast.other_provider)
    unsigned = without_proof(_without_bits(lists_now(url)))
    return sign(unsigned, signer=signer, method=key_of(did, signer.public).id, created=clock.now())


def _of_another(cast: Cast, url: str) -> dict[str, Any]:
    """A list that is another provider's own, at the address of the first one's."""
    signer, did = signer_of(ensure_key(cast.other_provider)), did_of(cast.other_provider)
    unsigned = without_proof(_without_bits(lists_now(url))) | {"issuer": did}
    return sign(unsigned, signer=signer, method=key_of(did, signer.public).id, created=clock.now())


def _of_suspensions(cast: Cast, url: str) -> dict[str, Any]:
    """The list of what is suspended, shown for that of what was revoked."""
    return lists_now(url.replace(REVOCATION, SUSPENSION))


@pytest.mark.parametrize("shown", [_edited, _signed_by_another, _of_another, _of_suspensions])
def test_a_list_that_is_not_the_issuers_own_proves_nothing(
    cast: Cast, shown: Callable[[Cast, str], dict[str, Any]]
) -> None:
    found = _revoked(cast)

    def lists(url: str) -> dict[str, Any]:
        return shown(cast, url) if url.endswith(REVOCATION) else lists_now(url)

    assert codes(found.credentials[0], lists=lists) == {"status_list"}


def test_a_published_list_edited_in_the_database_proves_nothing(cast: Cast) -> None:
    found = _revoked(cast)
    row = PublishedList.objects.get(purpose=REVOCATION)
    row.document = json.dumps(_without_bits(json.loads(row.document)))
    row.save()
    assert codes(found.credentials[0]) == {"status_list"}
    assert published(cast.provider.ref, 1, REVOCATION).document == row.document
