"""What is somebody's own of teams: it goes along with them, and goes when their account does."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bekwaam.domain.accounts.erasing import What
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.takeout.checking import read_document
from bekwaam.domain.teams.members import Share
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.erasing.account import erase_account
from bekwaam.services.erasing.facts import plan_for, seen
from bekwaam.services.takeout.gathering import gather
from bekwaam.services.teams.goals import TeamGoalInput, close_team_goal, set_team_goal
from bekwaam.services.teams.making import invite, set_lead
from bekwaam.services.teams.reads import my_teams, places_in
from bekwaam.services.teams.sharing import stop_sharing
from bekwaam.store.models import Person, TeamConsent, TeamGoal, TeamMember
from bekwaam.web.portfolio.takeout.pages import pages
from tests.cast import Cast
from tests.services.teams.teams import shares, team_of


def fits(document: Mapping[str, Any]) -> bool:
    """Tell whether a document is as its own schema says, so that it can be read elsewhere."""
    return read_document(json.dumps(document).encode(), clock.now())[1] == ()


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


def test_every_thing_that_can_be_shared_goes_along_in_words_and_by_the_schema(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, *Share)
    package = gather(cast.candidate, "nl")
    assert fits(package.document)
    index = next(page for page in pages(package, "nl") if page.path == "index.html").content.decode()
    assert "Waar ik aan werk" in index


def test_what_a_lead_wrote_for_a_team_goes_along_and_stays_when_they_go(cast: Cast) -> None:
    leader: Person = cast.person("leider@example.org", "Lena Leider")
    team = team_of(cast, cast.candidate, lead=leader)
    given = TeamGoalInput(("1.1",), "Schulden zien aankomen", Way.OTHER, "Elke maand oefenen")
    ref = set_team_goal(leader, team.ref, cast.standard, given).ref
    package = gather(leader, "nl")
    (told,) = package.document["team_goals"]
    assert (told["team"], told["words"], told["doing"]) == (team.name, given.words, given.doing)
    assert told["framework"] == {"identifier": "klein", "version": "1"}
    assert fits(package.document)
    index = next(page for page in pages(package, "nl") if page.path == "index.html").content.decode()
    assert given.words in index and given.doing in index
    assert "team_goals" not in gather(cast.candidate, "nl").document
    assert What.TEAM_GOALS in {line.what for line in plan_for(leader).stays}
    assert What.TEAM_GOALS not in {line.what for line in plan_for(cast.candidate).stays}
    erase_account(leader, leader, seen(plan_for(leader)))
    assert TeamGoal.objects.get().ref == ref and TeamGoal.objects.get().set_by.name == "(gewiste persoon)"
    assert walk_chain().whole and not list(broken_contents())
    set_lead(cast.coordinator, cast.provider, team.ref, cast.guide.email)
    close_team_goal(cast.guide, team.ref, ref)
    assert walk_chain().whole and not list(broken_contents())


def test_a_lead_who_goes_can_be_followed_up(cast: Cast) -> None:
    leader: Person = cast.person("leider@example.org", "Lena Leider")
    team = team_of(cast, cast.candidate, lead=leader)
    erase_account(leader, leader, seen(plan_for(leader)))
    set_lead(cast.coordinator, cast.provider, team.ref, cast.guide.email)
    assert [one.leads for one in my_teams(cast.guide)] == [True]
    assert len(places_in(team)) == 1
