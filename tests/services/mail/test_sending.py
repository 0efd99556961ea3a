"""The one way out for mail: two kinds of paper, and a row that says it went out and not what it said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.mail.kinds import KEPT_DAYS, MailKind, Outcome
from bekwaam.services import clock
from bekwaam.services.accounts.registering import ask_for_account
from bekwaam.services.erasing.expiring import expire
from bekwaam.services.feedback.asking import Referee, ask_to_rate
from bekwaam.services.mail.reads import mail_of_procedure, mail_of_provider
from bekwaam.services.mail.sending import outcome_of
from bekwaam.services.procedures.assigning import assign
from bekwaam.store.models import SentMail
from tests.cast import Cast, Point
from tests.services.erasing.people import erase

pytestmark = [pytest.mark.database, pytest.mark.django_db]
NO_SUCH_ADDRESS = SMTPRecipientsRefused({"a@example.org": (550, b"no such user")})


@pytest.fixture
def committing(django_capture_on_commit_callbacks: Any) -> Callable[[], Any]:
    """Run what waits for the commit at the end of the block."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def sent_to(cast: Cast, committing: Any, language: str = "nl") -> Any:
    """Let a guide be assigned, which sends a mail; return it."""
    cast.guide.language = language
    cast.guide.save(update_fields=["language"])
    procedure = cast.start()
    with committing():
        assign(cast.coordinator, procedure, cast.guide, Role.GUIDE)
    return mail.outbox[-1]


@pytest.mark.parametrize(("language", "word"), [("nl", "Hallo Gijs"), ("en", "Hello Gijs")])
def test_a_mail_goes_as_text_and_as_html_in_the_language_of_who_gets_it(
    cast: Cast, committing: Any, language: str, word: str
) -> None:
    message = sent_to(cast, committing, language)
    ((html, media_type),) = message.alternatives
    assert media_type == "text/html"
    assert word in message.body and word in html
    assert f'<html lang="{language}">' in html
    assert message.extra_headers["Content-Language"] == language
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_what_is_kept_says_to_whom_and_about_what_and_no_word_of_it(cast: Cast, committing: Any) -> None:
    sent_to(cast, committing)
    row = SentMail.objects.get()
    assert (row.person, row.provider, row.kind) == (cast.guide, cast.provider, MailKind.PROCEDURE)
    assert (row.outcome, row.language) == (Outcome.ACCEPTED, "nl")
    assert row.procedure is not None and row.procedure.number in row.subject
    kept = str(SentMail.objects.values())
    assert cast.guide.email not in kept and "/traject/" not in kept


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (NO_SUCH_ADDRESS, Outcome.REFUSED),
        (SMTPRecipientsRefused({"a@example.org": (451, b"later")}), Outcome.FAILED),
        (SMTPServerDisconnected(), Outcome.FAILED),
        (OSError(), Outcome.FAILED),
    ],
)
def test_what_a_mail_server_says_is_told_apart(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome


def test_a_mail_that_does_not_go_out_is_kept_as_such_and_undoes_nothing(
    cast: Cast, committing: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailMultiAlternatives, "send", Mock(side_effect=NO_SUCH_ADDRESS))
    procedure = cast.start()
    with committing():
        assign(cast.coordinator, procedure, cast.guide, Role.GUIDE)
    assert SentMail.objects.get().outcome == Outcome.REFUSED
    assert procedure.assignments.filter(person=cast.guide).exists()


def test_of_a_mail_to_who_has_no_account_nothing_is_kept_that_names_anybody(
    cast: Cast, committing: Any
) -> None:
    with committing():
        referee = Referee("Karin Collega", "karin@example.org", "colleague")
        ask_to_rate(cast.candidate, cast.standard, ["1.1"], referee, "Kijk je mee?")
        ask_for_account("nieuw@example.org", "Nina Nieuw", "nl")
    assert len(mail.outbox) == 2
    kept = str(SentMail.objects.values())
    for name in ("Karin", "karin@", "Samira", "Nina", "nieuw@", "referent", "Kijk"):
        assert name not in kept
    assert set(SentMail.objects.values_list("person", flat=True)) == {None}
    assert list(mail_of_provider(cast.provider)[0:9]) == []


def test_a_new_password_goes_the_same_way_in_ones_own_language(cast: Cast) -> None:
    cast.guide.language = "en"
    cast.guide.save(update_fields=["language"])
    Client().post(reverse("account_reset_password"), {"email": cast.guide.email})
    (message,) = mail.outbox
    assert message.subject == "Choose a new password"
    assert "/password/reset/key/" in message.body and "Hello Gijs" in message.body
    row = SentMail.objects.get()
    assert (row.kind, row.person, row.provider) == (MailKind.ACCOUNT, cast.guide, None)


def test_what_was_sent_goes_with_the_account_and_with_the_dossier(cast: Cast, committing: Any) -> None:
    with committing():
        procedure = cast.bring_on(cast.start(), Point.HANDED_IN)
    assert len(mail_of_procedure(procedure)) >= 4
    erase(cast.guide)
    assert not SentMail.objects.filter(person=cast.guide).exists()
    assert mail_of_procedure(procedure)[0:9]
    erase(cast.candidate)
    assert not SentMail.objects.filter(procedure=procedure).exists()


def test_the_last_mail_names_nobody_either(cast: Cast, committing: Any) -> None:
    person = cast.person("weg@example.org", "Wim Weg")
    with committing():
        erase(person)
    row = SentMail.objects.get()
    assert (row.kind, row.person) == (MailKind.FAREWELL, None)


def test_what_was_sent_is_known_for_a_year(cast: Cast, committing: Any) -> None:
    sent_to(cast, committing)
    with clock.at(clock.now() + timedelta(days=KEPT_DAYS - 1)):
        expire()
        assert SentMail.objects.exists()
    with clock.at(clock.now() + timedelta(days=KEPT_DAYS, minutes=1)):
        expire()
        assert not SentMail.objects.exists()
