"""A referee's link: works once, for a while, for what was asked; and an answer is about what was seen."""

from __future__ import annotations

import re
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from bekwaam.domain.feedback.asking import LINK_DAYS, RequestState, Unsent, Worth
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.feedback.answering import AnswerInput, answer, asked
from bekwaam.services.feedback.asking import (
    Referee,
    ask_to_confirm,
    ask_to_rate,
    send_again,
    withdraw_request,
)
from bekwaam.services.feedback.reads import confirmations, own_request, own_requests, ratings_by_others
from bekwaam.services.portfolio.evidence import change_evidence
from bekwaam.store.models import AuditEntry, Evidence, FeedbackAnswer, FeedbackRequest, Procedure
from tests.cast import Cast, Point, story

NEL = Referee("Nel de Wit", "nel@example.org", "colleague")
YES = AnswerInput(name="Nel de Wit", function="wijkverpleegkundige", said="yes")


@pytest.fixture
def filled(cast: Cast) -> Procedure:
    return cast.bring_to(Point.FILLED)


@pytest.fixture
def piece(filled: Procedure) -> Evidence:
    return Evidence.objects.get()


def the_token() -> str:
    """Return the token of the link in the last mail."""
    found = re.search(r"/referent/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


@pytest.fixture
def token(piece: Evidence, django_capture_on_commit_callbacks) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_confirm(piece.owner, piece.ref, NEL, "Weet je nog?")
    return the_token()


def test_the_referee_gets_a_mail_that_says_nothing_of_the_piece(token: str, piece: Evidence) -> None:
    (letter,) = [message for message in mail.outbox if message.to == ["nel@example.org"]]
    assert piece.owner.name in letter.subject
    assert piece.title not in str(letter.body) and "Weet je nog" not in str(letter.body)


def test_of_the_link_only_a_hash_is_kept(token: str) -> None:
    row = FeedbackRequest.objects.get()
    assert token not in str({name: str(value) for name, value in vars(row).items()})
    assert asked(token).request == row


def test_a_piece_is_confirmed_once_and_the_address_is_erased(token: str, piece: Evidence) -> None:
    answer(token, YES)
    with pytest.raises(Refused):
        answer(token, YES)
    assert FeedbackAnswer.objects.count() == 1
    assert FeedbackRequest.objects.get().email == ""
    (found,) = confirmations(Evidence.objects.all())[piece.ref]
    assert (found.name, found.worth) == ("Nel de Wit", Worth.CONFIRMED)


def test_a_later_change_shows_as_no_longer_confirmed(token: str, filled: Procedure, piece: Evidence) -> None:
    answer(token, YES)
    change_evidence(piece.owner, filled, piece.ref, story("Een ander verhaal", ["1.1"]))
    (found,) = confirmations(Evidence.objects.all())[piece.ref]
    assert found.worth is Worth.CHANGED_SINCE


def test_tying_a_piece_to_more_changes_nothing_about_what_was_confirmed(
    token: str, filled: Procedure, piece: Evidence
) -> None:
    answer(token, YES)
    same = story(piece.title, ["1.1", "1.2"])
    change_evidence(piece.owner, filled, piece.ref, same)
    (found,) = confirmations(Evidence.objects.all())[piece.ref]
    assert found.worth is Worth.CONFIRMED


def test_an_answer_is_about_what_stood_on_the_screen_when_the_piece_changed_meanwhile(
    token: str, filled: Procedure, piece: Evidence
) -> None:
    seen = asked(token).seen_sha256
    change_evidence(piece.owner, filled, piece.ref, story("Nu iets anders", ["1.1"]))
    answer(token, AnswerInput(name="Nel", said="yes", seen_sha256=seen))
    assert own_requests(piece.owner)[0].answered.worth is Worth.CHANGED_SINCE


def test_a_faulty_answer_leaves_the_link_usable(token: str) -> None:
    with pytest.raises(Invalid):
        answer(token, AnswerInput(name="", said="no"))
    assert asked(token).state is RequestState.WAITING
    answer(token, YES)


def test_a_link_that_is_too_old_or_withdrawn_opens_nothing(
    token: str, piece: Evidence, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=LINK_DAYS))
    with pytest.raises(Refused):
        answer(token, YES)
    monkeypatch.setattr(clock, "now", lambda: now)
    withdraw_request(piece.owner, FeedbackRequest.objects.get().ref)
    with pytest.raises(Refused):
        answer(token, YES)
    assert FeedbackRequest.objects.get().email == ""
    assert not FeedbackAnswer.objects.exists()


