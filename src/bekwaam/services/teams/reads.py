"""What somebody sees of the teams they are in, and a lead of the team they lead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bekwaam.domain.growth.gap import Layer, Picture
from bekwaam.domain.teams.members import INVITATION_HOLDS, LAYERS, Member, Share, TeamKind
from bekwaam.services import clock
from bekwaam.services.listing import Listing
from bekwaam.services.teams.pictures import pictures_of
from bekwaam.services.teams.sharing import has_expired
from bekwaam.store.models import FrameworkVersion, Person, Provider, Team, TeamConsent, TeamMember


@dataclass(frozen=True, slots=True)
class MyTeam:
    """A team that somebody leads, is in, or is invited into; ``expired``: that was too long ago."""

    ref: str
    name: str
    provider: str
    lead: str
    leads: bool
    member: bool
    invited: bool
    shares: frozenset[Share]
    cohort: bool = False
    expired: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A team that waits for somebody's answer."""

    ref: str
    team: str
    provider: str
    lead: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody in a team, as the lead sees them: ``name`` is the address until they joined.

    What they let the organisation study is not for the lead, and not among ``shares``. ``expired``: they were
    invited too long ago to say yes.
    """

    ref: str
    name: str
    invited_at: datetime
    joined_at: datetime | None
    shares: frozenset[Share]
    person: int | None
    expired: bool = False


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as whoever coordinates the organisation sees it: nothing of anybody in it."""

    ref: str
    name: str
    lead: str
    programme: str = ""
    starts: date | None = None


def my_teams(person: Person) -> tuple[MyTeam, ...]:
    """Return the teams of somebody, by name. Three queries."""
    mine = Q(person=person) | Q(person=None, email=person.email)
    places = {row.team_id: row for row in TeamMember.objects.filter(mine, left_at=None)}
    teams = Team.objects.filter(Q(pk__in=places.keys()) | Q(lead=person)).select_related("provider", "lead")
    consents = _shared(places.values())
    return tuple(
        MyTeam(
            ref=team.ref,
            name=team.name,
            provider=team.provider.name,
            lead=team.lead.name,
            leads=team.lead_id == person.pk,
            member=(place := places.get(team.pk)) is not None and place.joined_at is not None,
            invited=place is not None and place.joined_at is None and not has_expired(place),
            expired=place is not None and has_expired(place),
            shares=consents.get(place.pk, frozenset()) if place else frozenset(),
            cohort=team.kind == TeamKind.COHORT,
        )
        for team in teams
    )


def invitations_of(person: Person) -> tuple[Invitation, ...]:
    """Return the teams that wait for somebody's answer, the oldest invitation first. One query."""
    rows = TeamMember.objects.filter(person=None, email=person.email, left_at=None)
    standing = rows.filter(invited_at__gt=clock.now() - INVITATION_HOLDS)
    return tuple(
        Invitation(row.team.ref, row.team.name, row.team.provider.name, row.team.lead.name)
        for row in standing.select_related("team__provider", "team__lead")
    )


def teams_of(provider: Provider, kind: TeamKind = TeamKind.TEAM) -> tuple[TeamCard, ...]:
    """Return the teams of an organisation, or its cohorts, by name. One query."""
    rows = Team.objects.filter(provider=provider, kind=kind).select_related("lead")
    return tuple(TeamCard(row.ref, row.name, row.lead.name, row.programme, row.starts) for row in rows)


def team_list(provider: Provider) -> Listing[TeamCard]:
    """Return the teams of an organisation by name, to be paged: two queries, however many there are."""
    rows = Team.objects.filter(provider=provider, kind="team").select_related("lead")
    return Listing(rows, lambda page: [TeamCard(row.ref, row.name, row.lead.name) for row in page])


def places_in(team: Team) -> tuple[Place, ...]:
    """Return who is in a team or invited, those who joined first, with what each shares now. Two queries.

    In a cohort nobody's sharing is told, whoever asks: what is shared there goes into numbers alone.
    """
    rows = list(TeamMember.objects.filter(team=team, left_at=None).select_related("person"))
    consents = {} if team.kind == TeamKind.COHORT else _shared(rows)
    rows.sort(key=lambda row: (row.joined_at is None, row.person.name if row.person else row.email, row.pk))
    return tuple(
        Place(
            ref=row.ref,
            name=row.person.name if row.person else row.email,
            invited_at=row.invited_at,
            joined_at=row.joined_at,
            shares=consents.get(row.pk, frozenset()) - {Share.ANALYSIS} if row.joined_at else frozenset(),
            person=row.person_id if row.joined_at else None,
            expired=has_expired(row),
        )
        for row in rows
    )


def members_for(places: Iterable[Place], standard: FrameworkVersion, layer: Layer) -> tuple[Member, ...]:
    """Return the members of a team with what they share of ``layer``, and nothing else. One query."""
    joined = [place for place in places if place.person is not None]
    sharing = [place.person for place in joined if Share(layer) in place.shares]
    pictures = pictures_of(sharing, standard, layer) if sharing else {}
    return tuple(
        _member(place, pictures.get(place.person or 0, ()) if Share(layer) in place.shares else ())
        for place in joined
    )


def _member(place: Place, pictures: tuple[Picture, ...]) -> Member:
    return Member(place.ref, frozenset(Layer(one) for one in LAYERS if one in place.shares), pictures)


def _shared(members: Iterable[TeamMember]) -> dict[int, frozenset[Share]]:
    """Return by member the layers they share: of each layer the newest row counts. One query."""
    rows = TeamConsent.objects.filter(member__in=[row.pk for row in members]).order_by("at", "pk")
    newest: dict[int, dict[Share, bool]] = {}
    for member, layer, given in rows.values_list("member", "layer", "given"):
        newest.setdefault(member, {})[Share(layer)] = given
    return {member: frozenset(layer for layer, given in of.items() if given) for member, of in newest.items()}
