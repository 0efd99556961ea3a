"""Asking a referee, sending the link again, and withdrawing. Only ever about one's own work."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.feedback.asking import (
    LINK_DAYS,
    MAX_ANSWER,
    MAX_CODES,
    MAX_NAME,
    MAX_WAITING,
    Relation,
    RequestKind,
    RequestState,
    Unsent,
    expiry,
    state_of,
)
from bekwaam.domain.growth.rating import scale_of
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import Evidence, FeedbackRequest, FrameworkVersion, Person
from bekwaam.wording import N_, say_many

_SUBJECT: Final = N_("{asker} asks you something")
_LINES: Final = {
    RequestKind.CONFIRM: N_(
        "{asker} collects evidence of their work in Bekwaam and asks you to confirm a piece."
    ),
    RequestKind.RATE: N_("{asker} looks at how their work is going and asks what you see."),
}
_HERE: Final = N_("You can do that here, without an account. It takes a few minutes:")


@dataclass(frozen=True, slots=True)
class Referee:
    """Whom to ask: a name, a mail address, what they are to who asks, and the language to write in."""

    name: str
    email: str
    relation: str
    language: str = "nl"


@dataclass(frozen=True, slots=True)
class _Addressee:
    name: str
    email: str
    language: str


def ask_to_confirm(actor: Person, evidence_ref: str, referee: Referee, message: str = "") -> FeedbackRequest:
    """Ask somebody to confirm a piece of one's own evidence; a mail with the link goes out.

    Raises NotFound for evidence of somebody else, Invalid with every fault.
    """
    evidence = Evidence.objects.filter(owner=actor, ref=evidence_ref).first()
    if evidence is None:
        raise NotFound
    _insist_sound(_faults(referee, message))
    row = FeedbackRequest(kind=RequestKind.CONFIRM.value, evidence=evidence, evidence_ref=evidence.ref)
    return _as_sent(_ask(actor, row, referee, message))


def ask_to_rate(
    actor: Person, standard: FrameworkVersion, codes: Sequence[str], referee: Referee, message: str = ""
) -> FeedbackRequest:
    """Ask somebody to rate and comment on competences, a few at a time; a mail with the link goes out."""
    framework = framework_of(standard)
    wanted = list(dict.fromkeys(codes))
    faults = _faults(referee, message)
    if not wanted:
        faults.append(Fault("codes", "empty", N_("Choose at least one competence.")))
    elif len(wanted) > MAX_CODES:
        faults.append(Fault("codes", "too_many", N_("Choose ten at the most: more is too much to ask.")))
    elif any(c not in framework.by_code or scale_of(framework, framework.by_code[c]) is None for c in wanted):
        faults.append(Fault("codes", "unknown", N_("Choose from the competences in the list.")))
    _insist_sound(faults)
    row = FeedbackRequest(kind=RequestKind.RATE.value, standard=standard, codes=wanted)
    return _as_sent(_ask(actor, row, referee, message))


def send_again(actor: Person, ref: str, email: str = "") -> FeedbackRequest:
    """Send a new link for a request that was not answered; the old link no longer works.

    ``email`` corrects the address; everything else stays as it was asked. Raises Invalid for what is no
    address.
    """
    with transaction.atomic():
        row = _unanswered(actor, ref)
        if row.withdrawn_at is not None:
            raise Refused(refused("withdrawn", N_("You withdrew this request. Make a new one.")))
        _insist_sound(_address_faults(email) if email else [])
        now = clock.now()
        token = secrets.token_urlsafe(32)
        row.email = email.strip() or row.email
        row.token_sha256, row.sent_at, row.expires_at = token_hash(token), now, expiry(now)
        row.unsent, row.opened_at = "", None
        row.save(update_fields=["email", "token_sha256", "sent_at", "expires_at", "unsent", "opened_at"])
        append(
            Event.FEEDBACK_SENT_AGAIN,
            actor=actor,
            subject=f"person:{actor.ref}",
            now=now,
            payload={"request": row.ref},
        )
        _post(actor, row, token)
    return _as_sent(row)


@transaction.atomic
def withdraw_request(actor: Person, ref: str) -> FeedbackRequest:
    """Withdraw a request: from now on its link opens nothing. Withdrawing twice changes nothing."""
    row = _unanswered(actor, ref)
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.email = ""
        row.save(update_fields=["withdrawn_at", "email"])
        _record(Event.FEEDBACK_WITHDRAWN, actor, row)
    return row


def token_hash(token: str) -> str:
    """Return what is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def _ask(actor: Person, row: FeedbackRequest, referee: Referee, message: str) -> FeedbackRequest:
    now = clock.now()
    waiting = FeedbackRequest.objects.filter(
        owner=actor, answer=None, withdrawn_at=None, expires_at__gt=now
    ).count()
    if waiting >= MAX_WAITING:
        text = N_("You have {number} requests open. Wait for answers, or withdraw some first.")
        raise Refused(refused("too_many_waiting", text, number=waiting))
    token = secrets.token_urlsafe(32)
    row.owner = actor
    row.token_sha256 = token_hash(token)
    row.name, row.email = referee.name.strip(), referee.email.strip()
    row.relation, row.language = referee.relation, referee.language
    row.message = message.strip()
    row.asked_at = row.sent_at = now
    row.expires_at = expiry(now)
    row.save()
    _record(Event.FEEDBACK_ASKED, actor, row)
    _post(actor, row, token)
    return row


