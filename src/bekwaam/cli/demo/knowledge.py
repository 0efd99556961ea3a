"""What people of the demo know, where they find it, and when they look again; some of it is out of date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.script import Moments, World
from bekwaam.services import clock
from bekwaam.services.growth.knowledge import KnowledgeInput, say_it_still_holds, say_knowledge


def play_knowledge(key: str, given: Iterable[Mapping[str, Any]], world: World) -> Moments:
    """Let somebody say what they know, and later that some of it still holds, in the order of time."""
    notes = list(given)
    steps = [(one["day"], one, False) for one in notes]
    steps += [(one["held"], one, True) for one in notes if "held" in one]
    steps.sort(key=lambda step: -step[0])
    for number, (day, one, holds) in enumerate(steps):
        yield at(working_day(day, world.today), 16, 3 * number)
        person = world.people[key]
        if holds:
            say_it_still_holds(person, world.knowledge, one["code"])
            continue
        again = clock.today() + timedelta(days=one["again"]) if "again" in one else None
        said = KnowledgeInput(one["known"], one.get("where", ""), again)
        say_knowledge(person, world.knowledge, one["code"], said)
