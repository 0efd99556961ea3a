"""Which assessments lie ahead or were held in a period, for the notice to assessing organisations."""

from __future__ import annotations

from datetime import date
from typing import Final

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.auditing.notice import PlannedAssessment
from bekwaam.domain.procedures.states import State
from bekwaam.frameworks.model import Text
from bekwaam.store.models import Assignment, HeldSession, Procedure, Provider

_ASSESSED: Final = (State.JUDGING.value, State.DECIDING.value)


def planned_assessments(provider: Provider, start: date, end: date) -> tuple[PlannedAssessment, ...]:
    """Return the assessments of a provider from ``start`` to ``end``, by day; those without a day last.

    The one place that knows where they come from: every session recorded for a dossier that is being
    assessed and that lies in the period, and every dossier in judging for which there is no session yet,
    with place and date still open. Three queries, however many there are.
    """
    procedures = Procedure.objects.filter(provider=provider, state__in=_ASSESSED)
    rows = list(
        procedures.select_related("candidate", "standard").defer("standard__document").order_by("number")
    )
    assessors = _assessors(rows)
    sessions = _sessions(rows)
    found = []
    for row in rows:
        names = assessors.get(row.pk, ())
        for session in sessions.get(row.pk, ()):
            if start <= session.held_on <= end:
                found.append(_assessment(row, names, session))
        if row.pk not in sessions and row.state == State.JUDGING:
            found.append(_assessment(row, names, None))
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.procedure)))


def _assessors(rows: list[Procedure]) -> dict[int, tuple[str, ...]]:
    running = Assignment.objects.filter(procedure__in=rows, role=Role.ASSESSOR, until=None)
    found: dict[int, list[str]] = {}
    for procedure, name in running.values_list("procedure", "person__name"):
        found.setdefault(procedure, []).append(name)
    return {procedure: tuple(names) for procedure, names in found.items()}


def _sessions(rows: list[Procedure]) -> dict[int, list[HeldSession]]:
    found: dict[int, list[HeldSession]] = {}
    for session in HeldSession.objects.filter(procedure__in=rows, replaced_by=None):
        found.setdefault(session.procedure_id, []).append(session)
    return found


def _assessment(row: Procedure, assessors: tuple[str, ...], session: HeldSession | None) -> PlannedAssessment:
    return PlannedAssessment(
        procedure=row.number,
        candidate=row.candidate.name,
        assessors=assessors,
        standard=Text(**row.standard.title),
        code=f"{row.standard.identifier} {row.standard.version}",
        kind=InstrumentKind(session.kind) if session else None,
        place=session.place if session else "",
        on=session.held_on if session else None,
    )
