"""Makes the demo: the standard, two providers with their people, and their dossiers."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import connections, transaction

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.deliberation import play_deliberation
from bekwaam.cli.demo.growth import play_catalogues, play_growth
from bekwaam.cli.demo.material import House, Material, material
from bekwaam.cli.demo.practice import play_practice
from bekwaam.cli.demo.reasons import Reasons
from bekwaam.cli.demo.script import Moments, Script, World, play_folder
from bekwaam.cli.demo.teams import play_teams
from bekwaam.domain.accounts.access import Role
from bekwaam.domain.accounts.identity import Identity
from bekwaam.frameworks.rules import leaves
from bekwaam.services import clock
from bekwaam.services.accounts.identity import set_identity
from bekwaam.services.accounts.people import register_operator, register_person, register_provider
from bekwaam.services.frameworks.versions import framework_of, publish_builtin
from bekwaam.services.issuers.keys import make_first_key

STANDARD: Final = "evc-sociaal-werker-mbo"
EARLIER: Final = 5


def build() -> dict[str, str]:
    """Make the database and all that is in it; return everybody's reference by our name for them.

    One transaction holds the whole: a build that is interrupted leaves nothing behind in the database.
    """
    call_command("migrate", verbosity=0, interactive=False)
    _put_examples(material())
    with transaction.atomic():
        world = _world(material(), clock.today())
        houses = [_house(house, world) for house in world.material.houses]
        dossiers = [Script(dossier, world).play() for dossier in world.material.dossiers]
        folders = [play_folder(folder, world) for folder in world.material.folders]
        practice = [play_practice(given, world) for given in world.material.practice]
        deliberations = [play_deliberation(given, world) for given in world.material.deliberations]
        teams = [
            play(given, world) for given in world.material.teams for play in (play_teams, play_catalogues)
        ]
        growth = [play_growth(key, given, world) for key, given in world.material.growth.items()]
        _play([*houses, *dossiers, *folders, *practice, *deliberations, *teams, *growth])
    connections.close_all()  # the server forks; it must open its own
    return {key: person.ref for key, person in world.people.items()}


def _put_examples(given: Material) -> None:
    """Write the stories down as examples: the candidates of the demo tell the same ones, and did not copy."""
    folder = Path(settings.EXAMPLES)
    folder.mkdir(parents=True, exist_ok=True)
    for piece in given.pieces.values():
        text = "\n\n".join((piece.title, *piece.texts.values()))
        (folder / f"{piece.key}.txt").write_text(text, encoding="utf-8")


def _world(given: Material, today: date) -> World:
    """Publish the packs and register the operator, some days before the first provider."""
    start = max(house.day for house in given.houses) + EARLIER
    with clock.at(at(working_day(start, today), 9)):
        standard = next(row for row in publish_builtin() if row.identifier == STANDARD)
        operator = register_operator(given.operator.email, given.operator.name)
    asked = _asked(framework_of(standard))
    world = World(given, standard, asked, Reasons(given.reasons, asked), today)
    world.people[given.operator.key] = operator
    return world


def _asked(standard: Any) -> str:
    """Return the stage that the standard's rule asks."""
    return next(leaf.stage for leaf in leaves(standard.rule) if leaf.stage)


def _house(house: House, world: World) -> Moments:
    """Register a provider; its coordinator then registers the others."""
    operator = world.people[world.material.operator.key]
    yield at(working_day(house.day, world.today), 10)
    provider = register_provider(operator, house.name, house.place)
    world.providers[house.key] = provider
    actor = operator
    for number, who in enumerate(house.people, start=1):
        yield at(working_day(house.day, world.today), 10, 7 * number)
        roles = tuple(Role(role) for role in who.roles)
        person = register_person(actor, provider, who.email, who.name, roles)
        world.people[who.key] = person
        if Role.COORDINATOR in roles:
            actor = person
    yield at(working_day(house.day, world.today), 12)
    if house.website:
        set_identity(actor, provider, Identity(house.website, house.legal_id))
    make_first_key(actor, provider)


def _play(scripts: Iterable[Moments]) -> None:
    """Take the steps of all scripts in the order of their moments, each at its own moment."""
    turns: list[tuple[datetime, int, Moments]] = []
    for number, script in enumerate(scripts):
        first = next(script, None)
        if first is not None:
            turns.append((first, number, script))
    heapq.heapify(turns)
    while turns:
        moment, number, script = heapq.heappop(turns)
        with clock.at(moment):
            following = next(script, None)
        if following is not None:
            heapq.heappush(turns, (following, number, script))
