"""A list of numbers is answered as one number is, in a fixed number of queries."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bekwaam.domain.certificates.batch import Answered, Asked, Found, NameAnswer
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.status import Change
from bekwaam.services import clock
from bekwaam.services.checking.lists import answer_list
from bekwaam.services.publiclog.writing import add
from bekwaam.store.models import Certificate, CertificateForm, ErasedCertificate, LogLeaf, StatusPlace
from bekwaam.trust.entries import Kind, LogEntry, credential_digest
from tests.cast import Cast, Point


def one(number: str, name: str = "") -> Answered:
    (answer,) = answer_list([Asked(1, number, number, name)])
    return answer


@pytest.fixture
def number(cast: Cast) -> str:
    cast.bring_to(Point.ISSUED)
    return Certificate.objects.get().number


def test_a_number_that_stands_is_good_and_says_by_whom_and_of_what(number: str) -> None:
    answer = one(number)
    assert (answer.found, answer.name, answer.good) == (Found.GOOD, NameAnswer.NOT_ASKED, True)
    assert (answer.provider, answer.standard) == ("EVC Huis Noord", "Standaard klein")
    assert answer.issued_on == clock.today().isoformat()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("samira  KANDIDAAT", NameAnswer.SAME),
        ("Iemand Anders", NameAnswer.OTHER),
        ("samira@example.org", NameAnswer.CANNOT_TELL),
    ],
)
def test_a_name_is_the_holders_or_not(number: str, name: str, expected: NameAnswer) -> None:
    assert one(number, name).name is expected


def test_a_name_is_not_held_against_a_row_that_somebody_changed(number: str) -> None:
    row = CertificateForm.objects.get(form=Form.EXPERIENCE)
    row.content = row.content.replace("Standaard klein", "Standaard groot")
    row.save()
    assert one(number, "Samira Kandidaat").name is NameAnswer.CANNOT_TELL


def _document(number: str) -> None:
    form = CertificateForm.objects.get(form=Form.EXPERIENCE)
    CertificateForm.objects.filter(pk=form.pk).update(content=form.content.replace("Noord", "Zuid"))


def _never_signed(number: str) -> None:
    CertificateForm.objects.all().delete()


def _never_logged(number: str) -> None:
    form = CertificateForm.objects.get(form=Form.EXPERIENCE)
    credential = json.loads(form.content) | {"name": "Een ander"}
    form.content, form.digest = json.dumps(credential), credential_digest(credential)
    form.save()


def _other_number(number: str) -> None:
    Certificate.objects.update(number="2026-AAAA-AAAA")


@pytest.mark.parametrize("edit", [_document, _never_signed, _never_logged, _other_number])
def test_a_row_that_was_never_issued_so_is_not_said_to_stand(number: str, edit: Any) -> None:
    """The rows of the database vouch for nothing by themselves, here as on the page of one number."""
    edit(number)
    answer = one(Certificate.objects.get().number, "Samira Kandidaat")
    assert (answer.found, answer.name) == (Found.DOUBTFUL, NameAnswer.CANNOT_TELL)
    assert (answer.good, answer.provider, answer.standard) == (False, "", "")


def test_a_leaf_that_was_garbled_is_passed_over(number: str) -> None:
    LogLeaf.objects.filter(kind=Kind.ISSUED).update(data="{")
    assert one(number).found is Found.DOUBTFUL


def test_what_is_not_known_is_told_apart_from_what_is_no_number(cast: Cast) -> None:
    unknown = answer_list([Asked(1, "2026-AAAA-AAAA", "2026-AAAA-AAAA"), Asked(2, "hallo", "")])
    assert [answer.found for answer in unknown] == [Found.UNKNOWN, Found.NO_NUMBER]
    ErasedCertificate.objects.create(
        procedure=cast.bring_to(Point.WITHDRAWN)
        if hasattr(Point, "WITHDRAWN")
        else cast.bring_to(Point.READY),
        number="2020-AAAA-AAAA",
        file_sha256="0" * 64,
        issued_at=clock.now(),
        erased_at=clock.now(),
    )
    assert one("2020-AAAA-AAAA").found is Found.ERASED


@pytest.mark.parametrize(("column", "expected"), [("revoked", Found.REVOKED), ("suspended", Found.SUSPENDED)])
def test_what_was_taken_back_says_so(number: str, column: str, expected: Found) -> None:
    StatusPlace.objects.filter(certificate__number=number).update(**{column: True})
    assert one(number).found is expected


def test_a_revocation_that_was_taken_out_of_the_database_still_shows(number: str, db: Any) -> None:
    digest = CertificateForm.objects.get(form=Form.EXPERIENCE).digest
    add(LogEntry(Kind(Change.REVOKED.value), digest, clock.now(), ""))
    assert not StatusPlace.objects.filter(revoked=True).exists()
    assert one(number).found is Found.REVOKED


def test_a_list_takes_eight_queries_however_long_it_is(
    number: str, django_assert_max_num_queries: Any
) -> None:
    asked = [Asked(row, number, number, "Samira Kandidaat") for row in range(500)]
    with django_assert_max_num_queries(8):
        assert len(answer_list(asked)) == 500
