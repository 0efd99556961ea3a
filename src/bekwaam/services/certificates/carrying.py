"""What a later procedure takes over of an earlier one, written down when it starts, and read back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from bekwaam.domain.assessment.carrying import Carried, EarlierPiece, EarlierSession, Origin
from bekwaam.domain.assessment.findings import Finding, InstrumentKind
from bekwaam.services.assessment.findings import columns
from bekwaam.store.models import CarriedFinding, Procedure


def carried_into(procedure: Procedure) -> dict[str, Carried]:
    """Return what was found before of every unit of the outcome. At most one query."""
    if procedure.follows_id is None:
        return {}
    rows = CarriedFinding.objects.filter(procedure=procedure).select_related("origin")
    return {row.unit: _carried(row) for row in rows}


def _carried(row: CarriedFinding) -> Carried:
    return Carried(
        finding=Finding(
            unit=row.unit,
            stage=row.stage or None,
            evidence=tuple(row.evidence),
            instruments=tuple(InstrumentKind(kind) for kind in row.instruments),
            observed=row.observed,
            why=row.why,
        ),
        origin=Origin(row.origin.number, row.decided_on, row.certificate),
        recommendation=row.recommendation,
        pieces=tuple(
            EarlierPiece(one["ref"], one["title"], one["kind"], _day(one["dated_on"])) for one in row.pieces
        ),
        sessions=tuple(
            EarlierSession(one["ref"], InstrumentKind(one["kind"]), date.fromisoformat(one["held_on"]))
            for one in row.sessions
        ),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def write_carried(procedure: Procedure, earlier: Procedure, found: Iterable[Carried]) -> list[CarriedFinding]:
    """Write down what ``procedure`` takes over. What was itself taken over keeps the origin that it had."""
    origins = dict(CarriedFinding.objects.filter(procedure=earlier).values_list("unit", "origin"))
    rows = []
    for one in found:
        own = one.origin.procedure == earlier.number
        values: dict[str, Any] = columns(one.finding)
        rows.append(
            CarriedFinding.objects.create(
                procedure=procedure,
                origin_id=earlier.pk if own else origins[one.finding.unit],
                decided_on=one.origin.decided_on,
                certificate=one.origin.certificate,
                recommendation=one.recommendation,
                pieces=[_piece(piece) for piece in one.pieces],
                sessions=[_session(session) for session in one.sessions],
                **values,
            )
        )
    return rows


def _piece(piece: EarlierPiece) -> dict[str, str | None]:
    return {
        "ref": piece.ref,
        "title": piece.title,
        "kind": piece.kind,
        "dated_on": piece.dated_on.isoformat() if piece.dated_on else None,
    }


def _session(session: EarlierSession) -> dict[str, str]:
    return {"ref": session.ref, "kind": session.kind.value, "held_on": session.held_on.isoformat()}


def origin_of(procedure: Procedure) -> Origin:
    """Return what names a decided procedure as where something was found. One query."""
    row: Any = (
        Procedure.objects.filter(pk=procedure.pk)
        .values("number", "decision__decided_at", "certificate__number")
        .get()
    )
    day = timezone.localdate(row["decision__decided_at"])
    return Origin(row["number"], day, row["certificate__number"] or "")