def test_sending_again_makes_a_new_link_and_closes_the_old(
    token: str, piece: Evidence, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        send_again(piece.owner, FeedbackRequest.objects.get().ref)
    with pytest.raises(NotFound):
        asked(token)
    answer(the_token(), YES)


@pytest.mark.parametrize(
    ("error", "unsent"),
    [
        (SMTPRecipientsRefused({"nel@example.org": (550, b"no such user")}), Unsent.REFUSED),
        (SMTPRecipientsRefused({"nel@example.org": (450, b"come back later")}), Unsent.FAILED),
        (ConnectionRefusedError("nobody home"), Unsent.FAILED),
    ],
)
def test_a_mail_that_does_not_go_out_is_known_and_goes_to_a_better_address(
    piece: Evidence, monkeypatch, django_capture_on_commit_callbacks, error: Exception, unsent: Unsent
) -> None:
    with monkeypatch.context() as broken, django_capture_on_commit_callbacks(execute=True):
        broken.setattr(EmailMultiAlternatives, "send", Mock(side_effect=error))
        ref = ask_to_confirm(piece.owner, piece.ref, NEL, "Weet je nog?").ref
    before = own_request(piece.owner, ref)
    assert (before.state, before.unsent) == (RequestState.UNSENT, unsent)
    with pytest.raises(Invalid):
        send_again(piece.owner, ref, "geen adres")
    with django_capture_on_commit_callbacks(execute=True):
        send_again(piece.owner, ref, "nel.dewit@example.org")
    after = own_request(piece.owner, ref)
    assert (after.state, after.unsent, after.message) == (RequestState.WAITING, None, "Weet je nog?")
    assert mail.outbox[-1].to == ["nel.dewit@example.org"]
    answer(the_token(), YES)
    assert own_request(piece.owner, ref).state is RequestState.ANSWERED and not list(broken_contents())


def test_what_was_answered_is_neither_sent_again_nor_withdrawn(token: str, piece: Evidence) -> None:
    answer(token, YES)
    ref = FeedbackRequest.objects.get().ref
    for action in (send_again, withdraw_request):
        with pytest.raises(Refused):
            action(piece.owner, ref)


def test_nobody_asks_about_or_reads_what_is_somebody_elses(cast: Cast, token: str, piece: Evidence) -> None:
    ref = FeedbackRequest.objects.get().ref
    for somebody in (cast.guide, cast.coordinator, cast.operator):
        with pytest.raises(NotFound):
            ask_to_confirm(somebody, piece.ref, NEL)
        for action in (own_request, send_again, withdraw_request):
            with pytest.raises(NotFound):
                action(somebody, ref)


@pytest.mark.parametrize(
    ("referee", "fields"),
    [
        (Referee("", "nel@example.org", "colleague"), ["name"]),
        (Referee("Nel", "geen adres", "colleague"), ["email"]),
        (Referee("Nel", "nel@example.org\nBcc: iedereen@example.org", "colleague"), ["email"]),
        (Referee("Nel", "nel@example.org", "buurvrouw"), ["relation"]),
    ],
)
def test_a_faulty_request_sends_nothing(piece: Evidence, referee: Referee, fields: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        ask_to_confirm(piece.owner, piece.ref, referee)
    assert [fault.name for fault in refused.value.faults] == fields
    assert not FeedbackRequest.objects.exists()


@pytest.mark.parametrize("codes", [[], ["9.9"], ["1"], [f"1.{n}" for n in range(1, 12)]])
def test_what_others_rate_is_a_few_competences_that_exist(cast: Cast, codes: list[str]) -> None:
    with pytest.raises(Invalid) as refused:
        ask_to_rate(cast.candidate, cast.standard, codes, NEL)
    assert [fault.name for fault in refused.value.faults] == ["codes"]


def test_others_rate_beside_oneself(cast: Cast, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ask_to_rate(cast.candidate, cast.standard, ["1.1", "1.2"], NEL)
    given = AnswerInput(name="Nel", ratings={"1.1": "vakbekwaam", "1.3": "vakbekwaam"}, text="Mooi werk.")
    answer(the_token(), given)
    (found,) = ratings_by_others(cast.candidate, cast.standard)
    assert found.answered is not None
    assert dict(found.answered.ratings) == {"1.1": "vakbekwaam"}  # 1.3 was not asked about


def test_removing_the_piece_closes_the_request_and_keeps_the_answer(
    token: str, filled: Procedure, piece: Evidence
) -> None:
    from bekwaam.services.portfolio.evidence import remove_evidence

    remove_evidence(piece.owner, filled, piece.ref)
    with pytest.raises(NotFound):
        answer(token, YES)
    (kept,) = own_requests(filled.candidate)
    assert kept.evidence_title == ""
    assert walk_chain().whole and not list(broken_contents())


def test_the_chain_vouches_for_the_answer_and_holds_none_of_its_words(token: str) -> None:
    answer(token, AnswerInput(name="Nel de Wit", said="partly", text="Ik kwam er later bij."))
    assert walk_chain().whole and not list(broken_contents())
    told = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    assert "Nel" not in told and "later" not in told
    FeedbackAnswer.objects.update(said="yes")
    assert [found.table for found in broken_contents()] == ["FeedbackAnswer"]
