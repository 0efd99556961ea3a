"""Invitations into a team: how long they hold, inviting anew, and one reminder."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail

from bekwaam.services import clock
from bekwaam.services.audit import broken_contents
from bekwaam.services.errors import Refused
from bekwaam.services.teams.making import invite, set_lead
from bekwaam.services.teams.reads import invitations_of, my_teams, places_in
from bekwaam.services.teams.reminding import remind_invited
from bekwaam.services.teams.sharing import leave
from bekwaam.store.models import Team, TeamMember
from tests.cast import Cast
from tests.services.teams.teams import cohort_of, place, shares, team_of

pytestmark = [pytest.mark.database, pytest.mark.django_db]


def invited(cast: Cast, *, ago: timedelta) -> Team:
    """Return a team into which the candidate was invited that long ago."""
    team = team_of(cast)
    with clock.at(clock.now() - ago):
        invite(cast.guide, team.ref, cast.candidate.email)
    return team


def test_until_sixty_days_somebody_can_say_yes(cast: Cast) -> None:
    team = invited(cast, ago=timedelta(days=60) - timedelta(minutes=5))
    assert [one.ref for one in invitations_of(cast.candidate)] == [team.ref]
    shares(cast.candidate, team)
    assert place(cast.candidate, team).joined_at
    assert invitations_of(cast.candidate) == ()


def test_after_sixty_days_an_invitation_is_too_late(cast: Cast) -> None:
    team = invited(cast, ago=timedelta(days=60))
    with pytest.raises(Refused) as refused:
        shares(cast.candidate, team)
    assert refused.value.verdict.reason == "expired"
    assert place(cast.candidate, team).joined_at is None
    assert invitations_of(cast.candidate) == ()
    (mine,) = my_teams(cast.candidate)
    assert (mine.expired, mine.invited, mine.member) == (True, False, False)
    assert [one.expired for one in places_in(team)] == [True]


def test_who_joined_long_ago_stays_in_the_team(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=400)):
        team = team_of(cast, cast.candidate)
    shares(cast.candidate, team)
    assert [one.expired for one in places_in(team)] == [False]


def test_an_expired_invitation_makes_room_for_a_new_one(cast: Cast) -> None:
    team = invited(cast, ago=timedelta(days=61))
    assert invite(cast.guide, team.ref, cast.candidate.email) == (cast.candidate.email,)
    old, new = TeamMember.objects.filter(team=team).order_by("pk")
    assert (bool(old.left_at), old.email, new.email) == (True, "", cast.candidate.email)
    shares(cast.candidate, team)
    assert [one.name for one in places_in(team)] == [cast.candidate.name]
    assert list(broken_contents()) == []


def test_other_expired_invitations_stay_where_they_are(cast: Cast) -> None:
    team = invited(cast, ago=timedelta(days=61))
    invite(cast.guide, team.ref, cast.assessors[0].email)
    found = {one.name: one.expired for one in places_in(team)}
    assert found == {cast.candidate.email: True, cast.assessors[0].email: False}


@pytest.mark.parametrize(("days", "kept"), [(179, 1), (180, 0)])
def test_the_address_of_who_never_answers_is_forgotten(cast: Cast, days: int, kept: int) -> None:
    team = invited(cast, ago=timedelta(days=days))
    remind_invited(dry_run=True)
    assert len(places_in(team)) == 1
    remind_invited()
    assert len(places_in(team)) == kept
    assert TeamMember.objects.exclude(email="").count() == kept
    assert list(broken_contents()) == []


@pytest.mark.parametrize(("days", "number"), [(13, 0), (14, 1), (59, 1), (60, 0)])
def test_who_did_not_answer_is_reminded_from_two_weeks_on(
    cast: Cast, django_capture_on_commit_callbacks: Any, days: int, number: int
) -> None:
    invited(cast, ago=timedelta(days=days))
    assert len(remind_invited(dry_run=True)) == number
    with django_capture_on_commit_callbacks(execute=True):
        assert len(remind_invited()) == number
    assert [one.to for one in mail.outbox] == [[cast.candidate.email]] * number


def test_nobody_is_reminded_twice_nor_after_an_answer_nor_where_reminders_are_off(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    team = invited(cast, ago=timedelta(days=20))
    cast.provider.remind_on = False
    cast.provider.save()
    assert remind_invited() == ()
    cast.provider.remind_on = True
    cast.provider.save()
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_invited() == (cast.candidate.email,)
    assert "Wijkteam Noord" in mail.outbox[0].body
    assert "/teams/" in mail.outbox[0].body
    assert remind_invited() == ()
    with clock.at(clock.now() - timedelta(days=20)):
        invite(cast.guide, team.ref, cast.assessors[0].email)
        shares(cast.assessors[0], team)
    assert remind_invited() == ()


def test_members_hear_who_sees_what_they_share_once_somebody_else_leads(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    gone, team = cast.assessors[1], team_of(cast, cast.candidate, cast.assessors[0], cast.assessors[1])
    leave(gone, team.ref)
    invite(cast.guide, team.ref, "genodigd@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        set_lead(cast.coordinator, cast.provider, team.ref, cast.assessors[0].email)
        set_lead(cast.coordinator, cast.provider, team.ref, cast.assessors[0].email)
    assert [one.to for one in mail.outbox] == [[cast.candidate.email]]
    assert f"{cast.assessors[0].name} leidt vanaf nu het team Wijkteam Noord" in mail.outbox[0].body
    assert f"/teams/{team.ref}/ik/" in mail.outbox[0].body


def test_who_learns_in_a_cohort_hears_nothing_of_another_trainer_who_sees_nothing_of_them(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    cohort = cohort_of(cast, cast.candidate)
    with django_capture_on_commit_callbacks(execute=True):
        set_lead(cast.coordinator, cast.provider, cohort.ref, cast.auditor.email)
    assert not mail.outbox
