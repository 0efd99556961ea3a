"""What is somebody's own of teams: it goes along with them, and goes when their account does."""

from __future__ import annotations

from bekwaam.domain.growth.gap import Layer
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.takeout.gathering import gather
from bekwaam.services.teams.making import invite, set_lead
from bekwaam.services.teams.reads import my_teams, places_in
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import Person, TeamConsent, TeamMember
from tests.cast import Cast
from tests.services.teams.teams import shares, team_of


def test_every_choice_goes_along_in_the_package(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, Layer.SELF)
    stop_sharing(cast.candidate, team.ref)
    (told,) = gather(cast.candidate, "nl").document["teams"]
    assert (told["name"], told["organisation"], told["left_at"]) == (team.name, cast.provider.name, None)
    assert [(one["layer"], one["given"]) for one in told["choices"]] == [("self", True), ("self", False)]


def test_an_erased_account_leaves_no_place_choice_or_invitation_and_the_chain_holds(cast: Cast) -> None:
    team, other = team_of(cast, cast.candidate), team_of(cast, name="Zuid")
    shares(cast.candidate, team, Layer.SELF)
    invite(cast.guide, other.ref, cast.candidate.email)
    erase_account(cast.candidate, cast.candidate, seen(plan_for(cast.candidate)))
    assert not TeamMember.objects.exists() and not TeamConsent.objects.exists()
    assert places_in(team) == places_in(other) == ()
    assert walk_chain().whole and not list(broken_contents())


def test_a_lead_who_goes_can_be_followed_up(cast: Cast) -> None:
    leader: Person = cast.person("leider@example.org", "Lena Leider")
    team = team_of(cast, cast.candidate, lead=leader)
    erase_account(leader, leader, seen(plan_for(leader)))
    set_lead(cast.coordinator, cast.provider, team.ref, cast.guide.email)
    assert [one.leads for one in my_teams(cast.guide)] == [True]
    assert len(places_in(team)) == 1
