"""Asking a referee (referent): what can be asked, for how long a link works, and what an answer is worth.

A referee has no account. They get one personal link, that works until it is answered, withdrawn or too old.
What they confirm is fixed by its hash: when the piece changes afterwards, it is no longer confirmed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.rating import is_value
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_


class RequestKind(StrEnum):
    """What is asked: to confirm one piece of evidence, or to rate and comment on competences."""

    CONFIRM = "confirm"
    RATE = "rate"


class Relation(StrEnum):
    """What the referee is to who asks."""

    EMPLOYER = "employer"
    COLLEAGUE = "colleague"
    CLIENT = "client"
    TEACHER = "teacher"
    VOLUNTEER_ORGANISATION = "volunteer_organisation"
    OTHER = "other"


RELATION_NAMES: Final[dict[Relation, str]] = {
    Relation.EMPLOYER: N_("Employer or manager"),
    Relation.COLLEAGUE: N_("Colleague"),
    Relation.CLIENT: N_("Client or resident"),
    Relation.TEACHER: N_("Teacher or trainer"),
    Relation.VOLUNTEER_ORGANISATION: N_("Volunteer organisation"),
    Relation.OTHER: N_("Somebody else"),
}


class Confirmed(StrEnum):
    """What a referee says of a piece."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


CONFIRMED_NAMES: Final[dict[Confirmed, str]] = {
    Confirmed.YES: N_("Yes, this is how it was"),
    Confirmed.PARTLY: N_("Partly; I explain below"),
    Confirmed.NO: N_("No, I cannot confirm this"),
}


class RequestState(StrEnum):
    """How a request stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNSENT = "unsent"


class Unsent(StrEnum):
    """Why a mail with a link did not go out: its address was refused, or no mail server took it."""

    REFUSED = "refused"
    FAILED = "failed"


UNSENT_NAMES: Final[dict[Unsent, str]] = {
    Unsent.REFUSED: N_(
        "The mail server does not know the address {email}. {name} got nothing. Look for a slip of the pen."
    ),
    Unsent.FAILED: N_("The mail to {email} could not be sent. {name} got nothing. Try it again in a while."),
}

STATE_NAMES: Final[dict[RequestState, str]] = {
    RequestState.WAITING: N_("waiting for an answer"),
    RequestState.ANSWERED: N_("answered"),
    RequestState.EXPIRED: N_("the link is too old"),
    RequestState.WITHDRAWN: N_("withdrawn"),
    RequestState.UNSENT: N_("not sent"),
}


class Worth(StrEnum):
    """What an answer about a piece is worth now."""

    CONFIRMED = "confirmed"
    PARTLY = "partly"
    NOT_CONFIRMED = "not_confirmed"
    CHANGED_SINCE = "changed_since"


WORTH_NAMES: Final[dict[Worth, str]] = {
    Worth.CONFIRMED: N_("confirmed"),
    Worth.PARTLY: N_("partly confirmed"),
    Worth.NOT_CONFIRMED: N_("not confirmed"),
    Worth.CHANGED_SINCE: N_("changed after it was confirmed"),
}

LINK_DAYS: Final = 30
MAX_CODES: Final = 10
MAX_ANSWER: Final = 5_000
MAX_NAME: Final = 200
MAX_WAITING: Final = 50

_CLOSED: Final[dict[RequestState, str]] = {
    RequestState.ANSWERED: N_("This link was used already: the answer was given. It works once."),
    RequestState.EXPIRED: N_("This link is too old. Ask who sent it to you for a new one."),
    RequestState.WITHDRAWN: N_("This request was withdrawn. You need not do anything any more."),
}


def expiry(asked_at: datetime) -> datetime:
    """Return until when a link works."""
    return asked_at + timedelta(days=LINK_DAYS)


def state_of(
    expires_at: datetime,
    withdrawn_at: datetime | None,
    answered_at: datetime | None,
    now: datetime,
    *,
    unsent: bool = False,
) -> RequestState:
    """Return how a request stands at ``now``. What was answered stays so, also when it is too old.

    ``unsent`` says that the last mail with the link did not go out.
    """
    if answered_at is not None:
        return RequestState.ANSWERED
    if withdrawn_at is not None:
        return RequestState.WITHDRAWN
    if unsent:
        return RequestState.UNSENT
    return RequestState.EXPIRED if now >= expires_at else RequestState.WAITING


def may_answer(state: RequestState) -> Verdict:
    """Tell whether a link can still be answered, and why not."""
    message = _CLOSED.get(state)
    return refused(f"link_{state}", message) if message else ALLOWED


def worth(said: Confirmed, confirmed_sha256: str, present_sha256: str) -> Worth:
    """Return what an answer is worth for a piece with the content hash ``present_sha256``.

    ``confirmed_sha256`` is the hash of what the referee saw when answering.
    """
    if said is Confirmed.NO:
        return Worth.NOT_CONFIRMED
    if confirmed_sha256 != present_sha256:
        return Worth.CHANGED_SINCE
    return Worth.CONFIRMED if said is Confirmed.YES else Worth.PARTLY


def check_answer(
    kind: RequestKind,
    said: str,
    name: str,
    text: str,
    ratings: Mapping[str, str],
    framework: Framework | None,
) -> tuple[Fault, ...]:
    """Return what is wrong with an answer, in the order of the form.

    ``ratings`` holds a value for each code that was asked about, empty where the referee cannot say;
    ``framework`` is the one they are codes of.
    """
    faults: list[Fault] = []
    if kind is RequestKind.CONFIRM:
        if said not in list(Confirmed):
            faults.append(Fault("said", "empty", N_("Choose one of the three.")))
        elif said != Confirmed.YES and not text.strip():
            faults.append(
                Fault("text", "empty", N_("Write in a sentence what is not right, or what you know."))
            )
    else:
        faults.extend(_check_ratings(ratings, text, framework))
    if len(text) > MAX_ANSWER:
        faults.append(Fault("text", "too_long", N_("This is too long: 5,000 characters is the most.")))
    if not name.strip():
        faults.append(Fault("name", "empty", N_("Write your name; it stands below your answer.")))
    elif len(name) > MAX_NAME:
        faults.append(Fault("name", "too_long", N_("This is too long: 200 characters is the most.")))
    return tuple(faults)


def _check_ratings(ratings: Mapping[str, str], text: str, framework: Framework | None) -> list[Fault]:
    faults = [
        Fault(code, "unknown", N_("Choose one of the answers."))
        for code, value in ratings.items()
        if value and (framework is None or not is_value(framework, framework.by_code[code], value))
    ]
    if not any(ratings.values()) and not text.strip():
        faults.append(Fault("text", "empty", N_("Answer at least one question, or write something.")))
    return faults
