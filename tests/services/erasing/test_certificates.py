"""What goes of a certificate in all its forms, and that its places in the status lists stay."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from bekwaam.domain.certificates.share import Depth
from bekwaam.domain.certificates.status import Change
from bekwaam.domain.events import Event
from bekwaam.services import clock
from bekwaam.services.erasing.expiring import expire
from bekwaam.store.audit import append
from bekwaam.store.models import (
    AuditOpening,
    Certificate,
    CertificateForm,
    CertificateSecret,
    KeptDossier,
    NameChoice,
    Procedure,
    ShareLink,
    ShareVisit,
    StatusChange,
    StatusPlace,
)
from tests.cast import Cast
from tests.services.erasing.people import erase, insist_whole
from tests.services.erasing.test_expiring import on
from tests.services.statuses.issued import Issued, change, codes, issued

pytestmark = [pytest.mark.database, pytest.mark.django_db]

SHARED = (ShareLink, ShareVisit)
KEPT = (CertificateForm, CertificateSecret, NameChoice, StatusChange)


@transaction.atomic
def _filled(cast: Cast, found: Issued) -> None:
    """Give a certificate a row in every table that belongs to it and that issuing leaves empty."""
    now, certificate = clock.now(), found.certificate
    choice = NameChoice.objects.create(
        procedure=found.procedure, shows=True, chosen_by=cast.candidate, chosen_at=now
    )
    link = ShareLink.objects.create(
        certificate=certificate, token="t", depth=Depth.OUTCOME, made_at=now, until=now + timedelta(days=9)
    )
    ShareVisit.objects.create(link=link, at=now)
    subject = f"procedure:{found.procedure.ref}"
    append(Event.ISSUED, actor=None, subject=subject, now=now, content=[choice])


def test_what_a_candidate_shared_goes_with_the_account_and_the_rest_with_the_dossier(cast: Cast) -> None:
    found = issued(cast)
    _filled(cast, found)
    change(cast, found, Change.REVOKED)
    erase(cast.candidate)
    for model in SHARED:
        assert not model._default_manager.exists(), model
    for model in KEPT:
        assert model._default_manager.exists(), model
    with on(KeptDossier.objects.get().until + timedelta(days=1)):
        assert expire().dossiers == 1
    for model in (*KEPT, Certificate):
        assert not model._default_manager.exists(), model
    assert not AuditOpening.objects.filter(table__in=[model.__name__ for model in KEPT]).exists()
    assert insist_whole() > 20


def test_what_was_revoked_stays_revoked_when_the_dossier_is_gone(cast: Cast) -> None:
    found = issued(cast)
    change(cast, found, Change.REVOKED)
    places = set(StatusPlace.objects.values_list("list", "index", "digest"))
    erase(cast.candidate)
    with on(KeptDossier.objects.get().until + timedelta(days=1)):
        expire()
        assert codes(found.credentials[0]) == codes(found.credentials[1]) == {"revoked"}
    assert set(StatusPlace.objects.values_list("list", "index", "digest")) == places
    assert set(StatusPlace.objects.values_list("certificate", "revoked")) == {(None, True)}


def test_a_certificate_of_somebody_who_is_gone_can_be_revoked_and_nobody_is_mailed(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    found = issued(cast, credentials=1)
    erase(cast.candidate)
    with django_capture_on_commit_callbacks(execute=True):
        change(cast, found, Change.REVOKED)
    assert codes(found.credentials[0]) == {"revoked"}
    assert mail.outbox == []


def test_the_choice_about_the_name_goes_with_a_procedure_that_stops(cast: Cast) -> None:
    procedure: Procedure = cast.withdrawn()
    with transaction.atomic():
        choice = NameChoice.objects.create(
            procedure=procedure, shows=False, chosen_by=cast.candidate, chosen_at=clock.now()
        )
        append(
            Event.CONSENT_GIVEN,
            actor=None,
            subject=f"procedure:{procedure.ref}",
            now=clock.now(),
            content=[choice],
        )
    erase(cast.candidate)
    assert not NameChoice.objects.exists()
    insist_whole()
