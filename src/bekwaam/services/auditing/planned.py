"""Which assessments lie ahead or were held in a period, for the notice to assessing organisations."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Final

from django.utils import timezone

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.auditing.notice import PlannedAssessment
from bekwaam.domain.procedures.states import State
from bekwaam.frameworks.model import Text
from bekwaam.store.models import Assignment, HeldSession, PlannedSession, Procedure, Provider

_ASSESSED: Final = (State.JUDGING.value, State.DECIDING.value)
# An appointment may be made while the candidate still collects.
_PLANNED: Final = (State.PORTFOLIO.value, *_ASSESSED)


def planned_assessments(provider: Provider, start: date, end: date) -> tuple[PlannedAssessment, ...]:
    """Return the assessments of a provider from ``start`` to ``end``, by day; those without a day last.

    The one place that knows where they come from: every session recorded for a dossier that is being
    assessed, and every appointment that stands and was not held yet, in the period; and every dossier in
    judging that has neither, with place and date still open. Four queries, however many there are.
    """
    procedures = Procedure.objects.filter(provider=provider, state__in=_PLANNED)
    rows = list(
        procedures.select_related("candidate", "standard").defer("standard__document").order_by("number")
    )
    assessors = _assessors(rows)
    sessions, plans = _sessions(rows), _plans(rows)
    found = []
    for row in rows:
        names = assessors.get(row.pk, ())
        known: list[PlannedAssessment] = [_planned(row, names, plan) for plan in plans.get(row.pk, ())]
        if row.state in _ASSESSED:
            known += [_held(row, names, session) for session in sessions.get(row.pk, ())]
        found += [one for one in known if one.on and start <= one.on <= end]
        if not known and row.state == State.JUDGING:
            found.append(_assessment(row, names))
    return tuple(sorted(found, key=lambda one: (one.on or date.max, one.at or time.min, one.procedure)))


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


def _plans(rows: list[Procedure]) -> dict[int, list[PlannedSession]]:
    standing = PlannedSession.objects.filter(procedure__in=rows, replaced_by=None, cancelled=False, held=None)
    found: dict[int, list[PlannedSession]] = {}
    for plan in standing:
        found.setdefault(plan.procedure_id, []).append(plan)
    return found


def _held(row: Procedure, assessors: tuple[str, ...], session: HeldSession) -> PlannedAssessment:
    bare = _assessment(row, assessors)
    return replace(bare, kind=InstrumentKind(session.kind), place=session.place, on=session.held_on)


def _planned(row: Procedure, assessors: tuple[str, ...], plan: PlannedSession) -> PlannedAssessment:
    starts = timezone.localtime(plan.starts_at)
    return replace(
        _assessment(row, assessors),
        kind=InstrumentKind(plan.kind),
        place=plan.place or plan.video_url,
        on=starts.date(),
        at=starts.time(),
    )


def _assessment(row: Procedure, assessors: tuple[str, ...]) -> PlannedAssessment:
    return PlannedAssessment(
        procedure=row.number,
        candidate=row.candidate.name,
        assessors=assessors,
        standard=Text(**row.standard.title),
        code=f"{row.standard.identifier} {row.standard.version}",
        kind=None,
        place="",
        on=None,
    )
