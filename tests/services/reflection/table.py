"""A deliberation at any moment, by the services alone; everybody says who they are in what they write."""

from __future__ import annotations

import re
from datetime import timedelta

from django.core import mail

from bekwaam.domain.deliberation.answers import (
    Answer,
    Choice,
    Concerned,
    FromCode,
    Option,
    Options,
    Recognition,
    Resembles,
    Somebody,
    Told,
    Values,
)
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.steps import MoveKind, Phase
from bekwaam.services import clock
from bekwaam.services.reflection.inviting import Guest, invite
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.state import Seat, find_seat, seat_behind
from bekwaam.store.models import Deliberation, DeliberationSeat, Person
from tests.cast import Cast

ANSWERS: dict[Step, Answer] = {
    Step.FACTS: Told("Een bewoner doet al weken niet open."),
    Step.CONCERNED: Concerned(
        (Somebody("de bewoner", Recognition.NOT_ASKED, "doet niet open"), Somebody("buren", Recognition.YES))
    ),
    Step.VALUES: Values(("rust", "veiligheid")),
    Step.RESEMBLES: Resembles(("D1", "D1.1"), "Hij wil geen hulp."),
    Step.CODE: FromCode(("Respect voor de keuze van mensen",), "Eerst vragen."),
    Step.OPTIONS: Options(
        (Option("Elke dag een briefje", "tijd"), Option("De politie bellen", "vertrouwen"))
    ),
    Step.CHOICE: Choice((0,), "Zo houden we contact.", "Een van ons had liever gebeld."),
    Step.LOOKING_BACK: Told("Na een week deed hij open."),
}


def do(seat: Seat, kind: MoveKind, **more: object) -> None:
    """Make a move at the step where the deliberation now stands."""
    row = Deliberation.objects.get(pk=seat.deliberation.pk)
    given = {"at": (Step(row.step), row.round), **more}
    make_move(seat, MoveInput(kind, **given))  # type: ignore[arg-type]


def started(cast: Cast, *others: Person, title: str = "Wel of niet naar binnen") -> list[Seat]:
    """Start a deliberation of the guide with others who have an account and take part."""
    row = start_deliberation(cast.guide, title)
    seats = [find_seat(cast.guide, row.ref)]
    for person in others:
        invite(seats[0], Guest(person.name, person.email))
        seats.append(find_seat(person, row.ref))
        make_move(seats[-1], MoveInput(MoveKind.JOIN))
    return [again(seat) for seat in seats]


def again(seat: Seat) -> Seat:
    """Return a seat as it is now."""
    if seat.token:
        return seat_behind(seat.token)
    assert seat.row.person is not None
    return find_seat(seat.row.person, seat.deliberation.ref)


def guest_token() -> str:
    """Return the token of the personal link in the last mail."""
    found = re.search(r"/meedoen/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found
    return found.group(1)


def all_write(seats: list[Seat]) -> None:
    """Let everybody write and finish, and share it."""
    for seat in seats:
        do(seat, MoveKind.WRITE, text=f"Van {seat.row.name}.", finish=True)
    if len(seats) > 1:
        do(seats[0], MoveKind.SHARE)


def pass_step(seats: list[Seat]) -> None:
    """Take everybody through the present step."""
    all_write(seats)
    step = Step(Deliberation.objects.get(pk=seats[0].deliberation.pk).step)
    do(seats[0], MoveKind.CONCLUDE, answer=ANSWERS[step], day=clock.today() + timedelta(days=30))


def bring_to_end(seats: list[Seat]) -> Deliberation:
    """Take a deliberation that has not begun to its end."""
    row = seats[0].deliberation
    if Deliberation.objects.get(pk=row.pk).phase == Phase.GATHERING:
        make_move(seats[0], MoveInput(MoveKind.BEGIN))
    for _step in list(Step)[:-1]:
        pass_step(seats)
    make_move(seats[0], MoveInput(MoveKind.LOOK_BACK))
    pass_step(seats)
    return Deliberation.objects.get(pk=row.pk)


def seat_rows(row: Deliberation) -> list[DeliberationSeat]:
    """Return everybody who sits there."""
    return list(DeliberationSeat.objects.filter(deliberation=row))
