"""The links with which one is somebody of the demo, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from django.core import signing

from bekwaam.cli.demo.material import House, material
from bekwaam.domain.accounts.access import ROLE_NAMES, Role
from bekwaam.domain.procedures.states import STATE_NAMES, State
from bekwaam.services.accounts.my_work import own_procedures
from bekwaam.services.accounts.people import find_person
from bekwaam.wording import N_, say

SALT: Final = "demo-login"
HEADING: Final = N_("You are in with one of these links; no password is asked.")
ALL_MADE_UP: Final = N_("Everybody here is made up.")
ON_THEIR_OWN: Final = N_("With a portfolio of their own, without a procedure")
CANDIDATES: Final = N_("Candidates of {provider}")
MEMBERS: Final = N_("In the teams of {provider}")
LEARNERS: Final = N_("Learners of {provider}")
LEAD: Final = N_("Team lead")
TRAINER: Final = N_("Trainer")
GROWS: Final = N_("Works on a plan")
ORDER: Final = tuple(State)


def lines(people: Mapping[str, str], language: str, url: str) -> list[str]:
    """Return a link for everybody, under their provider; ``people`` maps our names to references."""
    given = material()
    found = [f"{say(language, HEADING)} {say(language, ALL_MADE_UP)}"]
    for house in given.houses:
        found += ["", f"{house.name}, {house.place}"]
        found += _columns(_workers(house, people, language, url))
        if any(dossier.provider == house.key for dossier in given.dossiers):
            found += ["", say(language, CANDIDATES, provider=house.name)]
            found += _columns(_candidates(house, people, language, url))
        members = list(_members(house, people, language, url))
        if members:
            found += ["", say(language, MEMBERS, provider=house.name), *_columns(members)]
        learners = list(_learners(house, people, url))
        if learners:
            found += ["", say(language, LEARNERS, provider=house.name), *_columns(learners)]
    found += ["", say(language, ON_THEIR_OWN)]
    found += _columns(
        [
            (say(language, STATE_NAMES[State.PORTFOLIO]), folder.name, link(url, people[folder.key]))
            for folder in given.folders
        ]
    )
    operator = (say(language, ROLE_NAMES[Role.OPERATOR]), given.operator.name)
    found += ["", *_columns([(*operator, link(url, people[given.operator.key]))])]
    return found


def link(url: str, ref: str) -> str:
    """Return the address that logs somebody in; only who holds the demo's secret key can make it."""
    return f"{url}/demo/{signing.dumps(ref, salt=SALT)}/"


def _workers(
    house: House, people: Mapping[str, str], language: str, url: str
) -> Iterator[tuple[str, str, str]]:
    for who in house.people:
        names = [ROLE_NAMES[Role(role)] for role in who.roles]
        if any(team["lead"] == who.key for given in material().teams for team in given["teams"]):
            names.append(LEAD)
        if any(school["lead"] == who.key for school in material().schools):
            names.append(TRAINER)
        if who.key in material().growth:
            names.append(GROWS)
        yield ", ".join(say(language, name) for name in names), who.name, link(url, people[who.key])


def _candidates(
    house: House, people: Mapping[str, str], language: str, url: str
) -> Iterator[tuple[str, str, str]]:
    """Yield the candidates in the order of how far they are now."""
    found = []
    for dossier in material().dossiers:
        if dossier.provider == house.key:
            ref = people[dossier.key]
            found += [
                (ORDER.index(card.state), dossier.name, ref) for card in own_procedures(find_person(ref))
            ]
    for state, name, ref in sorted(found):
        yield say(language, STATE_NAMES[ORDER[state]]), name, link(url, ref)


def _members(
    house: House, people: Mapping[str, str], language: str, url: str
) -> Iterator[tuple[str, str, str]]:
    """Yield who is in a team and stands under no other heading, team by team."""
    for given in material().teams:
        if given["provider"] == house.key:
            for team in given["teams"]:
                for name in (*team["members"], *team.get("others", {})):
                    if name in people and name not in _elsewhere():
                        names = [team["name"], *([say(language, GROWS)] if name in material().growth else [])]
                        yield ", ".join(names), name, link(url, people[name])


def _learners(house: House, people: Mapping[str, str], url: str) -> Iterator[tuple[str, str, str]]:
    """Yield who is in a cohort of a school."""
    for given in material().schools:
        if given["provider"] == house.key:
            for name in (*given["learners"], *given["others"]):
                yield given["name"], name, link(url, people[name])


def _elsewhere() -> set[str]:
    """Return our names for those who stand under another heading."""
    given = material()
    own = {*(one.key for one in given.dossiers), *(one.key for one in given.folders)}
    return own | {who.key for house in given.houses for who in house.people}


def _columns(rows: Iterator[tuple[str, str, str]] | list[tuple[str, str, str]]) -> list[str]:
    """Return rows as lines with the columns under each other."""
    known = list(rows)
    first, second = (max((len(row[i]) for row in known), default=0) for i in (0, 1))
    return [f"  {a:<{first}}  {b:<{second}}  {c}" for a, b, c in known]
