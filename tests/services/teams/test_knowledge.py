"""What a team knows: only of who shares it, and never where they find it."""

from __future__ import annotations

from typing import Any

import pytest

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.knowledge import Known, Note
from bekwaam.domain.teams.members import Share
from bekwaam.frameworks.library import load_builtin
from bekwaam.services.frameworks.versions import publish
from bekwaam.services.growth.knowledge import KnowledgeInput, say_knowledge
from bekwaam.services.teams.knowledge import knowers_for
from bekwaam.services.teams.reads import places_in
from bekwaam.services.teams.sharing import leave, stop_sharing
from bekwaam.store.models import FrameworkVersion, Person, Team
from tests.cast import Cast
from tests.services.teams.teams import group, shares, team_of


@pytest.fixture
def body(cast: Cast) -> FrameworkVersion:
    """Return the body of knowledge, published."""
    return publish(None, load_builtin("kennis-sociaal-werk"))


def say(person: Person, body: FrameworkVersion, known: str) -> None:
    say_knowledge(person, body, "K1.4", KnowledgeInput(known, "Bij Nel van de balie."))


def seen(team: Team, body: FrameworkVersion) -> list[dict[str, Note] | None]:
    found = (member.notes for member in knowers_for(places_in(team), body.pk))
    return [None if notes is None else dict(notes) for notes in found]


def test_a_team_sees_what_somebody_knows_only_while_they_share_that(
    cast: Cast, body: FrameworkVersion
) -> None:
    team = team_of(cast, cast.candidate)
    say(cast.candidate, body, "no")
    say(cast.candidate, body, "yes")
    assert seen(team, body) == [None]
    shares(cast.candidate, team, Layer.SELF, Layer.JUDGEMENT)
    assert seen(team, body) == [None], "another share is not this one"
    shares(cast.candidate, team, Share.KNOWLEDGE)
    assert seen(team, body) == [{"K1.4": Note(Known.YES)}]
    stop_sharing(cast.candidate, team.ref)
    assert seen(team, body) == [None]
    shares(cast.candidate, team, Share.KNOWLEDGE)
    leave(cast.candidate, team.ref)
    assert seen(team, body) == []


def test_who_is_invited_and_did_not_join_is_no_member(cast: Cast, body: FrameworkVersion) -> None:
    say(cast.candidate, body, "yes")
    team = team_of(cast)
    assert seen(team, body) == []


def test_what_the_team_knows_takes_one_query_for_few_members_and_for_many(
    cast: Cast, body: FrameworkVersion, django_assert_num_queries: Any
) -> None:
    people = group(cast, 5)
    for number in (1, 5):
        team = team_of(cast, *people[:number], name=f"Team {number}")
        for person in people[:number]:
            say(person, body, "partly")
            shares(person, team, Share.KNOWLEDGE)
        places = places_in(team)
        with django_assert_num_queries(1):
            assert len([one for one in knowers_for(places, body.pk) if one.notes]) == number
