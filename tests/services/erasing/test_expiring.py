"""What was kept for a term goes when the term is over, and not a day before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.utils import timezone

from bekwaam.domain.accounts.erasing import USUAL_KEEP_YEARS, years_after
from bekwaam.domain.certificates.facts import Place, Spot
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.accounts.keeping import set_keeping
from bekwaam.services.certificates.facts import answer_request, ask_correction
from bekwaam.services.erasing.expiring import Expired, due, expire
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.procedures.log import procedure_log
from bekwaam.store.models import (
    AuditEntry,
    Certificate,
    ErasedCertificate,
    FactAnswer,
    FactRequest,
    FactsConfirmed,
    FinalJudgement,
    Judgement,
    KeptDossier,
    Person,
    Snapshot,
    StoredFile,
)
from tests.cast import Cast, Point, fresh
from tests.services.erasing.people import erase, insist_whole

pytestmark = [pytest.mark.database, pytest.mark.django_db]

NOTHING = Expired(0, 0, 0)


@contextmanager
def on(day: date) -> Iterator[None]:
    with clock.at(timezone.make_aware(datetime.combine(day, time(3)))):
        yield


def last_day() -> date:
    return KeptDossier.objects.get().until


@pytest.mark.parametrize("point", [Point.ISSUED, Point.CLOSED])
def test_a_dossier_is_kept_for_its_term_and_then_erased_for_good(
    cast: Cast, point: Point, own_files: Path, django_capture_on_commit_callbacks: Any
) -> None:
    procedure = cast.bring_to(point)
    certificate = Certificate.objects.select_related("file").get()
    erase(cast.candidate)
    assert last_day() == years_after(timezone.localdate(certificate.issued_at), USUAL_KEEP_YEARS)
    with on(last_day()):
        assert expire() == NOTHING
    with on(last_day() + timedelta(days=1)), django_capture_on_commit_callbacks(execute=True):
        assert expire() == Expired(dossiers=1, names=1, files=0)
    assert fresh(procedure).state == State.ERASED
    for model in (Snapshot, Judgement, FinalJudgement, Certificate, KeptDossier, StoredFile):
        assert not model._default_manager.exists(), model
    assert not [path for path in own_files.rglob("*") if path.is_file()]
    left = ErasedCertificate.objects.get()
    assert (left.number, left.file_sha256) == (certificate.number, certificate.file.sha256)
    assert fresh(procedure).candidate.name == "(gewiste persoon)"
    assert insist_whole() > 20
    with on(last_day_after(left)):
        assert expire() == NOTHING


def test_what_was_asked_about_facts_goes_with_the_dossier(cast: Cast) -> None:
    procedure = cast.bring_to(Point.DECIDED)
    asked = ask_correction(cast.candidate, procedure, Spot(Place.CANDIDATE), "Samira El Idrissi")
    answer_request(cast.coordinator, procedure, asked.ref, corrected=True, text="Samira El Idrissi")
    cast.bring_on(procedure, Point.ISSUED, since=Point.DECIDED)
    erase(cast.candidate)
    assert FactAnswer.objects.exists()
    with on(last_day() + timedelta(days=1)):
        assert expire().dossiers == 1
    for model in (FactRequest, FactAnswer, FactsConfirmed):
        assert not model._default_manager.exists(), model
    assert insist_whole() > 20


def last_day_after(left: ErasedCertificate) -> date:
    return timezone.localdate(left.erased_at) + timedelta(days=400)


def test_the_term_that_was_told_stands_whatever_the_provider_sets_later(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    set_keeping(cast.coordinator, cast.provider, 7)
    erase(cast.candidate)
    told = last_day()
    assert told.year == clock.today().year + 7
    set_keeping(cast.coordinator, cast.provider, 1)
    assert last_day() == told and not due(told)


@pytest.mark.parametrize("years", [0, -1, 21])
def test_a_term_is_a_sensible_number_of_years_and_the_coordinators_to_set(cast: Cast, years: int) -> None:
    with pytest.raises(Invalid):
        set_keeping(cast.coordinator, cast.provider, years)
    with pytest.raises(Refused):
        set_keeping(cast.assessors[0], cast.provider, 5)


def test_a_dossier_of_which_the_term_is_over_goes_with_the_account(cast: Cast) -> None:
    procedure = cast.bring_to(Point.CLOSED)
    with on(years_after(clock.today(), USUAL_KEEP_YEARS) + timedelta(days=1)):
        erase(cast.candidate)
    assert fresh(procedure).state == State.ERASED
    assert Person.objects.filter(pk=cast.candidate.pk, name="").exists()
    insist_whole()


def test_the_name_stays_until_the_last_dossier_goes(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    cast.bring_to(Point.ISSUED)
    with on(clock.today() + timedelta(days=400)):
        cast.bring_to(Point.ISSUED)
        erase(cast.candidate)
    first, second = KeptDossier.objects.order_by("until")
    with on(first.until + timedelta(days=1)), django_capture_on_commit_callbacks(execute=True):
        assert expire() == Expired(1, 0, 0)
    assert Person.objects.get(pk=cast.candidate.pk).name == "Samira Kandidaat"
    with on(second.until + timedelta(days=1)):
        assert expire() == Expired(1, 1, 0)


def test_an_assessor_who_left_loses_their_name_with_the_last_dossier_they_judged(cast: Cast) -> None:
    cast.bring_to(Point.ISSUED)
    erase(cast.assessors[0])
    erase(cast.candidate)
    with on(last_day()):
        assert expire() == NOTHING
    with on(last_day() + timedelta(days=1)):
        assert expire() == Expired(dossiers=1, names=2, files=0)
    assert Person.objects.get(pk=cast.assessors[0].pk).name == "(gewiste persoon)"
    assert Person.objects.get(pk=cast.assessors[1].pk).name == "Bram Assessor"
    insist_whole()


def test_the_log_of_the_procedure_stays_and_names_nobody_who_is_gone(cast: Cast) -> None:
    procedure = cast.bring_to(Point.ISSUED)
    before = AuditEntry.objects.filter(subject=f"procedure:{procedure.ref}").count()
    erase(cast.candidate)
    with on(last_day() + timedelta(days=1)):
        expire()
    rows = procedure_log(fresh(procedure))[0:100]
    assert len(rows) == before + 1
    assert cast.candidate.name not in {row.actor for row in rows}
    assert not any("erased" in row.payload or "commitments" in row.payload for row in rows)


def test_the_command_names_first_and_then_does(cast: Cast) -> None:
    from bekwaam.cli.accounts import accounts

    procedure = cast.bring_to(Point.ISSUED)
    erase(cast.candidate)
    day = last_day() + timedelta(days=1)
    assert CliRunner().invoke(accounts, ["expire", "--dry-run"]).output == ""
    with on(day):
        named = CliRunner().invoke(accounts, ["expire", "--dry-run"])
        assert procedure.number in named.output and KeptDossier.objects.exists()
        done = CliRunner().invoke(accounts, ["expire"])
    assert done.exit_code == 0
    assert done.output.splitlines()[:2] == ["1 dossier gewist.", "1 naam gewist."]
