"""Teams: who gets in, what members share, and that stopping works at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.members import Share
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.teams.finding import find_team
from bekwaam.services.teams.making import invite, make_team, remove_member, set_lead
from bekwaam.services.teams.reads import members_for, my_teams, places_in
from bekwaam.services.teams.sharing import chosen_by, leave, share, stop_sharing
from bekwaam.store.models import AuditEntry, TeamConsent, TeamMember
from tests.cast import Cast, Point
from tests.services.teams.teams import group, place, rated, seen, shares, team_of

SELF, FEEDBACK, JUDGEMENT = Layer.SELF, Layer.FEEDBACK, Layer.JUDGEMENT


def test_an_invitation_tells_nobody_whether_there_is_an_account(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    team = team_of(cast)
    with django_capture_on_commit_callbacks(execute=True):
        sent = invite(cast.guide, team.ref, f"{cast.candidate.email}, Niemand@Example.org")
    assert sent == (cast.candidate.email, "niemand@example.org")
    assert {one.to[0] for one in mail.outbox} == set(sent)
    assert {row.person_id for row in TeamMember.objects.all()} == {None}
    assert {one.name for one in places_in(team)} == set(sent)
    assert invite(cast.guide, team.ref, cast.candidate.email) == ()


@pytest.mark.parametrize(
    ("emails", "reason"),
    [
        ("", "empty"),
        ("goed@example.org geen-adres", "no_address"),
        (" ".join(f"m{n}@example.org" for n in range(51)), "too_many"),
    ],
)
def test_a_faulty_invitation_invites_nobody(cast: Cast, emails: str, reason: str) -> None:
    team = team_of(cast)
    with pytest.raises(Invalid) as refused:
        invite(cast.guide, team.ref, emails)
    assert [fault.reason for fault in refused.value.faults] == [reason]
    assert not TeamMember.objects.exists()


def test_nobody_shares_anything_by_joining(cast: Cast) -> None:
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam"})
    team = team_of(cast, cast.candidate)
    assert [one.shares for one in places_in(team)] == [frozenset()]
    assert seen(team, cast.standard, SELF) == {}


def test_a_layer_is_seen_only_while_it_is_shared(cast: Cast) -> None:
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam"})
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, SELF)
    assert seen(team, cast.standard, SELF) == {cast.candidate.name: [{"1.1": "vakbekwaam"}]}
    assert seen(team, cast.standard, JUDGEMENT) == {}
    stop_sharing(cast.candidate, team.ref)
    assert seen(team, cast.standard, SELF) == {}
    shares(cast.candidate, team, SELF)
    assert seen(team, cast.standard, SELF) != {}
    assert [row.given for row in TeamConsent.objects.all()] == [True, False, True]


def test_an_open_round_is_nobodys_business_and_the_newest_finished_one_counts(cast: Cast) -> None:
    rated(cast.candidate, cast.standard, {"1.1": "startbekwaam", "1.2": "startbekwaam"})
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam"})
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, SELF)
    assert seen(team, cast.standard, SELF) == {cast.candidate.name: [{"1.1": "vakbekwaam"}]}


def test_a_judgement_is_seen_once_its_person_knows_it(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, JUDGEMENT)
    procedure = cast.bring_to(Point.DECIDED, candidate=cast.candidate)
    assert seen(team, cast.standard, JUDGEMENT) == {}
    cast.bring_on(procedure, Point.ISSUED, since=Point.DECIDED)
    assert list(seen(team, cast.standard, JUDGEMENT)) == [cast.candidate.name]


def test_an_old_page_shares_nothing_that_was_withdrawn_since(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, SELF)
    old = chosen_by(place(cast.candidate, team)).mark
    stop_sharing(cast.candidate, team.ref)
    with pytest.raises(Refused) as refused:
        share(cast.candidate, team.ref, [Share(SELF), Share(JUDGEMENT)], old)
    assert refused.value.verdict.reason == "changed"
    assert [one.shares for one in places_in(team)] == [frozenset()]


def test_who_left_or_was_taken_out_is_seen_no_more_and_can_be_invited_again(cast: Cast) -> None:
    rated(cast.candidate, cast.standard, {"1.1": "vakbekwaam"})
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, SELF)
    leave(cast.candidate, team.ref)
    assert places_in(team) == () and my_teams(cast.candidate) == ()
    with pytest.raises(NotFound):
        find_team(cast.candidate, team.ref)
    invite(cast.guide, team.ref, cast.candidate.email)
    shares(cast.candidate, team)
    assert seen(team, cast.standard, SELF) == {}, "what was shared before is not shared again by itself"
    ref = places_in(team)[0].ref
    remove_member(cast.guide, team.ref, ref)
    assert places_in(team) == ()
    with pytest.raises(Refused) as refused:
        remove_member(cast.guide, team.ref, ref)
    assert refused.value.verdict.reason == "gone"


def test_only_the_lead_leads_and_the_coordinator_sees_nobody(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    for stranger in (cast.coordinator, cast.auditor, cast.operator, cast.outsider):
        with pytest.raises(NotFound):
            find_team(stranger, team.ref)
    with pytest.raises(Refused):
        invite(cast.candidate, team.ref, "iemand@example.org")
    with pytest.raises(Refused):
        share(cast.guide, team.ref, [Share(SELF)], "none")


@pytest.mark.parametrize(
    ("name", "email", "fields"),
    [
        ("", "begeleider@example.org", ["name"]),
        ("wijkteam noord", "begeleider@example.org", ["name"]),
        ("x" * 101, "niemand@example.org", ["name", "lead"]),
    ],
)
def test_a_faulty_team_is_not_made(cast: Cast, name: str, email: str, fields: list[str]) -> None:
    team_of(cast)
    with pytest.raises(Invalid) as refused:
        make_team(cast.coordinator, cast.provider, name, email)
    assert [fault.name for fault in refused.value.faults] == fields


def test_somebody_else_can_lead_a_team_and_the_one_before_sees_nothing_more(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    set_lead(cast.coordinator, cast.provider, team.ref, cast.assessors[0].email)
    with pytest.raises(NotFound):
        find_team(cast.guide, team.ref)
    assert my_teams(cast.assessors[0])[0].leads
    with pytest.raises(NotFound):
        set_lead(cast.outsider, cast.other_provider, team.ref, cast.outsider.email)


def test_the_chain_tells_what_was_shared_and_vouches_for_it(cast: Cast) -> None:
    team = team_of(cast, cast.candidate)
    shares(cast.candidate, team, SELF, FEEDBACK)
    codes = list(AuditEntry.objects.order_by("sequence").values_list("code", flat=True))[-4:]
    assert codes == [Event.TEAM_MADE, Event.TEAM_INVITED, Event.TEAM_JOINED, Event.TEAM_SHARED]
    assert walk_chain().whole and not list(broken_contents())
    TeamConsent.objects.filter(layer=SELF).update(given=False)
    assert list(broken_contents())


def test_a_larger_team_takes_no_more_queries(cast: Cast) -> None:
    counts = []
    people = group(cast, 4)
    for number in (1, 4):
        team = team_of(cast, *people[:number], name=f"Team {number}")
        for one in people[:number]:
            rated(one, cast.standard, {"1.1": "vakbekwaam"})
            shares(one, team, SELF)
        with CaptureQueriesContext(connection) as captured:
            assert len(members_for(places_in(team), cast.standard, SELF)) == number
        counts.append(len(captured))
    assert counts == [3, 3]
