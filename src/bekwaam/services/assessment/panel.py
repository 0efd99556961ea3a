"""Who judges what in a procedure, from the tables."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from bekwaam.domain.assessment.panel import Panel
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.procedures.team import Team, team
from bekwaam.services.procedures.working import way_of
from bekwaam.store.models import Dispute, Procedure, Snapshot


def panel_from(people: Team, needed: int, disputed: Collection[str]) -> Panel:
    """Return who judges what, by who works on a procedure. No query."""
    running = people.assessors
    return Panel(
        judges=frozenset(worker.pk for worker in running if not worker.third),
        third=frozenset(worker.pk for worker in running if worker.third),
        ready=frozenset(worker.pk for worker in running if worker.finished and worker.conflict is False),
        needed=needed,
        disputed=frozenset(disputed),
    )


def panel_of(procedure: Procedure, snapshot: Snapshot) -> Panel:
    """Return who judges what now. Two queries."""
    disputed = open_disputes(snapshot).values_list("unit", flat=True)
    return panel_from(team(procedure), way_of(procedure).assessors, set(disputed))


def open_disputes(snapshot: Any) -> QuerySet[Dispute, Dispute]:
    """Return on what the assessors cannot agree; ``snapshot`` is one, its key or a reference to one."""
    return Dispute.objects.filter(snapshot=snapshot, lifted_at=None)


def units_to_judge(procedure: Procedure, standing: Standing) -> tuple[str, ...]:
    """Return what somebody who stands like this to a procedure judges: all, or what is disputed."""
    units = judged_units(framework_of(procedure.standard), procedure.scope)
    return units if standing.only is None else tuple(unit for unit in units if unit in standing.only)
