"""The line of procedures of one candidate on one standard: the first assessment and what followed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from bekwaam.domain.objections.outcome import Answer
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, UNDER_WAY, State
from bekwaam.store.models import DecisionRecord, Procedure


@dataclass(frozen=True, slots=True)
class LineObjection:
    """An objection in the line; ``answer`` is None while it waits."""

    filed_at: datetime
    answer: Answer | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class LineEntry:
    """One procedure of the line. ``why`` is None for the first; ``certificate`` empty where it gave none."""

    ref: str
    number: str
    why: Why | None
    state: State
    started_at: datetime
    units: tuple[str, ...]
    decided: bool
    certificate: str
    issued_at: datetime | None
    objections: tuple[LineObjection, ...]
    here: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The procedures of a line, oldest first."""

    entries: tuple[LineEntry, ...] = ()

    @property
    def tells(self) -> bool:
        """Tell whether there is more than one ordinary procedure."""
        return len(self.entries) > 1 or any(entry.objections for entry in self.entries)

    @property
    def rejudging(self) -> bool | None:
        """Tell of a procedure in objection whether others have decided again; None where none judges."""
        found = [e for e in self.entries if e.why is Why.OBJECTION and e.state in UNDER_WAY]
        return found[-1].decided if found else None

    def before(self) -> LineEntry | None:
        """Return the one that issued the certificate that this one can take the place of."""
        here = next((at for at, entry in enumerate(self.entries) if entry.here), 0)
        earlier = [entry for entry in self.entries[:here] if entry.state in OUTCOME_KNOWN]
        return next((entry for entry in reversed(earlier) if entry.certificate), None)


def line_of(procedure: Procedure) -> Line:
    """Return the line that a procedure stands in, empty where nothing came before or after it.

    One query; none where :func:`bekwaam.services.accounts.standing.find_procedure` found that there is none.
    """
    if not getattr(procedure, "has_line", True):
        return Line()
    first = procedure.first_id or procedure.pk
    decided = DecisionRecord.objects.filter(procedure=OuterRef("pk"))
    rows = Procedure.objects.filter(Q(pk=first) | Q(first=first)).annotate(
        was_decided=Exists(decided),
        certificate_number=F("certificate__number"),
        certificate_at=F("certificate__issued_at"),
        filed_at=F("objections__filed_at"),
        answer=F("objections__answer__answer"),
        answered_at=F("objections__answer__answered_at"),
    )
    by_key: dict[int, list[Any]] = {}  # a row for each objection, or one where there is none
    for row in rows.order_by("pk", "objections__pk"):
        by_key.setdefault(row.pk, []).append(row)
    return Line(tuple(_entry(group, procedure) for group in by_key.values()))


def _entry(rows: list[Any], here: Procedure) -> LineEntry:
    row = rows[0]
    return LineEntry(
        ref=row.ref,
        number=row.number,
        why=Why(row.why) if row.why else None,
        state=State(row.state),
        started_at=row.started_at,
        units=tuple(row.units),
        decided=row.was_decided,
        certificate=row.certificate_number or "",
        issued_at=row.certificate_at,
        objections=tuple(_objection(one) for one in rows if one.filed_at),
        here=row.pk == here.pk,
    )


def _objection(row: Any) -> LineObjection:
    return LineObjection(row.filed_at, Answer(row.answer) if row.answer else None, row.answered_at)
