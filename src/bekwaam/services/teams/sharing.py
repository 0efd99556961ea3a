"""What a member shares with a team: chosen per layer, by themself alone, and stopped at any moment.

Nothing is shared by being in a team. Whoever looks at a team asks the newest rows again, so that stopping
works at once (design, principle 4).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.teams.members import Share, TeamKind, invitation_stands, sharable
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.teams.finding import lock_team
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Team, TeamConsent, TeamMember
from bekwaam.wording import N_

_STALE: Final = N_(
    "You changed this in another window meanwhile. Nothing was changed now: look at it and choose again."
)

_NOT_HERE: Final = N_("With a cohort you share only what its numbers are about.")
EXPIRED: Final = N_("This invitation has expired. Ask whoever leads the team to invite you again.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a member chose so far: what they share now, what names that choice, and all choices on research.

    Another choice gives another ``mark``.
    """

    shares: frozenset[Share]
    mark: str
    research: tuple[tuple[datetime, bool], ...]


def chosen_by(member: TeamMember) -> Chosen:
    """Return what a member chose: of each layer the newest row counts. One query."""
    rows = list(TeamConsent.objects.filter(member=member).order_by("at", "pk"))
    newest = {Share(row.layer): row.given for row in rows}
    return Chosen(
        shares=frozenset(layer for layer, given in newest.items() if given),
        mark=str(rows[-1].pk) if rows else "none",
        research=tuple((row.at, row.given) for row in rows if row.layer == Share.ANALYSIS),
    )


def has_expired(member: TeamMember) -> bool:
    """Tell whether somebody was invited too long ago to say yes now. No query."""
    return member.joined_at is None and not invitation_stands(member.invited_at, clock.now())


@transaction.atomic
def share(actor: Person, ref: str, layers: Collection[Share], seen: str) -> TeamMember:
    """Share exactly ``layers`` with a team from now on; whoever was invited joins it by that.

    ``seen`` is the mark that :func:`chosen_by` gave with the page that the choice was made on. Raises
    Refused where it is another one by now: nobody shares by an old page what they withdrew in a newer one.
    Refused as well is what has no use in a cohort, and any choice once the invitation has expired.
    """
    team, member = _mine(actor, ref)
    if not set(layers) <= set(sharable(TeamKind(team.kind))):
        raise Refused(refused("not_here", _NOT_HERE))
    if chosen_by(member).mark != seen:
        raise Refused(refused("changed", _STALE))
    _join(actor, team, member)
    _choose(actor, team, member, frozenset(layers))
    return member


@transaction.atomic
def stop_sharing(actor: Person, ref: str) -> None:
    """Share nothing any more with a team, whatever page this was asked on. Stopping twice changes nothing."""
    team, member = _mine(actor, ref)
    _choose(actor, team, member, frozenset())


@transaction.atomic
def leave(actor: Person, ref: str) -> None:
    """Leave a team, or say no to an invitation. From then on the team sees nothing of them."""
    team, member = _mine(actor, ref)
    now = clock.now()
    member.person, member.email, member.left_at = actor, "", now
    member.save(update_fields=["person", "email", "left_at"])
    _record(Event.TEAM_LEFT, actor, team, member)


def _mine(actor: Person, ref: str) -> tuple[Team, TeamMember]:
    team, member = lock_team(actor, ref, Action.SHARE_WITH_TEAM)
    if member is None:
        raise NotFound
    return team, member


def _join(actor: Person, team: Team, member: TeamMember) -> None:
    if member.joined_at is not None:
        return
    if has_expired(member):
        raise Refused(refused("expired", EXPIRED))
    member.person, member.email, member.joined_at = actor, "", clock.now()
    member.save(update_fields=["person", "email", "joined_at"])
    _record(Event.TEAM_JOINED, actor, team, member)


def _choose(actor: Person, team: Team, member: TeamMember, layers: frozenset[Share]) -> None:
    """Write a row for every layer of which the choice changes, and one entry for all."""
    now, standing = clock.now(), _newest(member)
    changed = [layer for layer in Share if (layer in layers) != standing.get(layer, False)]
    rows = [
        TeamConsent.objects.create(member=member, layer=layer, given=layer in layers, at=now)
        for layer in changed
    ]
    if rows:
        payload = {"team": team.ref, "shared": sorted(layers)}
        subject = f"person:{actor.ref}"
        append(Event.TEAM_SHARED, actor=actor, subject=subject, now=now, payload=payload, content=rows)


def _newest(member: TeamMember) -> dict[Share, bool]:
    rows = TeamConsent.objects.filter(member=member).order_by("at", "pk")
    return {Share(layer): given for layer, given in rows.values_list("layer", "given")}


def _record(event: Event, actor: Person, team: Team, member: TeamMember) -> None:
    payload = {"team": team.ref, "member": member.ref}
    subject = f"person:{actor.ref}"
    append(event, actor=actor, subject=subject, now=clock.now(), payload=payload, content=[member])
