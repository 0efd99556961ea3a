"""What somebody reads of the requests they made and the answers they got."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from bekwaam.domain.feedback.asking import (
    Confirmed,
    Relation,
    RequestKind,
    RequestState,
    Unsent,
    Worth,
    state_of,
    worth,
)
from bekwaam.services import clock
from bekwaam.services.errors import NotFound
from bekwaam.services.feedback.answering import piece_hash
from bekwaam.store.models import Evidence, FeedbackAnswer, FeedbackRequest, FrameworkVersion, Person


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer; ``worth`` is what it is worth now, None where nothing was to be confirmed."""

    name: str
    function: str
    at: datetime
    text: str
    said: Confirmed | None
    worth: Worth | None
    ratings: Mapping[str, str]

    @property
    def stands(self) -> bool:
        """Whether it confirms the piece as it is now, if only partly."""
        return self.worth in (Worth.CONFIRMED, Worth.PARTLY)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that somebody made, with the answer where there is one.

    ``unsent`` is why the last mail did not go out, ``opened_at`` when its link was first opened.
    """

    ref: str
    kind: RequestKind
    state: RequestState
    name: str
    email: str
    relation: Relation
    message: str
    asked_at: datetime
    sent_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    unsent: Unsent | None
    evidence_ref: str
    evidence_title: str
    standard: FrameworkVersion | None
    codes: tuple[str, ...]
    answered: Answered | None


def own_requests(person: Person) -> tuple[Request, ...]:
    """Return somebody's requests, newest first. One query."""
    return tuple(_request(row) for row in _mine(person))


def own_request(person: Person, ref: str) -> Request:
    """Return one request of one's own. One query; NotFound for those of others."""
    row = _mine(person).filter(ref=ref).first()
    if row is None:
        raise NotFound
    return _request(row)


def confirmations(pieces: QuerySet[Evidence]) -> dict[str, tuple[Answered, ...]]:
    """Return the answers about ``pieces`` by the reference of the piece, oldest first. One query."""
    rows = FeedbackAnswer.objects.filter(request__evidence__in=pieces.order_by().values("pk"))
    found: dict[str, tuple[Answered, ...]] = {}
    for row in rows.select_related("request__evidence__file").order_by("answered_at", "pk"):
        piece = row.request.evidence
        if piece is not None:
            found[piece.ref] = (*found.get(piece.ref, ()), _answered(row, piece))
    return found


def ratings_by_others(person: Person, standard: FrameworkVersion) -> tuple[Request, ...]:
    """Return the answered requests to rate on a version, oldest first. One query."""
    rows = _mine(person).filter(standard=standard, kind=RequestKind.RATE.value).exclude(answer=None)
    return tuple(_request(row) for row in rows.order_by("answer__answered_at"))


def _mine(person: Person) -> QuerySet[FeedbackRequest]:
    rows = FeedbackRequest.objects.filter(owner=person)
    return rows.select_related("answer", "evidence__file", "standard").defer("standard__document")


def _request(row: FeedbackRequest) -> Request:
    done: FeedbackAnswer | None = getattr(row, "answer", None)
    return Request(
        ref=row.ref,
        kind=RequestKind(row.kind),
        state=state_of(
            row.expires_at,
            row.withdrawn_at,
            done.answered_at if done else None,
            clock.now(),
            unsent=bool(row.unsent),
        ),
        name=row.name,
        email=row.email,
        relation=Relation(row.relation),
        message=row.message,
        asked_at=row.asked_at,
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        opened_at=row.opened_at,
        unsent=Unsent(row.unsent) if row.unsent else None,
        evidence_ref=row.evidence_ref,
        evidence_title=row.evidence.title if row.evidence else "",
        standard=row.standard,
        codes=tuple(row.codes),
        answered=_answered(done, row.evidence) if done else None,
    )


def _answered(row: FeedbackAnswer, evidence: Evidence | None) -> Answered:
    said = Confirmed(row.said) if row.said else None
    present = piece_hash(evidence) if evidence else ""
    return Answered(
        name=row.name,
        function=row.function,
        at=row.answered_at,
        text=row.text,
        said=said,
        worth=worth(said, row.seen_sha256, present) if said else None,
        ratings=row.ratings,
    )


def evidence_title(person: Person, ref: str) -> str:
    """Return the title of a piece of one's own. One query; NotFound for those of others."""
    title = Evidence.objects.filter(owner=person, ref=ref).values_list("title", flat=True).first()
    if title is None:
        raise NotFound
    return title
