"""What is read of objections: each with its term and its answer, and how far judging again is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from bekwaam.domain.objections.filing import answer_by
from bekwaam.domain.objections.outcome import Answer, Change, Comparison, Difference
from bekwaam.domain.procedures.states import UNDER_WAY, State
from bekwaam.services import clock
from bekwaam.services.objections.comparing import comparison_of
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import Objection, ObjectionAnswer, Procedure


@dataclass(frozen=True, slots=True)
class Answered:
    """How an objection ended. ``alone``: by somebody who decided before, for there is nobody else."""

    answer: Answer
    text: str
    by: str
    at: datetime
    alone: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class ObjectionRead:
    """An objection; ``answered`` is None while it waits. ``overdue`` counts for one that waits."""

    ref: str
    units: tuple[str, ...]
    grounds: str
    filed_at: datetime
    answer_by: date
    overdue: bool
    answered: Answered | None


@dataclass(frozen=True, slots=True)
class Again:
    """The procedure in which others judge an objection; ``comparison`` once they decided."""

    ref: str
    number: str
    state: State
    decided: bool
    comparison: Comparison | None


def objections_of(procedure: Procedure) -> tuple[ObjectionRead, ...]:
    """Return the objections in a procedure, newest first. One query."""
    rows = Objection.objects.filter(procedure=procedure).select_related("answer__answered_by")
    weeks = way_of(procedure).answer_weeks
    return tuple(_read(row, weeks) for row in rows.order_by("-filed_at", "-pk"))


def _read(row: Objection, weeks: int) -> ObjectionRead:
    by = answer_by(timezone.localdate(row.filed_at), weeks)
    answer: ObjectionAnswer | None = getattr(row, "answer", None)
    return ObjectionRead(
        ref=row.ref,
        units=tuple(row.units),
        grounds=row.grounds,
        filed_at=row.filed_at,
        answer_by=by,
        overdue=answer is None and clock.today() > by,
        answered=_answered(answer) if answer else None,
    )


def _answered(row: ObjectionAnswer) -> Answered:
    return Answered(
        answer=Answer(row.answer),
        text=row.text,
        by=row.answered_by.name,
        at=row.answered_at,
        alone=row.alone,
        differences=tuple(_difference(one) for one in row.differences),
    )


def _difference(plain: Mapping[str, Any]) -> Difference:
    return Difference(
        plain["unit"], plain["before"], plain["after"], Change(plain["change"]), plain["enough"]
    )


def judging_again(objection: str) -> Again | None:
    """Return the procedure that judges an objection (by reference) now. One query; three once decided."""
    rows = Procedure.objects.filter(objection=objection, state__in=UNDER_WAY)
    row = rows.select_related("standard", "decision", "follows__decision").first()
    if row is None:
        return None
    comparison = comparison_of(row)
    return Again(row.ref, row.number, State(row.state), comparison is not None, comparison)
