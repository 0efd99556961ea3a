"""What somebody is to a provider or a procedure, and so what they may do there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bekwaam.domain.accounts.access import Action, Condition, Role, may
from bekwaam.domain.procedures.states import BEFORE_REVEAL, State
from bekwaam.domain.teams.members import TeamKind
from bekwaam.domain.verdict import Verdict
from bekwaam.services import clock
from bekwaam.services.accounts.independence import handles_independently
from bekwaam.services.accounts.reads import memberships
from bekwaam.services.errors import NotFound, insist
from bekwaam.store.models import (
    Assignment,
    ConflictDeclaration,
    Consent,
    DecisionRecord,
    Dispute,
    FrameworkVersion,
    JudgingFinished,
    Membership,
    Objection,
    OwnPortfolio,
    Person,
    PlannedSession,
    Procedure,
    Provider,
    TeamMember,
    Wording,
)

Visitor = Person | AnonymousUser


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody's roles, and the conditions of the access table that hold for them.

    ``only`` holds what they judge where they are a third assessor: what the others could not agree on.
    """

    roles: frozenset[Role]
    holds: frozenset[Condition] = frozenset()
    state: State | None = None
    only: frozenset[str] | None = None

    @property
    def third(self) -> bool:
        """Tell whether they are an assessor who judges only what the others could not agree on."""
        return self.only is not None

    def may(self, action: Action) -> Verdict:
        """Tell whether they may take ``action`` here."""
        return may(action, self.roles, self.state, self.holds)


def at_provider(visitor: Visitor, provider: Provider, held: Iterable[str] | None = None) -> Standing:
    """Return what somebody is to a provider. One query; none where the roles ``held`` there were read.

    One more for who holds no role there: most members of a team hold none, and are its people all the same.
    """
    if not isinstance(visitor, Person):
        return Standing(frozenset({Role.ANONYMOUS}))
    roles = {Role(role) for role in (_running_roles(visitor, provider) if held is None else held)}
    if roles:
        roles.add(Role.MEMBER)
    elif places_in_teams(visitor).filter(team__provider=provider).exists():
        roles.add(Role.TEAM_MEMBER)
    if visitor.is_operator:
        roles.add(Role.OPERATOR)
    return Standing(frozenset(roles or {Role.OUTSIDER}))


def places_in_teams(person: Person) -> QuerySet[TeamMember]:
    """Return the places of somebody in teams they joined, as a query; a cohort is for learning."""
    return TeamMember.objects.filter(
        person=person, team__kind=TeamKind.TEAM, left_at=None, joined_at__isnull=False
    )


def assignments_of(person: Person, role: Role) -> QuerySet[Assignment, Assignment]:
    """Return the running assignments of somebody as ``role``, where they still hold it at the provider."""
    holding = Membership.objects.filter(
        person=person, provider=OuterRef("procedure__provider"), role=role, until=None
    )
    return Assignment.objects.filter(Exists(holding), person=person, role=role, until=None)


def _held_on_page(visitor: Visitor, provider: Provider) -> frozenset[Role] | None:
    """Return the roles that a visitor holds at a provider, read once for the whole page."""
    if not isinstance(visitor, Person):
        return None
    return frozenset(Role(row.role) for row in memberships(visitor) if row.provider_id == provider.pk)


def _running_roles(person: Person, provider: Provider) -> list[str]:
    running = Membership.objects.filter(person=person, provider=provider, until=None)
    return list(running.values_list("role", flat=True))


def at_procedure(visitor: Visitor, procedure: Procedure, *, held: frozenset[Role] | None = None) -> Standing:
    """Return what somebody is to a procedure, with the conditions that hold. Three queries at most, four
    for a third assessor.

    One more for a coordinator where there is an objection.

    Guide and assessor are what the procedure's assignments say, for as long as the person holds that role
    at the provider; the role alone counts for nothing here. ``held`` are the roles at the provider,
    where they were just read.
    """
    state = State(procedure.state)
    if not isinstance(visitor, Person):
        return Standing(frozenset({Role.ANONYMOUS}), state=state)
    if held is None:
        held = frozenset(Role(role) for role in _running_roles(visitor, procedure.provider))
    roles = set(held) & {Role.COORDINATOR, Role.AUDITOR}
    if held:
        roles.add(Role.MEMBER)
    if visitor.is_operator:
        roles.add(Role.OPERATOR)
    if procedure.candidate_id == visitor.pk:
        # Whoever is candidate is nothing else in their own procedure, also when they work there.
        return Standing(frozenset({Role.CANDIDATE}), _conditions(procedure, None), state)
    assignment = _assignment(visitor, procedure)
    if assignment is not None and Role(assignment.role) not in held:
        assignment = None
    if assignment is not None:
        roles.add(Role(assignment.role))
    only = _disputed(procedure) if assignment is not None and assignment.third else None
    holds = _conditions(procedure, assignment)
    if Role.COORDINATOR in roles and (
        (Condition.OUTCOME_OPEN not in holds and state is not State.OBJECTION)
        or handles_independently(procedure, visitor)
    ):
        holds |= {Condition.INDEPENDENT}
    return Standing(frozenset(roles or {Role.OUTSIDER}), holds, state, only)


