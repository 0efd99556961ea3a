"""Teams for tests, made by the services alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.analysis import Form
from bekwaam.domain.teams.members import Share
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.teams.exporting import ask, make
from bekwaam.services.teams.making import invite, make_cohort, make_team
from bekwaam.services.teams.reads import members_for, places_in
from bekwaam.services.teams.sharing import chosen_by, share
from bekwaam.store.models import ExportRequest, FrameworkVersion, Person, Team, TeamMember
from tests.cast import Cast


def team_of(cast: Cast, *members: Person, name: str = "Wijkteam Noord", lead: Person | None = None) -> Team:
    """Return a team led by the guide; ``members`` joined it and share nothing."""
    leader = lead or cast.guide
    team = make_team(cast.coordinator, cast.provider, name, leader.email)
    if members:
        invite(leader, team.ref, " ".join(one.email for one in members))
    for one in members:
        shares(one, team)
    return team


def cohort_of(cast: Cast, *members: Person, name: str = "Cohort 2026", **more: Any) -> Team:
    """Return a cohort that the guide trains; ``members`` joined it and share nothing."""
    cohort = make_cohort(cast.coordinator, cast.provider, name, cast.guide.email, **more)
    if members:
        invite(cast.guide, cohort.ref, " ".join(one.email for one in members))
    for one in members:
        shares(one, cohort)
    return cohort


def place(person: Person, team: Team) -> TeamMember:
    """Return the running place of somebody in a team, also where they are only invited."""
    rows = TeamMember.objects.filter(team=team, left_at=None)
    return rows.filter(person=person).first() or rows.get(email=person.email)


def shares(person: Person, team: Team, *layers: Layer | Share) -> None:
    """Let somebody share exactly these layers."""
    share(person, team.ref, [Share(layer) for layer in layers], chosen_by(place(person, team)).mark)


def rated(person: Person, standard: FrameworkVersion, values: Mapping[str, str]) -> None:
    """Let somebody finish a round of self-assessment."""
    ref = start_round(person, standard).ref
    for code, value in values.items():
        rate(person, ref, code, {code: value})
    finish_round(person, ref)


def export_ready(cast: Cast) -> ExportRequest:
    """Return a file for research that was made in the background, of five people."""
    some = group(cast, 5, 50)
    team = team_of(cast, *some, name="Voor onderzoek")
    for one in some:
        rated(one, cast.standard, {"1.1": "vakbekwaam"})
        shares(one, team, Layer.SELF, Share.ANALYSIS)
    row, _fresh = ask(cast.coordinator, cast.provider, Form.CSV, "nl")
    make(row.ref)
    return row


def group(cast: Cast, number: int, start: int = 0) -> list[Person]:
    """Return people with an account and nothing else."""
    return [cast.person(f"lid{one}@example.org", f"Lid {one:02}") for one in range(start, start + number)]


def seen(
    team: Team, standard: FrameworkVersion, layer: Layer
) -> dict[str, Sequence[Mapping[str, str | None]]]:
    """Return by name the values that the lead can see of the members in a layer."""
    places = places_in(team)
    names = {one.ref: one.name for one in places}
    found: Iterable[tuple[str, Sequence[Mapping[str, str | None]]]] = (
        (names[member.ref], [dict(picture.values) for picture in member.in_layer(layer)])
        for member in members_for(places, standard, layer)
    )
    return {name: values for name, values in found if values}
