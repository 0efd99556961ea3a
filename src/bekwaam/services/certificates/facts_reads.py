"""Reads about the facts that the candidate checks before the certificate is issued."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from bekwaam.domain.certificates.facts import OF_ASSESSORS, Checking, Corrections, Place, Spot, last_day
from bekwaam.domain.procedures.states import Need
from bekwaam.services import clock
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import DecisionRecord, FactRequest, FactsConfirmed, Procedure


@dataclass(frozen=True, slots=True)
class AnswerRead:
    """How a request was answered; ``text`` is what the certificate says since, empty where it was not."""

    corrected: bool
    text: str
    why: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestRead:
    """A request to correct one fact, with its answer (None while there is none)."""

    ref: str
    spot: Spot
    said: str
    wanted: str
    asked_at: datetime
    answer: AnswerRead | None


@dataclass(frozen=True, slots=True)
class FactsRead:
    """Everything about the facts of one procedure; ``confirmed_at`` is None while nothing was said."""

    requests: tuple[RequestRead, ...]
    checking: Checking
    confirmed_at: datetime | None

    @property
    def settled(self) -> bool:
        """Tell whether the certificate can be issued, as far as the facts go."""
        return self.checking.needs(clock.today()) == {Need.FACTS_ANSWERED, Need.FACTS_CHECKED}

    @property
    def may_ask(self) -> bool:
        """Tell whether the candidate can still ask for a correction."""
        return self.checking.may_ask(clock.today())

    @property
    def may_confirm(self) -> bool:
        """Tell whether the candidate can say that the facts are right."""
        return not self.checking.confirmed and not self.checking.unanswered


def facts_read(
    procedure: Procedure,
    decided_at: datetime,
    requests: tuple[RequestRead, ...],
    confirmed: FactsConfirmed | None,
) -> FactsRead:
    """Return all about the facts, from what was read. No query of its own."""
    checking = Checking(
        last_day=last_day_of(procedure, decided_at),
        confirmed=confirmed is not None,
        asked=len(requests),
        unanswered=sum(request.answer is None for request in requests),
    )
    return FactsRead(requests, checking, confirmed.confirmed_at if confirmed else None)


def read_requests(procedure: Procedure) -> tuple[RequestRead, ...]:
    """Return every request with its answer, oldest first. One query."""
    rows = FactRequest.objects.filter(procedure=procedure).select_related("answer__answered_by")
    return tuple(_request(row) for row in rows)


def corrections_in(requests: Iterable[RequestRead]) -> Corrections:
    """Return what was corrected, the last word for each fact."""
    answered = [
        (entry.answer.at, entry.spot, entry.answer.text)
        for entry in requests
        if entry.answer and entry.answer.corrected
    ]
    return {spot: text for _, spot, text in sorted(answered, key=lambda found: found[0])}


def read_with_corrections(procedure: Procedure) -> tuple[tuple[RequestRead, ...], Corrections]:
    """Return the requests of a procedure, and every correction that holds for what it says. One query.

    What was corrected in the procedures that it follows is true here as well, but for what assessors wrote:
    that came along with the finding, as it was corrected.
    """
    line = Q(procedure=procedure)
    if procedure.follows_id is not None:
        line |= Q(procedure=procedure.first_id) | Q(procedure__first=procedure.first_id)
    rows = FactRequest.objects.filter(line, procedure__lte=procedure.pk).select_related("answer__answered_by")
    own: list[RequestRead] = []
    before: list[RequestRead] = []
    for row in rows:
        (own if row.procedure_id == procedure.pk else before).append(_request(row))
    earlier = {spot: text for spot, text in corrections_in(before).items() if spot.place not in OF_ASSESSORS}
    return tuple(own), {**earlier, **corrections_in(own)}


def last_day_of(procedure: Procedure, decided_at: datetime) -> date:
    """Return the last day on which the candidate can ask for a correction. No query of its own."""
    return last_day(timezone.localdate(decided_at), way_of(procedure).facts_days)


def checking_of(procedure: Procedure) -> Checking | None:
    """Return how far the candidate is with the facts; None before the decision. One query."""
    found: QuerySet[Any, Any] = DecisionRecord.objects.filter(procedure=procedure).annotate(
        asked=Count("procedure__fact_requests"),
        unanswered=Count("procedure__fact_requests", filter=Q(procedure__fact_requests__answer=None)),
        confirmed=Count("procedure__facts_confirmed", distinct=True),
    )
    row = found.values("decided_at", "asked", "unanswered", "confirmed").first()
    if row is None:
        return None
    return Checking(
        last_day=last_day_of(procedure, row["decided_at"]),
        confirmed=bool(row["confirmed"]),
        asked=row["asked"],
        unanswered=row["unanswered"],
    )


def needs_of_issuing(procedure: Procedure) -> frozenset[Need]:
    """Return which needs hold of the step that issues. One query."""
    checking = checking_of(procedure)
    if checking is None:
        return frozenset()
    if procedure.is_rejudging:  # its facts were checked before; what is new comes with the answer
        return frozenset({Need.DECIDED, Need.FACTS_ANSWERED, Need.FACTS_CHECKED})
    return checking.needs(clock.today()) | {Need.DECIDED}


def _request(row: FactRequest) -> RequestRead:
    answer = getattr(row, "answer", None)
    return RequestRead(
        ref=row.ref,
        spot=Spot(Place(row.place), row.about),
        said=row.said,
        wanted=row.wanted,
        asked_at=row.asked_at,
        answer=AnswerRead(
            answer.corrected, answer.text, answer.why, answer.answered_by.name, answer.answered_at
        )
        if answer
        else None,
    )