def _disputed(procedure: Procedure) -> frozenset[str]:
    """Return what a third judges; the rows are remembered on the procedure, for the page made of it."""
    rows = list(Dispute.objects.filter(procedure=procedure, lifted_at=None).select_related("said_by"))
    procedure.known_disputes = rows  # type: ignore[attr-defined]
    return frozenset(row.unit for row in rows)


def _assignment(person: Person, procedure: Procedure) -> Assignment | None:
    last_word = ConflictDeclaration.objects.filter(assignment=OuterRef("pk")).order_by("-declared_at", "-pk")
    done = JudgingFinished.objects.filter(
        procedure=OuterRef("procedure"), assessor=OuterRef("person"), snapshot__number=_latest_number()
    )
    return (
        Assignment.objects.filter(procedure=procedure, person=person, until=None)
        .annotate(
            has_conflict=Subquery(last_word.values("conflict")[:1]),
            has_finished=Exists(done),
        )
        .first()
    )


def _latest_number() -> Subquery:
    from_here = Procedure.objects.filter(pk=OuterRef("procedure")).order_by("-snapshots__number")
    return Subquery(from_here.values("snapshots__number")[:1])


def _conditions(procedure: Procedure, assignment: Assignment | None) -> frozenset[Condition]:
    holds = set()
    # Known of a procedure that was just found; a locked one is looked at again.
    decided: bool | None = getattr(procedure, "is_decided", None)
    if decided is None:
        decided = DecisionRecord.objects.filter(procedure=procedure).exists()
    if not decided:
        holds.add(Condition.OUTCOME_OPEN)
    elif not procedure.is_rejudging:  # what others came to over an objection is told with the answer
        holds.add(Condition.OUTCOME_DECIDED)
    if procedure.state != State.WITHDRAWN:
        holds.add(Condition.NOT_WITHDRAWN)
    if not _judges_blind(procedure, assignment):
        holds.add(Condition.NOT_JUDGING_BLIND)
    if assignment is None:
        holds.add(Condition.NOT_INVOLVED)
    else:
        if getattr(assignment, "has_conflict", None) is False:
            holds.add(Condition.NO_CONFLICT)
        if not getattr(assignment, "has_finished", False):
            holds.add(Condition.NOT_FINISHED_JUDGING)
    return frozenset(holds)


def _judges_blind(procedure: Procedure, assignment: Assignment | None) -> bool:
    """Tell whether somebody judges and may not know yet what others found.

    That is so until the reveal, and for whoever came in after it until they finished themselves.
    """
    if assignment is None or assignment.role != Role.ASSESSOR:
        return False
    if procedure.state in BEFORE_REVEAL:
        return True
    return procedure.state == State.DECIDING and not getattr(assignment, "has_finished", False)


def at_portfolio(visitor: Visitor, portfolio: OwnPortfolio) -> Standing:
    """Return what somebody is to a portfolio of one's own: its owner, or nobody. No query."""
    if not isinstance(visitor, Person):
        return Standing(frozenset({Role.ANONYMOUS}))
    return Standing(frozenset({Role.OWNER if portfolio.owner_id == visitor.pk else Role.OUTSIDER}))


def find_portfolio(visitor: Visitor, ref: str) -> tuple[OwnPortfolio, Standing]:
    """Return a portfolio of one's own with the visitor's standing; NotFound for all but its owner."""
    found = OwnPortfolio.objects.filter(ref=ref).select_related("owner", "standard")
    portfolio = found.defer("standard__document").first()
    if portfolio is None:
        raise NotFound
    standing = at_portfolio(visitor, portfolio)
    if not standing.may(Action.SEE_OWN_PORTFOLIO):
        raise NotFound
    return portfolio, standing


def insist_at_provider(action: Action, actor: Person | None, provider: Provider) -> None:
    """Raise Refused unless ``actor`` may take ``action`` at a provider; None is the command line."""
    if actor is not None:
        insist(at_provider(actor, provider).may(action))


def insist_at_procedure(action: Action, actor: Person, procedure: Procedure) -> Standing:
    """Return the actor's standing; raise Refused unless they may take ``action`` in the procedure."""
    standing = at_procedure(actor, procedure)
    insist(standing.may(action))
    return standing


