"""What anybody may know of a number: enough to see that it exists and stands, nothing of whose it is."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta

import pytest

from bekwaam.domain.certificates.status import Change, ChangeReason, Status
from bekwaam.services.checking.numbers import number_is_of, read_public
from bekwaam.services.errors import NotFound
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import (
    Certificate,
    CertificateForm,
    CertificateSecret,
    ErasedCertificate,
    LogLeaf,
    StatusChange,
    StatusPlace,
)
from tests.cast import Cast
from tests.services.checking.issued import Files, files_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(cast: Cast) -> Files:
    return files_of(cast)


def test_a_number_is_found_however_it_is_typed(files: Files) -> None:
    for typed in (files.number, files.number.lower(), files.number.replace("-", ""), f" {files.number} "):
        assert read_public(typed).number == files.number
    for other in ("2026-2222-2222", "", "zomaar", "x" * 10_000):
        with pytest.raises(NotFound):
            read_public(other)


def test_it_tells_by_whom_when_and_on_what_and_that_the_log_has_it(files: Files, cast: Cast) -> None:
    read = read_public(files.number)
    assert (read.provider, read.provider_ref) == ("EVC Huis Noord", cast.provider.ref)
    assert (read.standard, read.standard_version) == ("Standaard klein", "1")
    assert (read.status, read.intact, read.replaced) == (Status.GOOD, True, False)
    assert read.issued_at and read.logged_at


def test_it_tells_neither_whose_it_is_nor_what_came_out(files: Files) -> None:
    names = {field.name for field in fields(read_public(files.number))}
    assert not names & {"met", "outcome", "candidate", "holder_name", "units", "counted"}
    assert "Samira" not in repr(read_public(files.number))


def test_it_tells_that_it_was_suspended_and_revoked_with_the_reason_for_everybody(
    files: Files, cast: Cast
) -> None:
    change_status(
        cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.ERROR, "Er stond iets fout."
    )
    read = read_public(files.number)
    assert (read.status, read.reason, read.only_in_log) == (Status.REVOKED, ChangeReason.ERROR, False)
    assert "Er stond iets fout" not in repr(read)


def test_a_revocation_that_somebody_takes_out_of_the_tables_is_told_by_the_log(
    files: Files, cast: Cast
) -> None:
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.FRAUD, "Vals.")
    StatusChange.objects.all().delete()
    StatusPlace.objects.update(revoked=False)
    read = read_public(files.number)
    assert (read.status, read.only_in_log) == (Status.REVOKED, True)
    assert read.since is not None


@pytest.mark.parametrize("what", ["document", "form", "digest", "log", "secret"])
def test_a_row_that_somebody_changed_shows(files: Files, what: str) -> None:
    if what == "document":
        Certificate.objects.update(document=files.row.document | {"met": False})
    elif what == "form":
        form = CertificateForm.objects.get(form="experience")
        CertificateForm.objects.update(content=form.content.replace("Standaard klein", "Standaard groot"))
    elif what == "digest":
        CertificateForm.objects.update(digest="uEiA")
    elif what == "log":
        LogLeaf.objects.filter(kind="issued").delete()
    else:
        CertificateSecret.objects.update(secret="00" * 32)
    assert read_public(files.number).intact is False


def test_one_that_was_never_signed_is_possible_only_before_there_was_a_log(files: Files) -> None:
    CertificateForm.objects.all().delete()
    assert read_public(files.number).intact is False
    Certificate.objects.update(issued_at=files.row.issued_at - timedelta(days=400))
    read = read_public(files.number)
    assert (read.intact, read.logged_at, read.provider) == (None, None, "EVC Huis Noord")


def test_of_one_that_was_erased_it_tells_only_that_it_was_there(files: Files) -> None:
    row = files.row
    ErasedCertificate.objects.create(
        procedure=files.procedure,
        number="2026-WEGG-WEGG",
        file_sha256=row.file.sha256,
        issued_at=row.issued_at,
        erased_at=row.issued_at,
    )
    read = read_public("2026wegg wegg")
    assert (read.erased, read.provider, read.issued_at, read.standard) == (True, "", None, "")
    assert number_is_of("2026-WEGG-WEGG", "Samira Kandidaat") is None


def test_it_says_whether_it_is_of_a_name_and_nothing_else(files: Files) -> None:
    assert number_is_of(files.number, "  samira   KANDIDAAT ") is True
    assert number_is_of(files.number, "Iemand Anders") is False
    assert number_is_of(files.number, "samira@example.org") is None


def test_it_takes_a_fixed_number_of_queries(files: Files, django_assert_num_queries) -> None:
    with django_assert_num_queries(5):
        read_public(files.number)
    with django_assert_num_queries(2):
        number_is_of(files.number, "Samira")
