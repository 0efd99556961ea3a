"""What is known of a person, for the plan of erasing their account."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.erasing import Facts, Office, OwnProcedure, Plan, plan
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.erasing.looked_back import has_looked_back
from bekwaam.services.erasing.naming import did_work
from bekwaam.store.models import Assignment, DecisionRecord, Membership, Person, Procedure, TeamGoal
from bekwaam.trust.canonical import hash_of


def read_facts(person: Person) -> Facts:
    """Return what is known of a person. Six queries."""
    counts = Person.objects.filter(pk=person.pk).aggregate(
        pieces=Count("evidence", distinct=True),
        rounds=Count("self_rounds", distinct=True),
        feedback=Count("feedback_requests", distinct=True),
        set_team_goals=Count("pk", filter=Exists(TeamGoal.objects.filter(set_by=OuterRef("pk")))),
    )
    counts["set_team_goals"] = bool(counts["set_team_goals"])
    roles = _roles(person)
    return Facts(
        today=clock.today(),
        **counts,
        procedures=own_procedures(person),
        works_for=tuple(dict.fromkeys(row.provider.name for row in roles)),
        looked_back=has_looked_back(person),
        worked=Person.objects.filter(did_work(person.pk), pk=person.pk).exists(),
        alone_at=tuple(Office(row.provider.ref, row.provider.name) for row in roles if _is_last(row)),
        settling=_settling(person),
    )


def plan_for(person: Person) -> Plan:
    """Return what erasing the account of a person will do. Six queries."""
    return plan(read_facts(person))


def seen(found: Plan) -> str:
    """Return what stands for a plan in a form: another plan has another one."""
    return hash_of(found.seen())[:16]


def own_procedures(person: Person) -> tuple[OwnProcedure, ...]:
    """Return the procedures of which somebody is the candidate, newest first. One query."""
    rows = Procedure.objects.filter(candidate=person).select_related("provider", "certificate", "decision")
    return tuple(
        OwnProcedure(
            ref=row.ref,
            number=row.number,
            provider=row.provider.name,
            state=State(row.state),
            issued_on=_finished_on(row),
            keep_years=row.provider.keep_years,
        )
        for row in rows
    )


def _finished_on(row: Procedure) -> date | None:
    """Return the day of the certificate; where judging again gave none, that of the outcome."""
    if hasattr(row, "certificate"):
        return timezone.localdate(row.certificate.issued_at)
    return timezone.localdate(row.decision.decided_at) if hasattr(row, "decision") else None


def _roles(person: Person) -> list[Membership]:
    others = Membership.objects.filter(
        provider=OuterRef("provider"), role=Role.COORDINATOR, until=None, person__is_active=True
    ).exclude(person=OuterRef("person"))
    found = Membership.objects.filter(person=person, until=None).select_related("provider")
    return list(found.annotate(has_other=Exists(others)).order_by("provider__name", "pk"))


def _is_last(row: Membership) -> bool:
    return row.role == Role.COORDINATOR and not getattr(row, "has_other", True)


def _settling(person: Person) -> tuple[Office, ...]:
    """Return the procedures in which an assessor is needed to settle the outcome, until replaced."""
    decided = DecisionRecord.objects.filter(procedure=OuterRef("procedure"))
    rows = (
        Assignment.objects.filter(
            person=person, role=Role.ASSESSOR, until=None, procedure__state=State.DECIDING
        )
        .exclude(Exists(decided))
        .select_related("procedure")
    )
    return tuple(Office(row.procedure.ref, row.procedure.number) for row in rows)
