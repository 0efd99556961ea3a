"""Asking on the screen, and the page of the referee without an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from smtplib import SMTPRecipientsRefused
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.services.feedback.asking import withdraw_request
from bekwaam.services.portfolio.evidence import add_evidence, remove_evidence
from bekwaam.services.portfolio.given import EvidenceInput
from bekwaam.store.models import Evidence, FeedbackAnswer, FeedbackRequest, Person, Procedure
from tests.cast import Cast, Point, make_cast

MOST_QUERIES = 12
NEL = {
    "language": "nl",
    "name": "Nel de Wit",
    "email": "nel@example.org",
    "relation": "colleague",
    "message": "Weet je nog?",
}


@pytest.fixture
def filled(cast: Cast) -> Procedure:
    return cast.bring_to(Point.FILLED)


@pytest.fixture
def me(cast: Cast, log_in: Callable[[Person], Client]) -> Client:
    return log_in(cast.candidate)


@pytest.fixture
def link(me: Client, filled: Procedure, django_capture_on_commit_callbacks) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        response = me.post(reverse("feedback:ask_confirmation", args=[Evidence.objects.get().ref]), NEL)
    assert response.status_code == 302
    found = re.search(r"http://[^/]+(/referent/\S+/)", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def test_a_referee_reads_the_piece_and_confirms_it_without_an_account(link: str, me: Client) -> None:
    page = Client().get(link)
    text = page.content.decode()
    assert page.status_code == 200 and "Ik ging drie keer langs" in text and "Weet je nog?" in text
    assert page["Referrer-Policy"] == "same-origin" and "noindex" in page["X-Robots-Tag"]
    assert "no-store" in page["Cache-Control"]
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', text)
    assert seen
    thanks = Client().post(link, {"said": "yes", "name": "Nel de Wit", "seen": seen.group(1)})
    assert "Dank je wel" in thanks.content.decode()
    listed = me.get(reverse("feedback:requests")).content.decode()
    assert "beantwoord" in listed
    ref = FeedbackRequest.objects.get().ref
    assert "bevestigd" in me.get(reverse("feedback:request", args=[ref])).content.decode()


def test_the_file_of_the_piece_is_read_behind_the_link_locked_up_and_no_longer_than_the_link_works(
    me: Client, filled: Procedure, django_capture_on_commit_callbacks
) -> None:
    given = EvidenceInput(kind=EvidenceKind.FILE, title="Plan", details={"shows": "Mijn plan."})
    upload = SimpleUploadedFile("plan.pdf", b"%PDF-1.4\nplan", "application/pdf")
    piece = add_evidence(filled.candidate, filled, given, upload)
    with django_capture_on_commit_callbacks(execute=True):
        me.post(reverse("feedback:ask_confirmation", args=[piece.ref]), NEL)
    link = re.search(r"http://[^/]+(/referent/\S+/)", str(mail.outbox[-1].body)).group(1)  # type: ignore[union-attr]
    assert "plan.pdf" in Client().get(link).content.decode()
    sent = Client().get(link + "bestand/")
    assert b"".join(sent.streaming_content) == b"%PDF-1.4\nplan"
    assert (
        "default-src 'none'" in sent["Content-Security-Policy"]
        and "script" not in sent["Content-Security-Policy"]
    )
    assert sent["Cache-Control"] == "private, no-store" and sent["Referrer-Policy"] == "same-origin"
    Client().post(link, {"said": "yes", "name": "Nel"})
    assert Client().get(link + "bestand/").status_code == 404


def test_opening_the_link_uses_nothing_up(link: str) -> None:
    for _ in range(3):
        assert Client().get(link).status_code == 200
    assert not FeedbackAnswer.objects.exists()


def test_the_asker_sees_when_it_was_sent_and_whether_it_was_opened(link: str, me: Client) -> None:
    ref = FeedbackRequest.objects.get().ref
    pages = (reverse("feedback:requests"), reverse("feedback:request", args=[ref]))
    assert all("nooit geopend" in me.get(page).content.decode() for page in pages)
    Client().head(link)  # a mail server that looks whether the link is safe
    assert FeedbackRequest.objects.get().opened_at is None
    Client().get(link)
    assert all("geopend op" in me.get(page).content.decode() for page in pages)


@pytest.mark.django_db(transaction=True)
def test_an_address_that_is_refused_at_once_is_said_and_corrected_in_place(
    log_in: Callable[[Person], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    cast = make_cast()
    me = log_in(cast.candidate)
    url = reverse("feedback:ask_rating")
    with monkeypatch.context() as broken:
        error = SMTPRecipientsRefused({"nel@example.org": (550, b"no such user")})
        broken.setattr("bekwaam.services.mail.sending.EmailMultiAlternatives.send", Mock(side_effect=error))
        page = me.post(url, NEL | {"codes": ["1.1"]}, follow=True)
    text = page.content.decode()
    assert "kent het adres nel@example.org niet" in text and "krijgt een mail" not in text
    ref = FeedbackRequest.objects.get().ref
    assert "niet verstuurd" in me.get(reverse("feedback:requests")).content.decode()
    again = reverse("feedback:again", args=[ref])
    odd = me.post(again, {"email": "nel@"})
    assert odd.status_code == 422 and 'value="nel@"' in odd.content.decode()
    text = me.post(again, {"email": "nel2@example.org"}, follow=True).content.decode()
    assert "krijgt een nieuwe link" in text and "kent het adres" not in text
    assert mail.outbox[-1].to == ["nel2@example.org"]


def test_a_link_used_twice_says_so_and_changes_nothing(link: str) -> None:
    Client().post(link, {"said": "yes", "name": "Nel"})
    for again in (Client().get(link), Client().post(link, {"said": "no", "name": "X", "text": "nee"})):
        assert "al gebruikt" in again.content.decode()
    assert FeedbackAnswer.objects.get().said == "yes"


def test_a_withdrawn_link_says_so(link: str, cast: Cast) -> None:
    withdraw_request(cast.candidate, FeedbackRequest.objects.get().ref)
    page = Client().get(link)
    assert page.status_code == 410 and "ingetrokken" in page.content.decode()


def test_a_piece_that_is_gone_is_said_to_be_gone(link: str, filled: Procedure) -> None:
    remove_evidence(filled.candidate, filled, Evidence.objects.get().ref)
    page = Client().get(link)
    assert page.status_code == 410 and "er niet meer" in page.content.decode()


def test_a_made_up_link_is_not_found(db: None) -> None:
    assert Client().get(reverse("feedback:referee", args=["verzonnen"])).status_code == 404
    assert Client().get(reverse("feedback:referee_file", args=["verzonnen"])).status_code == 404


def test_a_faulty_answer_keeps_every_word(link: str) -> None:
    page = Client().post(link, {"said": "partly", "name": "", "text": "", "function": "buurvrouw"})
    text = page.content.decode()
    assert page.status_code == 422 and "buurvrouw" in text and "Schrijf je naam op" in text
    assert not FeedbackAnswer.objects.exists()


def test_the_page_is_in_the_language_the_asker_chose(
    me: Client, filled: Procedure, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        me.post(
            reverse("feedback:ask_confirmation", args=[Evidence.objects.get().ref]), NEL | {"language": "en"}
        )
    letter = mail.outbox[-1]
    assert "asks you something" in letter.subject
    link = re.search(r"http://[^/]+(/referent/\S+/)", str(letter.body)).group(1)  # type: ignore[union-attr]
    assert "is this how it was?" in Client().get(link).content.decode()


def test_a_faulty_request_keeps_every_word(me: Client, filled: Procedure) -> None:
    url = reverse("feedback:ask_confirmation", args=[Evidence.objects.get().ref])
    page = me.post(url, NEL | {"email": "geen adres"})
    text = page.content.decode()
    assert page.status_code == 422 and "Weet je nog?" in text and "geen mailadres" in text
    assert not FeedbackRequest.objects.exists()


def test_others_look_along_at_chosen_competences(
    me: Client, cast: Cast, django_capture_on_commit_callbacks
) -> None:
    url = reverse("feedback:ask_rating")
    assert me.post(url, NEL).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        assert me.post(url, NEL | {"codes": ["1.1", "1.2"]}).status_code == 302
    link = re.search(r"http://[^/]+(/referent/\S+/)", str(mail.outbox[-1].body)).group(1)  # type: ignore[union-attr]
    assert 'name="1.2"' in Client().get(link).content.decode()
    Client().post(link, {"1.1": "vakbekwaam", "1.2": "", "name": "Nel"})
    ref = FeedbackRequest.objects.get().ref
    page = me.get(reverse("feedback:request", args=[ref])).content.decode()
    assert "vakbekwaam" in page and "kon het niet zeggen" in page


def test_somebody_elses_piece_and_request_do_not_exist(
    link: str, cast: Cast, log_in: Callable[[Person], Client]
) -> None:
    piece, ref = Evidence.objects.get().ref, FeedbackRequest.objects.get().ref
    for somebody in (cast.guide, cast.coordinator, cast.assessors[0]):
        other = log_in(somebody)
        assert other.get(reverse("feedback:ask_confirmation", args=[piece])).status_code == 404
        assert other.get(reverse("feedback:request", args=[ref])).status_code == 404
        for name in ("again", "withdraw"):
            assert other.post(reverse(f"feedback:{name}", args=[ref])).status_code == 404
    assert FeedbackRequest.objects.get().withdrawn_at is None


def test_the_screens_take_a_fixed_number_of_queries(link: str, me: Client) -> None:
    ref = FeedbackRequest.objects.get().ref
    urls = [
        reverse("feedback:requests"),
        reverse("feedback:request", args=[ref]),
        reverse("feedback:ask_rating"),
    ]
    for client, url in [(me, url) for url in urls] + [(Client(), link)]:
        client.get(url)
        with CaptureQueriesContext(connection) as counted:
            assert client.get(url).status_code == 200
        assert len(counted) <= MOST_QUERIES, (url, len(counted))
