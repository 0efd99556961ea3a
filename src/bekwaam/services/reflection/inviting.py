"""Inviting to a deliberation: colleagues with an account log in, others get a personal link."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.deliberation.inviting import (
    LINK_DAYS,
    MAX_NAME,
    SeatState,
    expiry,
    may_invite,
)
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.feedback.asking import Unsent
from bekwaam.domain.mail.kinds import MailKind
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.letters import Letter, post_after_commit
from bekwaam.services.errors import Invalid, NotFound, Refused, insist
from bekwaam.services.feedback.asking import token_hash
from bekwaam.services.reflection.state import Seat, lock_seat, state_of_seat
from bekwaam.store.audit import append
from bekwaam.store.models import Deliberation, DeliberationSeat, Person
from bekwaam.wording import N_, say_many

_SUBJECT: Final = N_("{host} invites you to think along")
_LINE: Final = N_("{host} has a question about what is right to do, and wants to think it over with others.")
_HERE: Final = N_("Here you read what is asked of you, and say whether you take part:")


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite: a name, a mail address, and the language to write in."""

    name: str
    email: str
    language: str = "nl"


def invite(seat: Seat, guest: Guest) -> DeliberationSeat:
    """Invite somebody, before the deliberation begins; a mail goes out.

    Raises Invalid with every fault, Refused once it has begun or is full.
    """
    _insist_sound(guest)
    with transaction.atomic():
        seat = _leading(seat)
        row = seat.deliberation
        running = DeliberationSeat.objects.filter(deliberation=row, withdrawn_at=None, left_at=None)
        insist(may_invite(Phase(row.phase), running.count(), _waiting(row)))
        email = guest.email.strip()
        if running.filter(email__iexact=email).exists():
            raise Invalid((Fault("email", "twice", N_("Somebody with this address is invited already.")),))
        person = Person.objects.filter(email__iexact=email, erased_at=None, is_active=True).first()
        now, token = clock.now(), secrets.token_urlsafe(32)
        made = DeliberationSeat.objects.create(
            deliberation=row,
            person=person,
            name=guest.name.strip(),
            email=email,
            language=guest.language,
            token_sha256=None if person else token_hash(token),
            invited_at=now,
            sent_at=now,
            expires_at=expiry(now),
        )
        _record(Event.DELIBERATION_INVITED, seat, made)
        _post(seat, made, token)
    made.refresh_from_db(fields=["unsent"])
    return made


def send_again(seat: Seat, ref: str, email: str = "") -> DeliberationSeat:
    """Send the mail again, with a new link for who has no account; ``email`` corrects the address.

    Raises Invalid for what is no address, NotFound for no such seat, Refused for one that is over.
    """
    if email:
        _insist_sound(Guest("x", email))
    with transaction.atomic():
        seat = _leading(seat)
        row = _other(seat.deliberation, ref)
        if row.withdrawn_at is not None or row.left_at is not None:
            raise Refused(refused("over", N_("This person does not take part any more.")))
        now, token = clock.now(), secrets.token_urlsafe(32)
        row.email = email.strip() or row.email
        row.token_sha256 = None if row.person_id else token_hash(token)
        row.sent_at, row.expires_at, row.unsent = now, expiry(now), ""
        row.save()
        _record(Event.DELIBERATION_LINK_SENT, seat, row)
        _post(seat, row, token)
    row.refresh_from_db(fields=["unsent"])
    return row


@transaction.atomic
def withdraw_invitation(seat: Seat, ref: str) -> None:
    """Withdraw an invitation that nobody came in by. Twice changes nothing."""
    seat = _leading(seat)
    row = _other(seat.deliberation, ref)
    if row.joined_at is not None:
        raise Refused(refused("joined", N_("This person takes part already, and can leave by themself.")))
    if row.withdrawn_at is None:
        row.withdrawn_at, row.email = clock.now(), ""
        row.save(update_fields=["withdrawn_at", "email"])
        _record(Event.DELIBERATION_UNINVITED, seat, row)


def _leading(seat: Seat) -> Seat:
    seat = lock_seat(seat)
    insist(seat.standing.may(Action.LEAD_DELIBERATION))
    return seat


def _waiting(row: Deliberation) -> int:
    open_ones = DeliberationSeat.objects.filter(joined_at=None, withdrawn_at=None, expires_at__gt=clock.now())
    return open_ones.filter(deliberation__host=row.host_id).count()


def _other(row: Deliberation, ref: str) -> DeliberationSeat:
    found = DeliberationSeat.objects.filter(deliberation=row, ref=ref).select_related("person").first()
    if found is None or state_of_seat(found, row) is SeatState.HOST:
        raise NotFound
    return found


def _insist_sound(guest: Guest) -> None:
    faults = []
    if not guest.name.strip():
        faults.append(Fault("name", "empty", N_("Write down who you invite.")))
    elif len(guest.name) > MAX_NAME:
        faults.append(Fault("name", "too_long", N_("This is too long: 200 characters is the most.")))
    try:
        validate_email(guest.email.strip())
    except ValidationError:
        message = N_("This is not a mail address. Look for a slip of the pen.")
        faults.append(Fault("email", "odd", message))
    if faults:
        raise Invalid(tuple(faults))


def _record(event: Event, seat: Seat, row: DeliberationSeat) -> None:
    append(
        event,
        actor=seat.actor,
        subject=f"deliberation:{seat.deliberation.ref}",
        now=clock.now(),
        payload={"seat": row.ref},
    )


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets a letter: who sits at a deliberation, with an account or not."""

    name: str
    email: str
    language: str


def _post(seat: Seat, row: DeliberationSeat, token: str) -> None:
    """Send the invitation once it stands: to log in with, or with the personal link."""
    path = reverse("reflection:guest", args=[token])
    lasting = say_many(
        row.language,
        "This link is for you alone. It works for {number} day.",
        "This link is for you alone. It works for {number} days.",
        LINK_DAYS,
    )
    if row.person_id:
        path, lasting = reverse("reflection:deliberation", args=[seat.deliberation.ref]), ""
    post_after_commit(
        Letter(
            to=Addressee(row.name, row.email, row.language),
            sender=seat.row.person,
            subject=_SUBJECT,
            lines=(_LINE,),
            before_link=_HERE,
            path=path,
            values={"host": seat.row.name},
            after_link=lasting,
            kind=MailKind.DELIBERATION,
            names_somebody=True,
        ),
        failed=lambda for_good: _note_unsent(row.pk, for_good),
    )


def _note_unsent(key: int, for_good: bool) -> None:
    why = Unsent.REFUSED if for_good else Unsent.FAILED
    DeliberationSeat.objects.filter(pk=key).update(unsent=why.value)
