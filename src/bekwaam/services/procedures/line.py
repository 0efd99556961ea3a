"""The line of procedures of one candidate on one standard: the first assessment and what followed it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from bekwaam.domain.objections.outcome import Answer
from bekwaam.domain.procedures.following import Why
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, UNDER_WAY, State
from bekwaam.store.models import DecisionRecord, Objection, Procedure


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
    """Return the line that a procedure stands in. Two queries, none where there cannot be one yet."""
    if procedure.first_id is None and State(procedure.state) not in OUTCOME_KNOWN:
        return Line()
    first = procedure.first_id or procedure.pk
    decided = DecisionRecord.objects.filter(procedure=OuterRef("pk"))
    rows = Procedure.objects.filter(Q(pk=first) | Q(first=first)).select_related("certificate")
    found = list(rows.annotate(was_decided=Exists(decided)).order_by("pk"))
    by_procedure: dict[int, list[LineObjection]] = {}
    objections = Objection.objects.filter(procedure__in=[row.pk for row in found])
    for one in objections.select_related("answer").order_by("pk"):
        by_procedure.setdefault(one.procedure_id, []).append(_objection(one))
    return Line(tuple(_entry(row, by_procedure.get(row.pk, []), procedure) for row in found))


def _objection(row: Objection) -> LineObjection:
    answer = getattr(row, "answer", None)
    return LineObjection(
        row.filed_at, Answer(answer.answer) if answer else None, answer.answered_at if answer else None
    )


def _entry(row: Procedure, objections: list[LineObjection], here: Procedure) -> LineEntry:
    certificate = getattr(row, "certificate", None)
    return LineEntry(
        ref=row.ref,
        number=row.number,
        why=Why(row.why) if row.why else None,
        state=State(row.state),
        started_at=row.started_at,
        units=tuple(row.units),
        decided=bool(getattr(row, "was_decided", False)),
        certificate=certificate.number if certificate else "",
        issued_at=certificate.issued_at if certificate else None,
        objections=tuple(objections),
        here=row.pk == here.pk,
    )
