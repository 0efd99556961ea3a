"""What waits for an assessor: their procedures, how far they are themselves, and what is next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, State
from bekwaam.domain.procedures.terms import is_overdue
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import assignments_of
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    DecisionRecord,
    Dispute,
    FinalAgreement,
    FinalJudgement,
    Judgement,
    JudgingFinished,
    Person,
    Snapshot,
    SnapshotItem,
)

_OVER = (*OUTCOME_KNOWN, State.WITHDRAWN, State.ERASED)


class Next(StrEnum):
    """What an assessor can do next in a procedure, or what they wait for."""

    DECLARE = "declare"
    CONFLICT = "conflict"
    WAIT_PORTFOLIO = "wait_portfolio"
    JUDGE = "judge"
    FINISH = "finish"
    WAIT_OTHERS = "wait_others"
    AGREE = "agree"
    WAIT_FINALS = "wait_finals"
    DECIDED = "decided"
    OVER = "over"


_OWN_TURN = frozenset({Next.DECLARE, Next.JUDGE, Next.FINISH, Next.AGREE})


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One procedure as its assessor sees it in the queue. All counts are the assessor's own.

    ``due_on`` is the last day for what they can do now; None where they only wait.
    """

    ref: str
    number: str
    candidate: str
    provider: str
    standard: Framework
    state: State
    state_since: datetime
    handed_in_at: datetime | None
    pieces: int
    units: int
    judged: int
    agreed: int
    next: Next
    due_on: date | None = None
    overdue: bool = False


class Queue:
    """The procedures that somebody judges, read a page at a time: fits Django's Paginator.

    ``over`` chooses between those under way (what can be done first, the longest waiting on top) and
    those that are over (newest first). Counting is one query, a page another.
    """

    def __init__(self, person: Person, *, over: bool = False) -> None:
        self._person = person
        self._over = over

    def count(self) -> int:
        """Return how many there are."""
        return self._mine().count()

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[QueueEntry]:
        """Return a slice of the queue."""
        return [_entry(row) for row in self._ordered()[wanted]]

    def _mine(self) -> QuerySet[Assignment, Assignment]:
        mine = assignments_of(self._person, Role.ASSESSOR)
        if self._over:
            return mine.filter(procedure__state__in=_OVER)
        return mine.exclude(procedure__state__in=_OVER)

    def _ordered(self) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = _with_progress(self._mine(), self._person)
        rows = rows.select_related("procedure__provider", "procedure__candidate", "procedure__standard")
        rows = rows.defer("procedure__standard__document")
        if self._over:
            return rows.order_by("-procedure__state_since", "-pk")
        ranked: QuerySet[Any, Any] = rows.annotate(rank=_rank())
        return ranked.order_by("rank", F("handed_in_at").asc(nulls_last=True), "pk")


def _with_progress(rows: QuerySet[Any, Any], person: Person) -> QuerySet[Any, Any]:
    """Add the last declaration, the snapshot that counts, and how far ``person`` is with it."""
    disputes = Dispute.objects.filter(procedure=OuterRef("procedure"), lifted_at=None)
    disputed_here = Dispute.objects.filter(
        snapshot=OuterRef("snapshot"), unit=OuterRef("unit"), lifted_at=None
    )
    others = Assignment.objects.filter(
        procedure=OuterRef("procedure"), role=Role.ASSESSOR, until=None, third=False
    )
    done = JudgingFinished.objects.filter(
        procedure=OuterRef("procedure"), assessor=OuterRef("person"), snapshot=OuterRef(OuterRef("newest"))
    )
    newest = Snapshot.objects.filter(procedure=OuterRef("procedure")).order_by("-number")
    word = ConflictDeclaration.objects.filter(assignment=OuterRef("pk")).order_by("-declared_at", "-pk")
    here = {"snapshot": OuterRef("newest")}
    known: QuerySet[Any, Any] = rows.annotate(
        newest=Subquery(newest.values("pk")[:1]),
        handed_in_at=Subquery(newest.values("handed_in_at")[:1]),
        has_conflict=Subquery(word.values("conflict")[:1]),
        decided=Exists(DecisionRecord.objects.filter(procedure=OuterRef("procedure"))),
    ).annotate(
        disputes=_number(disputes, "procedure"),
        others_judge=Exists(others.exclude(Exists(done))),
        finished=Exists(JudgingFinished.objects.filter(assessor=person, **here)),
        pieces=_number(SnapshotItem.objects.filter(**here), "snapshot"),
        judged=_number(Judgement.objects.filter(assessor=person, replaced_by=None, **here), "snapshot"),
        proposed=_number(FinalJudgement.objects.filter(replaced_by=None, **here), "snapshot"),
        proposed_disputed=_number(
            FinalJudgement.objects.filter(Exists(disputed_here), replaced_by=None, **here), "snapshot"
        ),
        agreed=_number(
            FinalAgreement.objects.filter(
                assessor=person, final__replaced_by=None, final__snapshot=OuterRef("newest")
            ),
            "final__snapshot",
        ),
    )
    return known


def _number(rows: QuerySet[Any, Any], group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def _rank() -> Case:
    """Order what one can work on before what one waits for."""
    return Case(
        When(has_conflict=True, then=Value(3)),
        When(procedure__state=State.JUDGING, finished=False, then=Value(0)),
        When(procedure__state=State.DECIDING, decided=False, finished=False, then=Value(0)),
        When(procedure__state=State.DECIDING, decided=False, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )


def _entry(row: Any) -> QueueEntry:
    procedure, state = row.procedure, State(row.procedure.state)
    standard = framework_of(procedure.standard)
    units = row.disputes if row.third else len(judged_units(standard, procedure.scope))
    following = _next(row, state, units)
    theirs = state in (State.JUDGING, State.DECIDING) and following in _OWN_TURN
    due_on = procedure.due_on if theirs else None
    return QueueEntry(
        ref=procedure.ref,
        number=procedure.number,
        candidate=procedure.candidate.name,
        provider=procedure.provider.name,
        standard=standard,
        state=state,
        state_since=procedure.state_since,
        handed_in_at=row.handed_in_at,
        pieces=row.pieces,
        units=units,
        judged=row.judged,
        agreed=row.agreed,
        next=following,
        due_on=due_on,
        overdue=due_on is not None and is_overdue(due_on, clock.today()),
    )


def _next(row: Any, state: State, units: int) -> Next:
    if state in _OVER:
        return Next.OVER
    if row.has_conflict:
        return Next.CONFLICT
    if row.has_conflict is None:
        return Next.DECLARE
    if state is State.DECIDING:
        if row.decided:
            return Next.DECIDED
        if row.finished:
            proposed = row.proposed_disputed if row.third else row.proposed
            if row.others_judge:
                return Next.WAIT_OTHERS
            return Next.AGREE if proposed < units or row.agreed < proposed else Next.WAIT_FINALS
    elif state is not State.JUDGING:
        return Next.WAIT_PORTFOLIO
    elif row.finished:
        return Next.WAIT_OTHERS
    return Next.JUDGE if row.judged < units else Next.FINISH
