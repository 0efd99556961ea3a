"""Checking a file here: what is true, what our own log and tables add to it, and what it costs."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.certificates.bundle import read_bundle
from bekwaam.domain.certificates.forms import Form
from bekwaam.domain.certificates.report import Aspect
from bekwaam.domain.certificates.status import Change, ChangeReason, Status
from bekwaam.services import clock
from bekwaam.services.checking.bundles import bundle_file
from bekwaam.services.checking.files import Answer, Held, check_file
from bekwaam.services.publiclog.writing import add
from bekwaam.services.signing.ring import did_of
from bekwaam.services.statuses.changing import change_status
from bekwaam.store.models import Certificate, CertificateForm, LogLeaf, PublishedList, SigningKey
from bekwaam.trust.entries import Kind, LogEntry
from bekwaam.trust.reasons import Reason
from bekwaam.trust.verdicts import Outcome, Question
from tests.cast import Cast
from tests.services.checking.issued import files_of

pytestmark = pytest.mark.django_db


def held(answer: Answer) -> Held | None:
    return answer.own.held if answer.own else None


@pytest.mark.parametrize("form", [Form.STANDARD, Form.STANDARD_JWT])
def test_the_credential_of_the_standard_as_a_whole_is_in_order_too(cast: Cast, form: Form) -> None:
    files_of(cast)
    answer = check_file(CertificateForm.objects.get(form=form).content.encode())
    assert (answer.outcome, held(answer)) == (Outcome.VALID, Held.SAME)
    assert answer.verification.facts and answer.verification.facts.whole


@pytest.mark.parametrize("form", ["pdf", "json", "jwt"])
def test_what_was_issued_here_is_in_order_in_every_form_without_a_proof_beside_it(
    cast: Cast, form: str
) -> None:
    answer = check_file(files_of(cast).each[form])
    assert (answer.outcome, held(answer), answer.signed) == (Outcome.VALID, Held.SAME, True)
    assert answer.own and answer.own.log.issued_at and not answer.own.hidden


def test_the_same_credential_written_down_otherwise_is_in_order_and_said_to_be(cast: Cast) -> None:
    answer = check_file(json.dumps(json.loads(files_of(cast).json)).encode())
    assert (answer.outcome, held(answer)) == (Outcome.VALID, Held.REWRITTEN)


@pytest.mark.parametrize(
    ("change", "reason", "code"),
    [
        (Change.REVOKED, ChangeReason.FRAUD, Reason.REVOKED),
        (Change.SUSPENDED, ChangeReason.INVESTIGATION, Reason.SUSPENDED),
    ],
)
def test_what_was_taken_back_is_not_in_order(
    cast: Cast, change: Change, reason: ChangeReason, code: Reason
) -> None:
    files = files_of(cast)
    change_status(cast.coordinator, files.procedure, change, reason, "Zo is het.")
    answer = check_file(files.json, files.proof)
    assert answer.outcome is Outcome.INVALID
    assert answer.verification.code_of(Question.STATUS) == code
    assert answer.own and answer.own.hidden is None
    assert answer.own.since and answer.own.reason is reason


def test_a_proof_of_the_other_badge_does_not_make_a_certificate_wrong(cast: Cast) -> None:
    files = files_of(cast)
    standard = CertificateForm.objects.get(form=Form.STANDARD).content.encode()
    assert check_file(standard, files.proof).outcome is Outcome.VALID


def test_a_file_of_nobody_we_know_is_no_reason_to_say_that_it_is_wrong(cast: Cast) -> None:
    files = files_of(cast)
    other = files.json.replace(b"did:web:", b"did:web:elders.")
    answer = check_file(other)
    assert (answer.outcome, answer.own) == (Outcome.UNKNOWN, None)
    assert answer.verification.code_of(Question.ISSUER) == Reason.ISSUER_UNKNOWN
    assert not answer.signed


def test_a_certificate_that_is_no_longer_in_our_tables_is_still_in_order_and_said_to_be_absent(
    cast: Cast,
) -> None:
    files = files_of(cast)
    CertificateForm.objects.all().delete()
    Certificate.objects.update(number="2020-ANDE-RRRR")
    answer = check_file(files.json)
    assert (answer.outcome, held(answer)) == (Outcome.VALID, Held.ABSENT)


@pytest.mark.parametrize(
    "extra",
    ['"x": 1.5', '"x": 1e400', '"x": NaN', '"x": 1e22', '"x": 99999999999999999999', '"x": "\\ud800"'],
)
def test_odd_values_in_what_names_us_get_an_answer(cast: Cast, extra: str) -> None:
    content = files_of(cast).json.decode().replace("{", "{" + extra + ",", 1)
    assert check_file(content.encode()).outcome is not Outcome.VALID
    assert check_file(b'{"issuer": ' + json.dumps(did_of(cast.provider)).encode() + b"}").own is None


def test_what_our_log_does_not_have_is_not_in_order_whatever_proof_comes_with_it(cast: Cast) -> None:
    files = files_of(cast)
    LogLeaf.objects.all().delete()
    answer = check_file(files.json, files.proof)
    assert answer.verification.outcome is Outcome.VALID
    assert answer.outcome is Outcome.INVALID
    assert answer.own and answer.own.unlogged


@pytest.mark.parametrize("form", ["pdf", "json"])
def test_a_proof_under_an_earlier_key_of_the_log_is_made_up_for_by_our_log(cast: Cast, form: str) -> None:
    files = files_of(cast)
    SigningKey.objects.filter(provider=None).update(ref="earlier", retired_at=clock.now())
    with transaction.atomic():
        add(LogEntry(Kind.AUDIT_HEAD, "0" * 64, clock.now()))
    answer = check_file(files.each[form], files.proof)
    assert (answer.outcome, held(answer)) == (Outcome.VALID, Held.SAME)
    read = read_bundle(bundle_file().content)
    assert len(read.log_keys) == 2


def test_a_pdf_is_also_looked_at_as_a_paper(cast: Cast) -> None:
    files = files_of(cast)
    answer = check_file(files.pdf + b"\n% erbij")
    assert answer.outcome is Outcome.INVALID
    assert answer.verification.code_of(Aspect.PAPER) == "added_to"
    assert held(answer) is Held.DIFFERENT


def test_a_document_that_was_changed_in_the_table_shows(cast: Cast) -> None:
    files = files_of(cast)
    Certificate.objects.update(document=files.row.document | {"candidate": "Iemand Anders"})
    assert {held(check_file(content)) for content in files.each.values()} == {Held.DIFFERENT}


def test_a_form_that_was_changed_in_the_table_shows(cast: Cast) -> None:
    files = files_of(cast)
    for form in CertificateForm.objects.all():
        form.content = form.content.replace("EVC Huis Noord", "EVC Huis Zuid")
        form.save()
    answer = check_file(files.json)
    assert (answer.outcome, held(answer)) == (Outcome.VALID, Held.DIFFERENT)


@pytest.mark.parametrize("form", ["pdf", "json", "jwt"])
def test_a_check_takes_a_fixed_number_of_queries(cast: Cast, form: str) -> None:
    content = files_of(cast).each[form]
    check_file(content)  # the lists are signed the first time somebody asks for them
    with CaptureQueriesContext(connection) as captured:
        check_file(content)
    assert len(captured) == {"pdf": 5, "json": 8, "jwt": 8}[form]


def test_a_file_of_others_takes_no_query(cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        check_file(b"%PDF-1.7 iets anders")
        check_file(b'{"iets": "anders"}')
        check_file(b"zomaar tekst")


def test_a_revocation_that_is_taken_out_of_the_lists_is_told_by_the_log(cast: Cast) -> None:
    files = files_of(cast)
    check_file(files.json)
    before = list(PublishedList.objects.values())
    change_status(cast.coordinator, files.procedure, Change.REVOKED, ChangeReason.FRAUD, "Vals.")
    for row in before:
        PublishedList.objects.create(**row)
    answer = check_file(files.json)
    assert answer.verification.outcome is Outcome.VALID
    assert answer.own and answer.own.hidden is Status.REVOKED
    assert answer.outcome is Outcome.INVALID
