"""What somebody is to a team, and so what they may do there."""

from __future__ import annotations

from django.db.models import F, Q

from bekwaam.domain.accounts.access import Action, Condition, Role
from bekwaam.domain.teams.members import TeamKind
from bekwaam.services.accounts.standing import Standing, Visitor
from bekwaam.services.errors import NotFound, insist
from bekwaam.store.models import Person, Team, TeamMember


def at_team(visitor: Visitor, team: Team, member: TeamMember | None) -> Standing:
    """Return what somebody is to a team; ``member`` is their own place in it. No query.

    Whoever coordinates the organisation is nobody here: above a team there are no people. Whoever leads a
    cohort is its trainer and no lead, so that nothing which shows people to a lead is theirs.
    """
    if not isinstance(visitor, Person):
        return Standing(frozenset({Role.ANONYMOUS}))
    roles, holds = set(), set()
    if team.lead_id == visitor.pk:
        roles.add(Role.TRAINER if team.kind == TeamKind.COHORT else Role.LEAD)
    if member is not None:
        roles.add(Role.TEAM_MEMBER)
        if member.joined_at is not None and team.kind != TeamKind.COHORT:
            holds.add(Condition.IN_THE_TEAM)
    return Standing(frozenset(roles or {Role.OUTSIDER}), frozenset(holds))


def place_of(person: Person, team: Team) -> TeamMember | None:
    """Return the place of somebody in a team, also where they were only invited. One query."""
    rows = TeamMember.objects.filter(team=team, left_at=None)
    mine = rows.filter(Q(person=person) | Q(person=None, email=person.email))
    return mine.order_by(F("person").asc(nulls_last=True)).first()


def find_team(visitor: Visitor, ref: str) -> tuple[Team, TeamMember | None, Standing]:
    """Return a team with the visitor's place and standing in it; NotFound for strangers. Two queries."""
    team = Team.objects.filter(ref=ref).select_related("provider", "lead").first()
    if team is None:
        raise NotFound
    member = place_of(visitor, team) if isinstance(visitor, Person) else None
    standing = at_team(visitor, team, member)
    if standing.roles <= {Role.OUTSIDER, Role.ANONYMOUS}:
        raise NotFound
    return team, member, standing


def lock_team(actor: Person, ref: str, action: Action) -> tuple[Team, TeamMember | None]:
    """Return a team as it is now, locked; NotFound for strangers, Refused where they may not ``action``."""
    if not Team.objects.select_for_update(of=("self",)).filter(ref=ref):
        raise NotFound
    team, member, standing = find_team(actor, ref)
    insist(standing.may(action))
    return team, member
