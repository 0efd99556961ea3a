"""The moral deliberations of the demo: written apart, shared and concluded through the services."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from bekwaam.cli.demo.calendar import at, working_day
from bekwaam.cli.demo.script import LANGUAGE, Moments, World
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.case_law import Offered
from bekwaam.domain.deliberation.plain import from_plain
from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.services import clock
from bekwaam.services.reflection.cases import agree, offer_case
from bekwaam.services.reflection.inviting import Guest, invite
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.reads import concluded_at
from bekwaam.services.reflection.state import Seat, find_seat

MINUTES: Final = 8
LOOK_BACK_DAYS: Final = 42


def play_deliberation(given: Mapping[str, Any], world: World) -> Moments:
    """Let colleagues think something over in an afternoon, and look back on it where the data says so."""
    day = working_day(given["day"], world.today)
    yield at(day, 13)
    seats = _gathered(given, world)
    for number, step in enumerate(list(Step)[:-1], start=1):
        if step.value not in given:
            return
        yield at(day, 13, MINUTES * number)
        _take(seats, step, given[step.value])
    if "looked_back" not in given:
        return
    yield from _look_back(seats, given, world)


def _gathered(given: Mapping[str, Any], world: World) -> list[Seat]:
    """Return the seats of all who take part, the one who leads first; the deliberation has begun."""
    host = world.people[given["host"]]
    ref = start_deliberation(host, given["title"]).ref
    seats = [find_seat(host, ref)]
    for key in given["others"]:
        person = world.people[key]
        invite(seats[0], Guest(person.name, person.email))
        seats.append(find_seat(person, ref))
        make_move(seats[-1], MoveInput(MoveKind.JOIN))
    make_move(seats[0], MoveInput(MoveKind.BEGIN))
    return seats


def _take(seats: list[Seat], step: Step, said: Mapping[str, Any]) -> None:
    """Let everybody who wrote something finish; where that is concluded, share it and conclude."""
    here = (step, 1)
    for seat, text in zip(seats, said["said"], strict=False):
        make_move(seat, MoveInput(MoveKind.WRITE, here, text, finish=True))
    if "concluded" not in said:
        return
    make_move(seats[0], MoveInput(MoveKind.SHARE, here))
    day = clock.today() + timedelta(days=LOOK_BACK_DAYS)
    answer = from_plain(step, said["concluded"])
    make_move(seats[0], MoveInput(MoveKind.CONCLUDE, here, answer=answer, day=day))


def _look_back(seats: list[Seat], given: Mapping[str, Any], world: World) -> Iterator[datetime]:
    """Let them look back, and keep a copy for colleagues when all agree."""
    day = working_day(given["looked_back"], world.today)
    yield at(day, 14)
    make_move(seats[0], MoveInput(MoveKind.LOOK_BACK))
    _take(seats, Step.LOOKING_BACK, given["looking_back"])
    yield at(day, 15)
    provider = world.providers[given["provider"]]
    texts = {one.step: one.text for one in concluded_at(seats[0], LANGUAGE)}
    offered = Offered(
        given["kept"]["title"],
        texts,
        tuple(given["resembles"]["concluded"]["codes"]),
        tuple(given["kept"]["competences"]),
    )
    row = offer_case(seats[0], provider.ref, offered, LANGUAGE)
    for number, seat in enumerate(seats[1:], start=1):
        yield at(day, 15, MINUTES * number)
        agree(seat, row.ref)
