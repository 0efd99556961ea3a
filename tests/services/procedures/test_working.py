"""How a provider works on a standard: settled by a coordinator, kept by what runs, never overwritten."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.expertise import Expertise
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.assessment.working import WayOfWorking
from bekwaam.services.audit import broken_contents
from bekwaam.services.certificates.deciding import decision_now
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.procedures.assigning import assign
from bekwaam.services.procedures.team import team
from bekwaam.services.procedures.working import history, set_working, way_of, ways
from bekwaam.store.models import AuditEntry, StandardSettings
from tests.cast import Cast, Point, fresh

pytestmark = [pytest.mark.database, pytest.mark.django_db]

OBSERVED = WayOfWorking(
    asked=InstrumentsAsked(InstrumentRule.THESE, (InstrumentKind.OBSERVATION,)), objection_days=21
)


def test_what_runs_keeps_what_it_started_with(cast: Cast) -> None:
    before = cast.start()
    first = set_working(cast.coordinator, cast.provider, "klein", OBSERVED)
    between = cast.start()
    set_working(cast.coordinator, cast.provider, "klein", replace(OBSERVED, assessors=3))
    after = cast.start()
    assert way_of(fresh(before)) == WayOfWorking()
    assert way_of(fresh(between)) == OBSERVED
    assert way_of(fresh(after)).assessors == 3
    assert AuditEntry.objects.filter(code="provider.working_set").count() == 2
    assert [settled.way.assessors for settled in history(cast.provider, "klein")] == [3, 2]
    assert ways(cast.provider)[0].now.way.assessors == 3
    assert not list(broken_contents())
    StandardSettings.objects.filter(pk=first.pk).update(assessors=1)
    assert list(broken_contents())


def test_the_outcome_waits_for_what_is_asked_here(cast: Cast) -> None:
    set_working(cast.coordinator, cast.provider, "klein", OBSERVED)
    procedure = cast.bring_to(Point.READY)  # with an interview
    missing = decision_now(fresh(procedure)).missing
    assert [(entry.kind, entry.part) for entry in missing] == [("instrument", "observation")]


def test_only_a_coordinator_settles_it(cast: Cast) -> None:
    for somebody in (cast.guide, cast.assessors[0], cast.auditor, cast.outsider, cast.operator):
        with pytest.raises(Refused):
            set_working(somebody, cast.provider, "klein", OBSERVED)
    with pytest.raises(NotFound):
        set_working(cast.coordinator, cast.provider, "onbekend", OBSERVED)
    with pytest.raises(Invalid):
        set_working(cast.coordinator, cast.provider, "klein", replace(OBSERVED, assessors=9))
    assert not StandardSettings.objects.exists()


def test_a_colleagues_change_is_not_undone_unread(cast: Cast) -> None:
    row = set_working(cast.coordinator, cast.provider, "klein", OBSERVED, seen="")
    with pytest.raises(Invalid) as error:
        set_working(cast.coordinator, cast.provider, "klein", WayOfWorking(), seen="")
    assert [fault.reason for fault in error.value.faults] == ["stale"]
    set_working(cast.coordinator, cast.provider, "klein", WayOfWorking(), seen=row.ref)


def test_where_roles_are_divided_each_side_has_its_assessor(cast: Cast) -> None:
    set_working(cast.coordinator, cast.provider, "klein", WayOfWorking(role_split=True))
    procedure, (one, two, _three) = cast.start(), cast.assessors
    with pytest.raises(Refused) as error:
        assign(cast.coordinator, procedure, one, Role.ASSESSOR)
    assert error.value.verdict.reason == "needs_expertise"
    assign(cast.coordinator, procedure, one, Role.ASSESSOR, Expertise.SUBJECT)
    offered = [c for c in team(fresh(procedure), with_choices=True).choices if c.ref == two.ref]
    assert [choice.expertise for choice in offered if choice.role is Role.ASSESSOR] == [Expertise.GENERAL]
    with pytest.raises(Refused):
        assign(cast.coordinator, procedure, two, Role.ASSESSOR, Expertise.SUBJECT)
    assign(cast.coordinator, procedure, two, Role.ASSESSOR, Expertise.GENERAL)
    assert [worker.expertise for worker in team(fresh(procedure)).assessors] == list(Expertise)
