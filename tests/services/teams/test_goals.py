"""Goals of a team: who sets, reads and takes them along, and what of whose plan is read beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.teams.goals import MOST_OPEN
from bekwaam.domain.teams.members import Share
from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.activities import ActivityInput, plan_activity
from bekwaam.services.growth.goals import GoalInput, close_goal, set_goal
from bekwaam.services.teams.goals import (
    TeamGoalInput,
    change_team_goal,
    close_team_goal,
    drop_team_goal,
    set_team_goal,
    set_team_goals,
)
from bekwaam.services.teams.making import invite, set_lead
from bekwaam.services.teams.plan_reads import (
    closed_goals,
    goal_to_take,
    open_goals,
    own_works,
    team_goal,
    works_of,
)
from bekwaam.services.teams.reads import places_in
from bekwaam.services.teams.sharing import leave, stop_sharing
from bekwaam.store.models import AuditEntry, Person, TeamGoal
from tests.cast import Cast
from tests.services.teams.teams import group, shares, team_of

GIVEN = TeamGoalInput(("1.1", "1.2"), "Schulden eerder zien aankomen", Way.PEER_CONSULTATION, "Elke maand")


def works(cast: Cast, person: Person, value: str = "vakbekwaam", words: str = "Alleen van mij") -> str:
    """Let somebody have a goal of their own with an activity, and return its reference."""
    by = clock.today() + timedelta(30)
    ref = set_goal(person, cast.standard, GoalInput(("1.1",), value, words, by)).ref
    plan_activity(person, ref, ActivityInput(Way.SUPERVISION, "Met mevrouw Jansen"))
    return ref


def test_a_lead_sets_changes_closes_and_drops_a_goal_and_the_chain_tells(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    assert [(one.words, one.way, one.codes) for one in open_goals(team)] == [
        (GIVEN.words, Way.PEER_CONSULTATION, ("1.1", "1.2"))
    ]
    change_team_goal(cast.guide, team.ref, ref, replace(GIVEN, words=" Anders ", codes=("1.2", "1.2")))
    assert (team_goal(team, ref).words, team_goal(team, ref).codes) == ("Anders", ("1.2",))
    close_team_goal(cast.guide, team.ref, ref, "Gelukt.")
    assert open_goals(team) == () and [one.looking_back for one in closed_goals(team)[:5]] == ["Gelukt."]
    assert walk_chain().whole and not list(broken_contents())
    drop_team_goal(cast.guide, team.ref, ref)
    assert not TeamGoal.objects.exists()
    codes = list(AuditEntry.objects.order_by("sequence").values_list("code", flat=True))[-4:]
    assert codes == [
        Event.TEAM_GOAL_SET,
        Event.TEAM_GOAL_CHANGED,
        Event.TEAM_GOAL_CLOSED,
        Event.TEAM_GOAL_DROPPED,
    ]
    assert walk_chain().whole and not list(broken_contents())


def test_the_chain_vouches_for_a_goal_of_a_team(cast: Cast) -> None:
    team = team_of(cast)
    set_team_goal(cast.guide, team.ref, cast.standard, GIVEN)
    TeamGoal.objects.update(words="Iets anders")
    assert list(broken_contents())


def test_a_closed_goal_stays_as_it_is(cast: Cast) -> None:
    team = team_of(cast)
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    close_team_goal(cast.guide, team.ref, ref)
    for again in (
        lambda: change_team_goal(cast.guide, team.ref, ref, GIVEN),
        lambda: close_team_goal(cast.guide, team.ref, ref),
    ):
        with pytest.raises(Refused) as refused:
            again()
        assert refused.value.verdict.reason == "closed"


def test_faults_are_told_by_field_and_nothing_is_kept(cast: Cast) -> None:
    team = team_of(cast)
    past = clock.today() - timedelta(1)
    with pytest.raises(Invalid) as refused:
        set_team_goals(
            cast.guide, team.ref, cast.standard, (GIVEN, TeamGoalInput(("9",), " ", "other", "", past))
        )
    assert [fault.name for fault in refused.value.faults] == ["codes", "words", "doing", "by"]
    assert not TeamGoal.objects.exists()
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    with pytest.raises(Invalid):
        close_team_goal(cast.guide, team.ref, ref, "x" * 2001)


def test_a_day_that_passed_meanwhile_may_stay_and_another_one_not(cast: Cast) -> None:
    team = team_of(cast)
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    passed = clock.today() - timedelta(3)
    TeamGoal.objects.update(by=passed)
    change_team_goal(cast.guide, team.ref, ref, replace(GIVEN, words="Nieuw", by=passed))
    with pytest.raises(Invalid):
        change_team_goal(cast.guide, team.ref, ref, replace(GIVEN, by=passed + timedelta(1)))


def test_goals_sent_twice_are_set_once_and_there_is_an_end_to_them(cast: Cast) -> None:
    team = team_of(cast)
    many = [replace(GIVEN, words=f"Doel {number}") for number in range(MOST_OPEN)]
    first = set_team_goals(cast.guide, team.ref, cast.standard, many)
    again = set_team_goals(cast.guide, team.ref, cast.standard, many)
    assert [one.ref for one in first] == [one.ref for one in again] and len(first) == MOST_OPEN
    with pytest.raises(Invalid) as refused:
        set_team_goal(cast.guide, team.ref, cast.standard, GIVEN)
    assert refused.value.faults[0].reason == "too_many"
    assert str(MOST_OPEN) in refused.value.faults[0].text("nl")


def test_only_the_lead_sets_goals_and_only_who_is_in_the_team_reads_them(cast: Cast) -> None:
    team, other = team_of(cast, cast.candidate), team_of(cast, name="Zuid", lead=cast.assessors[0])
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    with pytest.raises(Refused):
        set_team_goal(cast.candidate, team.ref, cast.standard, GIVEN)
    for stranger in (cast.coordinator, cast.auditor, cast.outsider, cast.assessors[0]):
        with pytest.raises(NotFound):
            drop_team_goal(stranger, team.ref, ref)
        with pytest.raises(NotFound):
            goal_to_take(stranger, ref)
    with pytest.raises(NotFound):  # a goal of another team, by the address of one's own
        close_team_goal(cast.assessors[0], other.ref, ref)
    assert goal_to_take(cast.candidate, ref).words == GIVEN.words
    invite(cast.guide, team.ref, cast.auditor.email)
    with pytest.raises(Refused) as refused:
        goal_to_take(cast.auditor, ref)
    assert refused.value.verdict.reason == "needs_in_the_team"
    leave(cast.candidate, team.ref)
    with pytest.raises(NotFound):
        goal_to_take(cast.candidate, ref)


def test_whoever_leads_the_team_next_goes_on_with_its_goals(cast: Cast) -> None:
    team = team_of(cast)
    ref = set_team_goal(cast.guide, team.ref, cast.standard, GIVEN).ref
    set_lead(cast.coordinator, cast.provider, team.ref, cast.assessors[0].email)
    close_team_goal(cast.assessors[0], team.ref, ref)
    with pytest.raises(NotFound):
        drop_team_goal(cast.guide, team.ref, ref)


def test_what_a_member_works_on_is_read_only_while_they_share_that_and_never_their_words(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    works(cast, cast.candidate)
    shares(cast.candidate, team, Layer.SELF)
    assert works_of(places_in(team), cast.standard) == ()
    shares(cast.candidate, team, Share.PLAN)
    (found,) = works_of(places_in(team), cast.standard)
    assert (found.codes, found.value, found.ways) == (("1.1",), "vakbekwaam", (Way.SUPERVISION,))
    assert found.by == clock.today() + timedelta(30)
    told = repr(found)
    assert "Alleen van mij" not in told and "Jansen" not in told
    assert own_works(cast.candidate, cast.standard) == (replace(found, member="me"),)
    stop_sharing(cast.candidate, team.ref)
    assert works_of(places_in(team), cast.standard) == ()


def test_no_word_of_a_plan_is_read_from_the_database(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    works(cast, cast.candidate)
    shares(cast.candidate, team, Share.PLAN)
    with CaptureQueriesContext(connection) as captured:
        works_of(places_in(team), cast.standard)
    asked = " ".join(query["sql"] for query in captured)
    assert "bekwaam_plangoal" in asked or "plangoal" in asked
    assert '"words"' not in asked and '"learned"' not in asked and '"before"' not in asked


def test_a_closed_goal_is_worked_on_no_more(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    ref = works(cast, cast.candidate)
    shares(cast.candidate, team, Share.PLAN)
    close_goal(cast.candidate, ref)
    assert works_of(places_in(team), cast.standard) == ()


def test_who_left_is_seen_working_on_nothing(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    works(cast, cast.candidate)
    shares(cast.candidate, team, Share.PLAN)
    leave(cast.candidate, team.ref)
    assert works_of(places_in(team), cast.standard) == ()


def test_more_members_with_more_goals_take_no_more_queries(cast: Cast) -> None:
    counts = []
    people = group(cast, 5)
    for number in (1, 5):
        team = team_of(cast, *people[:number], name=f"Team {number}")
        for one in people[:number]:
            works(cast, one, words=f"Doel {number}")
            shares(one, team, Share.PLAN)
        places = places_in(team)
        with CaptureQueriesContext(connection) as captured:
            assert len({one.member for one in works_of(places, cast.standard)}) == number
        counts.append(len(captured))
    assert counts == [1, 1]


def test_two_of_the_same_in_one_go_are_one_goal(cast: Cast) -> None:
    team = team_of(cast)
    one = TeamGoalInput(("1.1",), "Elkaar helpen")
    made = set_team_goals(cast.guide, team.ref, cast.standard, (one, one))
    assert made[0] == made[1] and TeamGoal.objects.count() == 1
