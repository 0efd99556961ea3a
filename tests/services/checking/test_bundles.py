"""The bundle: with it alone, what was issued here is in order, and what was taken back is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.adapters.papers.inspection import inspect
from bekwaam.adapters.papers.vouching import vouched_for
from bekwaam.domain.certificates.bundle import Bundle, read_bundle
from bekwaam.domain.certificates.handed import Handed
from bekwaam.domain.certificates.papers import PaperPort
from bekwaam.domain.certificates.status import Change, ChangeReason
from bekwaam.domain.certificates.verifying import verify
from bekwaam.services import clock
from bekwaam.services.checking.bundles import bundle, bundle_file
from bekwaam.services.signing.names import host
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import Certificate
from bekwaam.trust.verdicts import Outcome
from tests.cast import Cast
from tests.services.checking.issued import files_of

pytestmark = pytest.mark.django_db
HERE = PaperPort(inspect, vouched_for)


def outcome(content: bytes, proof: bytes | None, read: Bundle) -> Outcome:
    return verify(Handed(content, proof), read.means(clock.now(), HERE)).outcome


def test_with_it_alone_a_certificate_is_in_order_until_it_is_taken_back(cast: Cast) -> None:
    files = files_of(cast)
    read = read_bundle(bundle_file().content)
    assert not read.elsewhere(host())
    assert outcome(files.pdf, None, read) is Outcome.VALID
    assert outcome(files.json, files.proof, read) is Outcome.VALID
    assert outcome(files.jwt, files.proof, read) is Outcome.VALID
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.ERROR, "Fout.")
    later = read_bundle(bundle_file().content)
    assert outcome(files.pdf, None, later) is Outcome.INVALID
    with clock.at(read.made_at + timedelta(days=8)):
        assert outcome(files.pdf, None, read) is Outcome.UNKNOWN


def test_it_names_the_successor_of_what_was_replaced(cast: Cast) -> None:
    files = files_of(cast)
    later = files_of(cast, candidate=cast.person("ander@example.org", "Ander Mens"))
    Certificate.objects.filter(pk=later.row.pk).update(supersedes=files.number)
    found = verify(Handed(files.pdf), bundle(clock.now()).means(clock.now(), HERE))
    assert (found.outcome, found.successor) == (Outcome.VALID, later.number)


def test_it_takes_a_fixed_number_of_queries_and_one_while_nothing_changes(cast: Cast) -> None:
    files_of(cast)
    bundle(clock.now())
    files_of(cast, candidate=cast.person("ander@example.org", "Ander Mens"))
    bundle(clock.now())
    with CaptureQueriesContext(connection) as captured:
        bundle(clock.now())
    assert len(captured) == 5
    first = bundle_file()
    with CaptureQueriesContext(connection) as captured:
        assert bundle_file() is not None and bundle_file().tag == first.tag
    assert len(captured) == 2


def test_an_installation_that_never_issued_has_an_empty_one(db: None) -> None:
    read = read_bundle(bundle_file().content)
    assert (read.issuers, read.lists, read.log_keys, read.checkpoints) == ((), (), (), ())
