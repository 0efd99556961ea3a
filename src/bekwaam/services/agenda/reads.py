"""Somebody's agenda: what they have to do by when, and their appointments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils import timezone

from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.procedures.states import State
from bekwaam.domain.procedures.terms import AMSTERDAM, Due, Hand
from bekwaam.services import clock
from bekwaam.services.agenda.looking_back import LookBack, look_backs, to_look_back
from bekwaam.services.agenda.whose import Reader, meetings_of, reader, to_come, waiting_for
from bekwaam.services.listing import Listing
from bekwaam.services.procedures.team import Team, with_progress, workers
from bekwaam.services.procedures.terms import dues_of
from bekwaam.store.models import (
    Assignment,
    DecisionRecord,
    Person,
    PlannedSession,
    Procedure,
)

_DUE, _MEETING, _LOOK_BACK = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in an agenda: something ``due``, or an appointment of ``kind`` at ``starts_at``.

    ``candidate`` is empty where it is the reader themself; ``changed_at`` is when it came to stand so.
    """

    on: date
    ref: str
    number: str
    provider: str
    candidate: str
    state: State
    changed_at: datetime
    due: Due | None = None
    plan: str = ""
    kind: InstrumentKind | None = None
    starts_at: datetime | None = None
    place: str = ""
    online: bool = False

    @property
    def overdue(self) -> bool:
        """Tell whether it should have been done before today."""
        return self.due is not None and self.due.overdue


def agenda(person: Person) -> Listing[Entry | LookBack]:
    """Return somebody's agenda in order of day, so what is overdue stands first.

    One query to begin with, five a page, and one to count.
    """
    who = reader(person)
    today = timezone.make_aware(datetime.combine(clock.today(), time()), AMSTERDAM)
    due = waiting_for(who).order_by().annotate(day=F("due_on"), sort=_sort(_DUE))
    meetings = (
        to_come(meetings_of(person))
        .filter(starts_at__gte=today)
        .order_by()
        .annotate(day=TruncDate("starts_at", tzinfo=AMSTERDAM), sort=_sort(_MEETING))
    )
    columns = ("day", "sort", "pk")
    back = to_look_back(person).order_by().annotate(day=F("look_back_on"), sort=_sort(_LOOK_BACK))
    every: QuerySet[Any] = due.values_list(*columns).union(
        meetings.values_list(*columns), back.values_list(*columns), all=True
    )
    return Listing(every.order_by(*columns), lambda page: _entries(who, list(page)))


def _sort(number: int) -> Value:
    return Value(number, output_field=IntegerField())


def _entries(who: Reader, page: Sequence[tuple[date, int, int]]) -> list[Entry | LookBack]:
    keys = {sort: [pk for _, of, pk in page if of == sort] for sort in (_DUE, _MEETING, _LOOK_BACK)}
    due = dues_for(who, Procedure.objects.filter(pk__in=keys[_DUE]))
    rows = with_procedure(PlannedSession.objects.filter(pk__in=keys[_MEETING]))
    back = to_look_back(who.person).filter(pk__in=keys[_LOOK_BACK])
    entries: list[Entry | LookBack] = [
        *(due[pk] for pk in keys[_DUE] if pk in due),
        *(meeting_entry(row, who.person) for row in rows),
        *look_backs(back),
    ]
    return sorted(entries, key=_in_order)


def _in_order(entry: Entry | LookBack) -> tuple[date, bool, datetime]:
    """Put what has to be done on a day before the appointments of that day, and those by the clock."""
    starts_at = entry.starts_at if isinstance(entry, Entry) else None
    return entry.on, starts_at is not None, starts_at or entry.changed_at


def with_procedure(rows: QuerySet[PlannedSession]) -> QuerySet[PlannedSession]:
    """Read appointments with what an agenda says of their procedure."""
    return rows.select_related("procedure__candidate", "procedure__provider", "planned_by")


def dues_for(who: Reader, procedures: QuerySet[Procedure]) -> dict[int, Entry]:
    """Return what somebody has to do in each of ``procedures``, by its key: one thing each. Two queries."""
    found: dict[int, Entry] = {}
    for procedure, due in every_due(procedures):
        if procedure.pk not in found and _is_for(who, procedure, due):
            found[procedure.pk] = _due_entry(procedure, due, who.person)
    return found


def every_due(procedures: QuerySet[Procedure]) -> list[tuple[Procedure, Due]]:
    """Return what everybody has to do in ``procedures``, each with its procedure. Two queries."""
    decided = Exists(DecisionRecord.objects.filter(procedure=OuterRef("pk")))
    rows: list[Any] = list(
        procedures.select_related("candidate", "provider", "working").annotate(is_decided=decided)
    )
    teams: dict[int, list[Assignment]] = {}
    for assignment in with_progress(Assignment.objects.filter(procedure__in=[row.pk for row in rows])):
        teams.setdefault(assignment.procedure_id, []).append(assignment)
    return [
        (row, due)
        for row in rows
        for due in dues_of(row, Team(workers(teams.get(row.pk, []))), decided=row.is_decided)
    ]


def _is_for(who: Reader, procedure: Procedure, due: Due) -> bool:
    person = who.person
    if due.hand is Hand.CANDIDATE or procedure.candidate_id == person.pk:
        return due.hand is Hand.CANDIDATE and procedure.candidate_id == person.pk
    if due.hand is Hand.ASSESSOR:
        return due.person == person.pk
    return procedure.provider_id in who.offices


def _due_entry(procedure: Procedure, due: Due, person: Person) -> Entry:
    return Entry(
        on=due.on,
        ref=procedure.ref,
        number=procedure.number,
        provider=procedure.provider.name,
        candidate=_candidate(procedure, person),
        state=State(procedure.state),
        changed_at=procedure.state_since,
        due=due,
    )


def meeting_entry(row: PlannedSession, person: Person) -> Entry:
    """Return an appointment as somebody's agenda has it. No query where it was read with its procedure."""
    return Entry(
        on=timezone.localdate(row.starts_at, AMSTERDAM),
        ref=row.procedure.ref,
        number=row.procedure.number,
        provider=row.procedure.provider.name,
        candidate=_candidate(row.procedure, person),
        state=State(row.procedure.state),
        changed_at=row.planned_at,
        plan=row.ref,
        kind=InstrumentKind(row.kind),
        starts_at=row.starts_at,
        place=row.place,
        online=bool(row.video_url),
    )


def _candidate(procedure: Procedure, person: Person) -> str:
    return "" if procedure.candidate_id == person.pk else procedure.candidate.name
