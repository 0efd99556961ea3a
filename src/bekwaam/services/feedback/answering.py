"""What a referee sees and does behind the personal link. No account, no session: the link is the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.domain.feedback.asking import RequestKind, RequestState, check_answer, may_answer, state_of
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, insist
from bekwaam.services.feedback.asking import token_hash
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.signs.secret import mailbox_mark
from bekwaam.store.audit import append
from bekwaam.store.models import ClosedLink, Evidence, FeedbackAnswer, FeedbackRequest, StoredFile
from bekwaam.trust.canonical import hash_of

_HASH: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """What a referee fills in. ``ratings`` is by code, empty where they cannot say."""

    name: str
    function: str = ""
    said: str = ""
    text: str = ""
    ratings: Mapping[str, str] = field(default_factory=dict)
    seen_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the referee gets it. ``evidence`` is None where the piece is gone."""

    request: FeedbackRequest
    state: RequestState
    asker: str
    evidence: Evidence | None
    framework: Framework | None

    @property
    def seen_sha256(self) -> str:
        """Return the hash of what the piece says now; empty without a piece."""
        return piece_hash(self.evidence) if self.evidence else ""


def piece_hash(evidence: Evidence) -> str:
    """Return the hash of all that a piece says, its file included; what it is tied to is not part of it."""
    return hash_of(evidence.content())


def asked(token: str) -> Asked:
    """Return what a link is about. One query, two where there is a framework; NotFound for no such link."""
    rows = FeedbackRequest.objects.filter(token_sha256=token_hash(token))
    row = rows.select_related("owner", "evidence__file", "standard", "answer").first()
    if row is None:
        raise NotFound
    return _asked(row)


def closed_for_good(token: str) -> bool:
    """Tell whether a link that opens nothing is of somebody who had their account erased. One query."""
    return ClosedLink.objects.filter(token_sha256=token_hash(token), until__gt=clock.now()).exists()


def note_opened(found: Asked) -> None:
    """Note that a link was opened, the first time; one query then, and none after."""
    if found.request.opened_at is None and may_answer(found.state):
        FeedbackRequest.objects.filter(pk=found.request.pk, opened_at=None).update(opened_at=clock.now())


def answer(token: str, given: AnswerInput) -> FeedbackAnswer:
    """Keep a referee's answer; the link does not work again.

    Raises Refused where the link was used, withdrawn or is too old, Invalid with every fault. Where the
    piece changed while the referee was reading, ``seen_sha256`` tells: the answer is then about what they
    saw, and shows as given before the change.
    """
    with transaction.atomic():
        row = _locked(token)
        found = _asked(row)
        insist(may_answer(found.state))
        if found.request.kind == RequestKind.CONFIRM and found.evidence is None:
            raise NotFound
        ratings = {code: given.ratings.get(code, "") for code in row.codes}
        kind = RequestKind(row.kind)
        faults = check_answer(kind, given.said, given.name, given.text, ratings, found.framework)
        if faults:
            raise Invalid(faults)
        return _keep(row, found, given, ratings)


def file_behind(token: str) -> StoredFile:
    """Return the file of the piece behind a link that can still be answered; NotFound otherwise."""
    found = asked(token)
    if not may_answer(found.state) or found.evidence is None or found.evidence.file is None:
        raise NotFound
    return found.evidence.file


def _keep(row: FeedbackRequest, found: Asked, given: AnswerInput, ratings: dict[str, str]) -> FeedbackAnswer:
    now = clock.now()
    confirming = row.kind == RequestKind.CONFIRM
    kept = FeedbackAnswer.objects.create(
        request=row,
        said=given.said if confirming else "",
        ratings={code: value for code, value in ratings.items() if value},
        text=given.text.strip(),
        name=given.name.strip(),
        function=given.function.strip()[:200],
        seen_sha256=_seen(given, found) if confirming else "",
        mailbox=mailbox_mark(row.owner.ref, row.email) if confirming else "",
        answered_at=now,
    )
    row.email = ""
    row.save(update_fields=["email"])
    append(
        Event.FEEDBACK_ANSWERED,
        actor=None,
        subject=f"person:{row.owner.ref}",
        now=now,
        payload={"request": row.ref, "kind": row.kind},
        content=[kept],
    )
    return kept


def _seen(given: AnswerInput, found: Asked) -> str:
    """Return the hash of what was on the referee's screen; of the piece as it is where that is not known."""
    return given.seen_sha256 if _HASH.fullmatch(given.seen_sha256) else found.seen_sha256


def _locked(token: str) -> FeedbackRequest:
    rows = FeedbackRequest.objects.select_for_update(of=("self",)).filter(token_sha256=token_hash(token))
    row = rows.select_related("owner", "evidence__file", "standard", "answer").first()
    if row is None:
        raise NotFound
    return row


def _asked(row: FeedbackRequest) -> Asked:
    done = getattr(row, "answer", None)
    return Asked(
        request=row,
        state=state_of(
            row.expires_at,
            row.withdrawn_at,
            done.answered_at if done else None,
            clock.now(),
            unsent=bool(row.unsent),
        ),
        asker=row.owner.name,
        evidence=row.evidence,
        framework=framework_of(row.standard) if row.standard else None,
    )
