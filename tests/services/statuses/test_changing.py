"""Suspending, reinstating and revoking: who may, what it leaves behind, and that all of it agrees."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.domain.certificates.status import (
    Change,
    ChangeReason,
    Status,
    possible_changes,
    reasons_for,
    status_after,
)
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.certificates.reads import read_outcome
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.publiclog.reads import leaves_of
from bekwaam.services.statuses.changing import change_status
from bekwaam.services.statuses.publishing import published
from bekwaam.services.statuses.reads import StatusRead, history_of, status_of
from bekwaam.store.models import AuditEntry, ErasedCertificate, LogLeaf, Person, StatusChange
from bekwaam.trust.status import REVOCATION, SUSPENSION, Bits
from tests.cast import Cast, Point, fresh
from tests.services.certificates.test_reassessing import SHORT, judged_again, later
from tests.services.erasing.people import insist_whole
from tests.services.statuses.issued import Issued, change, issued


def _suspend(cast: Cast, found: Issued, **given: Any) -> StatusChange:
    chosen: dict[str, Any] = {"reason": "investigation", "note": "Een werkgever belde."} | given
    return change_status(cast.coordinator, found.procedure, Change.SUSPENDED, **chosen)


def test_a_change_is_recorded_logged_and_told(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    found = issued(cast)
    with django_capture_on_commit_callbacks(execute=True):
        row = _suspend(cast, found)
    assert (row.reason, row.note, row.by) == ("investigation", "Een werkgever belde.", cast.coordinator)
    entry = AuditEntry.objects.get(code=Event.CERTIFICATE_SUSPENDED)
    payload = json.loads(entry.payload)
    assert payload["number"] == found.certificate.number
    assert list(LogLeaf.objects.filter(index__in=payload["leaves"]).values_list("kind", flat=True)) == [
        "suspended",
        "suspended",
    ]
    insist_whole()
    (letter,) = mail.outbox
    assert letter.to == [cast.candidate.email]
    for secret in ("geschorst", "suspended", "werkgever", found.certificate.number):
        assert secret not in f"{letter.subject} {letter.body}"
    assert f"/traject/{found.procedure.ref}/certificaat/status/" in letter.body


def test_nothing_is_written_where_the_reason_does_not_fit_or_nothing_is_explained(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    with pytest.raises(Invalid) as caught:
        _suspend(cast, found, reason="fraud", note="  ")
    assert {(fault.name, fault.reason) for fault in caught.value.faults} == {
        ("reason", "none_chosen"),
        ("note", "empty"),
    }
    assert not StatusChange.objects.exists()
    assert len(leaves_of(found.places[0].digest)) == 1


def test_what_was_revoked_is_revoked_for_ever(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    change(cast, found, Change.REVOKED)
    for again in Change:
        with pytest.raises(Refused, match="is_revoked"):
            change(cast, found, again)


def test_only_a_coordinator_of_the_provider_may(cast: Cast) -> None:
    found = issued(cast, credentials=1)
    for person in (cast.candidate, cast.guide, *cast.assessors, cast.auditor, cast.operator, cast.outsider):
        with pytest.raises((Refused, NotFound)):
            change_status(person, found.procedure, Change.REVOKED, "fraud", "Toelichting.")
    assert not StatusChange.objects.exists()


def test_a_certificate_from_before_there_were_credentials_can_be_revoked_too(cast: Cast) -> None:
    found = issued(cast, credentials=0)
    change(cast, found, Change.REVOKED)
    assert status_of(found.certificate).status is Status.REVOKED


def test_there_is_nothing_to_revoke_before_it_was_issued(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CHECKED)
    with pytest.raises(Refused, match="wrong_state"):
        change_status(cast.coordinator, procedure, Change.REVOKED, "fraud", "Toelichting.")


def test_a_closed_procedure_still_has_a_certificate_to_revoke(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED)
    change_status(cast.coordinator, procedure, Change.REVOKED, "fraud", "Toelichting.")
    assert status_of(procedure.certificate).reason is ChangeReason.FRAUD


def test_how_it_stands_takes_two_queries_and_its_history_one(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    found = issued(cast, credentials=1)
    for what in (Change.SUSPENDED, Change.REINSTATED, Change.SUSPENDED):
        change(cast, found, what)
    with django_assert_num_queries(2):
        read = status_of(found.certificate)
    with django_assert_num_queries(1):
        history = history_of(found.certificate)
    assert (read.status, read.reason, read.successor) == (Status.SUSPENDED, ChangeReason.INVESTIGATION, "")
    assert [one.change for one in history] == [Change.SUSPENDED, Change.REINSTATED, Change.SUSPENDED]
    assert read.since == history[0].at
    assert {one.by for one in history} == {cast.coordinator.name}


def test_a_certificate_of_which_nothing_was_changed_is_good(cast: Cast) -> None:
    assert status_of(issued(cast, credentials=0).certificate) == StatusRead(Status.GOOD)


def test_what_was_replaced_is_not_revoked_and_names_its_successor(
    cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    old = cast.bring_to(Point.CLOSED, stages=SHORT)
    with later():
        new = judged_again(cast, old, ["1.2"], Point.ISSUED)
        day = clock.today()
    read = status_of(old.certificate)
    assert (read.status, read.successor, read.replaced_on) == (Status.GOOD, new.certificate.number, day)
    url = reverse("certificates:status", args=[old.ref])
    page = log_in(cast.coordinator).get(url).content.decode()
    assert f"Certificaat {new.certificate.number} van " in page
    assert "Het certificaat is geldig." in page


def test_a_successor_is_named_also_when_its_dossier_was_erased(cast: Cast) -> None:
    found, now = issued(cast, credentials=0), clock.now()
    ErasedCertificate.objects.create(
        procedure=found.procedure,
        number="2027-AAAA-BBBB",
        file_sha256="0" * 64,
        issued_at=now,
        erased_at=now,
        supersedes=found.certificate.number,
    )
    assert status_of(found.certificate).successor == "2027-AAAA-BBBB"


def test_the_outcome_says_how_the_certificate_stands(cast: Cast) -> None:
    found = issued(cast, credentials=0)
    for what in (Change.SUSPENDED, Change.REINSTATED, Change.REVOKED):
        change(cast, found, what)
        said = read_outcome(fresh(found.procedure)).issued
        assert said is not None
        standing = status_of(found.certificate)
        assert (said.standing, said.changed_at, said.reason) == (
            standing.status,
            standing.since,
            standing.reason,
        )


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), walk=st.lists(st.sampled_from(Change), max_size=5))
def test_table_lists_and_log_agree_whatever_is_done(
    world: tuple[Cast, Issued], data: st.DataObject, walk: list[Change]
) -> None:
    cast, found = world
    done: list[Change] = []
    with transaction.atomic():
        for what in walk:
            reason = data.draw(st.sampled_from(reasons_for(what)))
            possible = what in possible_changes(status_after(done))
            try:
                change_status(cast.coordinator, found.procedure, what, reason, "Toelichting.")
            except Refused:
                assert not possible
                continue
            assert possible
            done.append(what)
            _insist_agreement(cast, found, done)
        transaction.set_rollback(True)  # every walk begins anew


def _insist_agreement(cast: Cast, found: Issued, done: list[Change]) -> None:
    changes = [Change(row.change) for row in StatusChange.objects.order_by("at", "pk")]
    assert changes == done
    status = status_after(changes)
    assert status_of(found.certificate).status is status
    for place in found.places:
        for purpose, wanted in ((REVOCATION, Status.REVOKED), (SUSPENSION, Status.SUSPENDED)):
            document = json.loads(published(cast.provider.ref, place.list.number, purpose).document)
            bits = Bits.read(document["credentialSubject"]["encodedList"])
            assert bits.at(place.index) is (status is wanted)
        assert [str(leaf.kind) for leaf in leaves_of(place.digest)] == ["issued", *map(str, changes)]


@pytest.fixture
def world(cast: Cast) -> tuple[Cast, Issued]:
    return cast, issued(cast)