def find_procedure(visitor: Visitor, ref: str) -> tuple[Procedure, Standing]:
    """Return a procedure by its reference with the visitor's standing in it.

    The procedure also carries ``wording``: the hash of the words that its provider has loaded over those of
    the standard, None where it has none. That takes no query of its own.
    It also carries when consent was given and withdrawn (``consent_given``, ``consent_withdrawn``), whether
    anything came before or after it (``has_line``), whether there is anything on which the assessors cannot
    agree (``has_disputes``), and its first appointment that is still to come (``next_meeting``,
    ``next_meeting_kind``).
    Raises NotFound also for those who may not even know of it, so that nobody can tell the two apart.
    """
    procedure = (
        Procedure.objects.select_related(
            "provider", "candidate", "standard", "working", "kept", "erased_certificate", "follows"
        )
        .defer("standard__document")
        .annotate(
            wording=Subquery(_wording_in_use()),
            has_other_standards=Exists(_other_standards()),
            has_disputes=Exists(Dispute.objects.filter(procedure=OuterRef("pk"), lifted_at=None)),
            is_decided=Exists(DecisionRecord.objects.filter(procedure=OuterRef("pk"))),
            has_line=Exists(_line()),
            has_objection=Exists(Objection.objects.filter(procedure=OuterRef("pk"))),
            consent_given=Subquery(_consent("given_at")),
            consent_withdrawn=Subquery(_consent("withdrawn_at")),
            next_meeting=Subquery(_next_plan("starts_at")),
            next_meeting_kind=Subquery(_next_plan("kind")),
        )
        .filter(ref=ref)
        .first()
    )
    if procedure is None:
        raise NotFound
    standing = at_procedure(visitor, procedure, held=_held_on_page(visitor, procedure.provider))
    if not standing.may(Action.SEE_PROCEDURE):
        raise NotFound
    return procedure, standing


def _next_plan(column: str) -> QuerySet[PlannedSession, Any]:
    """Return when, or what, the first appointment is that is still to come."""
    coming = PlannedSession.objects.filter(
        procedure=OuterRef("pk"), replaced_by=None, cancelled=False, starts_at__gte=clock.now()
    )
    return coming.order_by("starts_at", "pk").values_list(column, flat=True)[:1]


def _wording_in_use() -> QuerySet[Wording, str]:
    used = Wording.objects.filter(
        owner=OuterRef("provider"),
        identifier=OuterRef("standard__identifier"),
        version=OuterRef("standard__version"),
        withdrawn_at=None,
    )
    return used.values_list("sha256", flat=True)[:1]


def _line() -> QuerySet[Procedure, Procedure]:
    """Return the outer procedure where something came before or after it, or it was objected to."""
    either = Q(first__isnull=False) | Q(later__isnull=False) | Q(objections__isnull=False)
    return Procedure.objects.filter(either, pk=OuterRef("pk")).order_by()


def _consent(column: str) -> QuerySet[Any, Any]:
    given: QuerySet[Any, Any] = Consent.objects.filter(procedure=OuterRef("pk"))
    return given.order_by("-given_at", "-pk").values(column)[:1]


def _other_standards() -> QuerySet[FrameworkVersion]:
    """Return what a dossier could be laid beside (see :mod:`bekwaam.services.portfolio.upgrade`)."""
    usable = Q(owner=None) | Q(owner=OuterRef("provider"))
    return FrameworkVersion.objects.filter(usable, kind="standard", retired_at=None).exclude(
        pk=OuterRef("standard")
    )


def find_provider(visitor: Visitor, ref: str) -> tuple[Provider, Standing]:
    """Return a provider by its reference with the visitor's standing; NotFound for strangers."""
    provider = Provider.objects.filter(ref=ref).first()
    if provider is None:
        raise NotFound
    standing = at_provider(visitor, provider, _held_on_page(visitor, provider))
    if standing.roles <= {Role.OUTSIDER, Role.ANONYMOUS}:
        raise NotFound
    return provider, standing


def lock(procedure: Procedure) -> Procedure:
    """Return the procedure as it is now, locked until the transaction ends.

    Whatever was read before may be stale: a step decided on it must look again under the lock.
    """
    return (
        Procedure.objects.select_for_update(of=("self",))
        .select_related("provider", "candidate", "standard", "working")
        .defer("standard__document")
        .get(pk=procedure.pk)
    )


def lock_provider(provider: Provider) -> None:
    """Let whoever changes people, roles or the list of procedures of a provider do so one after the other.

    Taken before anything else is written: two that take the same locks in another order wait for each
    other for ever.
    """
    Provider.objects.select_for_update(no_key=True).get(pk=provider.pk)
