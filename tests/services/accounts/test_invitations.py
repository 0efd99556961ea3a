"""The first mail: to whom, in which language, with a link that works, and never before the commit."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.db import transaction

from bekwaam.domain.accounts.access import Role
from bekwaam.services.accounts.people import register_person, set_language
from bekwaam.services.procedures.course import start_procedure
from tests.cast import Cast

LINK = re.compile(r"http://127\.0\.0\.1:8000/account/password/reset/key/\S+")


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """Run what waits for the commit at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_new_colleague_gets_a_mail_with_a_link(cast: Cast, committing) -> None:
    with committing():
        register_person(cast.coordinator, cast.provider, "nieuw@example.org", "Nina Nieuw", (Role.GUIDE,))
    (sent,) = mail.outbox
    assert sent.to == ["nieuw@example.org"]
    assert sent.subject == f"Je account bij {cast.provider.name}"
    assert "Hallo Nina Nieuw," in sent.body
    assert LINK.search(sent.body)
    assert "7 dagen" in sent.body


def test_a_new_candidate_gets_a_mail_about_the_procedure(cast: Cast, committing) -> None:
    cast.candidate.set_unusable_password()
    cast.candidate.save()
    with committing():
        cast.start()
    (sent,) = mail.outbox
    assert sent.subject == f"Jouw traject bij {cast.provider.name}"
    assert LINK.search(sent.body)


def test_a_candidate_with_a_password_gets_no_link_to_choose_one(cast: Cast, committing) -> None:
    with committing():
        cast.start()
    (sent,) = mail.outbox
    assert not LINK.search(sent.body)
    assert "http://127.0.0.1:8000/account/login/" in sent.body


def test_the_mail_is_in_the_language_of_who_gets_it(cast: Cast, committing) -> None:
    set_language(cast.candidate, "en")
    with committing():
        cast.start()
    assert mail.outbox[0].subject == f"Your procedure at {cast.provider.name}"


def test_a_colleague_with_a_password_gets_no_mail(cast: Cast, committing) -> None:
    with committing():
        register_person(cast.coordinator, cast.provider, cast.guide.email, cast.guide.name, (Role.AUDITOR,))
    assert not mail.outbox


def test_nothing_is_sent_when_the_registration_is_rolled_back(cast: Cast, committing) -> None:
    def fail() -> None:
        with transaction.atomic():
            register_person(cast.coordinator, cast.provider, "nieuw@example.org", "Nina Nieuw")
            raise RuntimeError

    with committing(), pytest.raises(RuntimeError):
        fail()
    assert not mail.outbox


def test_a_mail_server_that_is_down_undoes_nothing(cast: Cast, committing, settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with committing():
        procedure = start_procedure(
            cast.coordinator,
            cast.provider,
            candidate_email="nieuw@example.org",
            candidate_name="Nina Nieuw",
            standard=cast.standard,
            purpose=cast.start().scope.purpose,
        )
    procedure.refresh_from_db()
    assert procedure.candidate.email == "nieuw@example.org"


def test_a_name_cannot_add_headers_to_the_mail(cast: Cast, committing) -> None:
    cast.provider.name = "EVC\r\nBcc: iedereen@example.org"
    with committing():
        cast.start()
    assert mail.outbox[0].subject == "Jouw traject bij EVC Bcc: iedereen@example.org"
    assert mail.outbox[0].recipients() == [cast.candidate.email]
