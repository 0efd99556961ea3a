"""The organisation with teams of the demo: who is in them, what they share and say, and reports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.material import address
from bekwaam.cli.demo.script import Moments, World
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.teams.members import Share
from bekwaam.services.accounts.people import register_person
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.teams.finding import find_team
from bekwaam.services.teams.making import invite, make_team
from bekwaam.services.teams.reports import make_report
from bekwaam.services.teams.sharing import chosen_by, share

SHARED: Final = (Share.SELF, Share.KNOWLEDGE, Share.PLAN)
"""What somebody shares who is among the ``members`` of a team in the data."""


def play_teams(given: Mapping[str, Any], world: World) -> Moments:
    """Make the teams of an organisation, let people in, rate themselves twice, and report after each time."""
    yield at(working_day(given["made"], world.today), 9)
    office, provider = world.coordinator(given["provider"]), world.providers[given["provider"]]
    made = [
        (team, make_team(office, provider, team["name"], world.people[team["lead"]].email).ref)
        for team in given["teams"]
    ]
    for number, (team, ref) in enumerate(made):
        yield at(working_day(given["joined"], world.today), 9, 30 * number)
        _register(team, office, provider, world)
        _let_in(
            team["lead"], ref, {**dict.fromkeys(team["members"], SHARED), **team.get("others", {})}, world
        )
    for turn, day in enumerate(given["rounds"]):
        yield from _round(given, turn, day, world)
        yield at(working_day(given["reports"][turn], world.today), 11)
        make_report(office, provider, world.standard, Layer.SELF)
    yield at(working_day(given["reports"][-1], world.today), 12)
    make_report(office, provider, world.standard, Layer.SELF, per_team=True)
    yield at(working_day(given["guests"], world.today), 10)
    for team, ref in made:
        _let_in(team["lead"], ref, team.get("guests", {}), world)
    yield at(working_day(given["waiting"], world.today), 10)
    for team, ref in made:
        if "waiting" in team:
            invite(world.people[team["lead"]], ref, team["waiting"])


def _register(team: Mapping[str, Any], office: Any, provider: Any, world: World) -> None:
    """Register the members of a team at the organisation, as far as they have no account."""
    for name in (*team["members"], *team.get("others", {})):
        key = _key(name, world)
        if key not in world.people:
            world.people[key] = register_person(office, provider, address(name), name)


def _let_in(lead: str, ref: str, shares: Mapping[str, Any], world: World) -> None:
    """Invite people into a team, and let each choose what to share."""
    people = {name: world.people[_key(name, world)] for name in shares}
    if people:
        invite(world.people[lead], ref, " ".join(one.email for one in people.values()))
    for name, person in people.items():
        _team, member, _standing = find_team(person, ref)
        if member is not None:
            share(person, ref, [Share(one) for one in shares[name]], chosen_by(member).mark)


def _key(name: str, world: World) -> str:
    """Return our name for somebody: that of the data where they are in it elsewhere, or their own."""
    return next((key for key, one in world.people.items() if name in (key, one.name)), name)


def _round(given: Mapping[str, Any], turn: int, day: int, world: World) -> Iterator[Any]:
    """Let every member finish a round of self-assessment, one after the other."""
    framework = framework_of(world.standard)
    units = [item.code for item in rated_units(framework) if item.kind == "competence"]
    stages = [stage.code for stage in framework.stages]
    members = [
        (name, at_team, team) for team in given["teams"] for at_team, name in enumerate(team["members"])
    ]
    for number, (name, at_team, team) in enumerate(members):
        yield at(working_day(day, world.today), 9, 12 * number)
        key = _key(name, world)
        person, own = world.people[key], world.material.growth.get(key, {})
        notes = own.get("notes", {}).get(turn + 1, {})
        ref = start_round(person, world.standard).ref
        for place, code in enumerate(units):
            rank = _rank(number, place, grown=turn > 0 and code in given["grown"])
            if code in team.get("thin", {}):
                rank = len(stages) - 1 if at_team < team["thin"][code] else 0
            rate(person, ref, code, {code: stages[rank]}, notes.get(code, ""))
        finish_round(person, ref, own.get("reflections", {}).get(turn + 1, ""))


def _rank(number: int, place: int, *, grown: bool) -> int:
    """Return how far a member is: stages go round, and every other one grows where there is room."""
    rank = (number + place) % 3
    return rank + 1 if grown and rank < 2 and (number // 3) % 2 == 0 else rank