def _unanswered(actor: Person, ref: str) -> FeedbackRequest:
    row = FeedbackRequest.objects.select_for_update(of=("self",)).filter(owner=actor, ref=ref).first()
    if row is None:
        raise NotFound
    answered = getattr(row, "answer", None)
    at = answered and answered.answered_at
    state = state_of(row.expires_at, row.withdrawn_at, at, clock.now(), unsent=bool(row.unsent))
    if state is RequestState.ANSWERED:
        raise Refused(refused("answered", N_("There is an answer already; it stays as it is.")))
    return row


def _faults(referee: Referee, message: str) -> list[Fault]:
    faults = []
    if not referee.name.strip():
        faults.append(Fault("name", "empty", N_("Write down who you ask.")))
    elif len(referee.name) > MAX_NAME:
        faults.append(Fault("name", "too_long", N_("This is too long: 200 characters is the most.")))
    faults += _address_faults(referee.email)
    if referee.relation not in list(Relation):
        faults.append(Fault("relation", "unknown", N_("Choose what this person is to you.")))
    if len(message) > MAX_ANSWER:
        faults.append(Fault("message", "too_long", N_("This is too long: 5,000 characters is the most.")))
    return faults


def _address_faults(email: str) -> list[Fault]:
    try:
        validate_email(email.strip())
    except ValidationError:
        return [Fault("email", "odd", N_("This is not a mail address. Look for a slip of the pen."))]
    return []


def _insist_sound(faults: list[Fault]) -> None:
    if faults:
        raise Invalid(tuple(faults))


def _record(event: Event, actor: Person, row: FeedbackRequest) -> None:
    append(
        event,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={"request": row.ref, "kind": row.kind},
        content=[row],
    )


def _post(actor: Person, row: FeedbackRequest, token: str) -> None:
    lasting = say_many(
        row.language,
        "This link is for you alone. It works once, for {number} day.",
        "This link is for you alone. It works once, for {number} days.",
        LINK_DAYS,
    )
    post_after_commit(
        Letter(
            to=_Addressee(row.name, row.email, row.language),
            sender=actor,
            subject=_SUBJECT,
            lines=(_LINES[RequestKind(row.kind)],),
            before_link=_HERE,
            path=reverse("feedback:referee", args=[token]),
            values={"asker": actor.name},
            after_link=lasting,
            kind=MailKind.REFEREE,
            names_somebody=True,
        ),
        failed=lambda refused_for_good: _note_unsent(row.token_sha256, refused_for_good),
    )


def _note_unsent(sha256: str, refused_for_good: bool) -> None:
    """Note that the mail with a link did not go out, unless another was sent since."""
    why = Unsent.REFUSED if refused_for_good else Unsent.FAILED
    FeedbackRequest.objects.filter(token_sha256=sha256).update(unsent=why.value)


def _as_sent(row: FeedbackRequest) -> FeedbackRequest:
    """Return a request as it is now that the mail was tried."""
    row.refresh_from_db(fields=["unsent"])
    return row
