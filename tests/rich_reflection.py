"""Reflections and deliberations at every moment, with the addresses that show all of it; all made up.

For ``tests/web/reflection``. Needs a database in which commits happen, for invitations go out after one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.core import mail
from django.urls import reverse

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.case_law import Offered
from bekwaam.domain.deliberation.steps import MoveKind
from bekwaam.domain.growth.lightest import Given
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.services.reflection.cases import agree, offer_case
from bekwaam.services.reflection.inviting import Guest, invite
from bekwaam.services.reflection.moving import MoveInput, make_move, start_deliberation
from bekwaam.services.reflection.state import Seat, find_seat, seat_behind
from bekwaam.services.reflection.walking import answer, walk_of
from bekwaam.services.reflection.writing import write
from bekwaam.store.models import Person
from tests.cast import Cast
from tests.services.reflection.table import all_write, bring_to_end, do, pass_step

_TITLE: Final = "Meldcodeafwegingsgesprekken en schuldhulpverleningstrajecten: wel of niet samen"
K = MoveKind


@dataclass
class RichReflection:
    """What was made: whose it is, and the words of addresses by name."""

    host: Person
    guide: Person
    walker: Person
    nobody: Person
    words: dict[str, str] = field(default_factory=dict)


def make_rich_reflection(cast: Cast) -> RichReflection:
    """Make everything, by the services alone. The coordinator leads; the guide and a guest take part."""
    walker = cast.person("loper@example.org", "Lia Loper")
    rich = RichReflection(cast.coordinator, cast.guide, walker, cast.assessors[2])
    start_portfolio(cast.coordinator, cast.standard.pk)
    rich.words |= {"PROVIDER": cast.provider.ref, "PIECE": _reflections(rich)}
    for name, steps in (
        ("GATHERING", -1),
        ("FACTS", 0),
        ("CONCERNED", 1),
        ("RESEMBLES", 3),
        ("OPTIONS", 5),
        ("CHOICE", 6),
        ("WAITING", 7),
        ("CLOSED", 8),
        ("KEPT", 9),
    ):
        _table(rich, cast, name, steps)
    alone = start_deliberation(rich.host, "Zeg ik het of niet", alone=True)
    rich.words["ALONE"] = alone.ref
    walk = walk_of(walker)
    for prompt in walk.guide.opening:
        answer(walker, Given(prompt.code, "Een buurvrouw komt de deur niet meer uit. " * 3))
    return rich


def _reflections(rich: RichReflection) -> str:
    for number in range(21):  # a second page
        write(rich.host, Written(ReflectionKind.COLLEGIAL, f"{_TITLE} {number}", {"heard": "Een vraag."}))
    texts = {"situation": "Er stonden dozen.\nWeken lang.", "action": "Ik belde aan."}
    return write(rich.host, Written(ReflectionKind.STARR, "De hal", texts, date(2026, 3, 1))).ref


def _table(rich: RichReflection, cast: Cast, name: str, steps: int) -> None:
    row = start_deliberation(rich.host, f"{_TITLE} ({name.lower()})")
    host = find_seat(rich.host, row.ref)
    rich.words[name] = row.ref
    invite(host, Guest(rich.guide.name, rich.guide.email))
    rich.words[f"SEAT_{name}"] = invite(host, Guest("Nel de Wit-van Amerongen", "nel@example.org")).ref
    found = re.search(r"/meedoen/([^/\s]+)/", str(mail.outbox[-1].body))
    assert found
    rich.words[f"TOKEN_{name}"] = found.group(1)
    if steps < 0:
        return
    seats = [host, find_seat(rich.guide, row.ref), seat_behind(found.group(1))]
    for seat in seats[1:]:
        make_move(seat, MoveInput(K.JOIN))
    if steps >= len(Step):
        bring_to_end(seats)
        _offered(rich, cast, seats, keep=steps > len(Step))
        return
    make_move(host, MoveInput(K.BEGIN))
    for _step in range(steps):
        pass_step(seats)
    if steps == 0:
        do(host, K.WRITE, text="Ik zag het zo.", finish=True)
        do(seats[1], K.WRITE, text="Ik ben nog bezig.")
    elif steps < 7:
        all_write(seats)


def _offered(rich: RichReflection, cast: Cast, seats: list[Seat], *, keep: bool) -> None:
    texts = {Step.FACTS: "Iemand doet al weken niet open.", Step.CHOICE: "Elke dag een briefje."}
    row = offer_case(
        seats[0], cast.provider.ref, Offered("Een deur die dicht blijft", texts, ("D1.1",), ("C1",)), "nl"
    )
    if keep:
        for seat in seats[1:]:
            agree(seat, row.ref)
        rich.words["CASE"] = row.ref


# Who looks, and at what: words in capitals are looked up in :class:`RichReflection`.
ADDRESSES: Final = """
host    reflection:home?page=2
nobody  reflection:home
host    reflection:new/starr
host    reflection:new/collegial
host    reflection:reflection/PIECE
host    reflection:change/PIECE
host    reflection:remove/PIECE
host    reflection:evidence/PIECE
nobody  reflection:walk
walker  reflection:walk
host    reflection:deliberation_new
host    reflection:people/GATHERING
host    reflection:deliberation/GATHERING
guide   reflection:deliberation/GATHERING
host    reflection:deliberation/FACTS
guide   reflection:deliberation/FACTS
host    reflection:deliberation/CONCERNED
guide   reflection:deliberation/CONCERNED
host    reflection:deliberation/RESEMBLES
host    reflection:deliberation/OPTIONS
host    reflection:deliberation/CHOICE
host    reflection:deliberation/WAITING
host    reflection:deliberation/CLOSED
guide   reflection:deliberation/CLOSED
host    reflection:deliberation/ALONE
host    reflection:deliberation_evidence/CLOSED
host    reflection:offer/CLOSED
host    reflection:deliberation_erase/CLOSED
host    reflection:deliberation/KEPT
host    reflection:cases/PROVIDER?dilemma=D1
host    reflection:cases/PROVIDER?dilemma=D4
host    reflection:case/PROVIDER/CASE
host    reflection:case_remove/PROVIDER/CASE
guest   reflection:guest/TOKEN_GATHERING
guest   reflection:guest/TOKEN_FACTS
guest   reflection:guest/TOKEN_CONCERNED
guest   reflection:guest/TOKEN_WAITING
guest   reflection:guest/TOKEN_CLOSED
"""


def addresses(rich: RichReflection) -> list[tuple[str, str, str]]:
    """Return every row: who looks, what it is called, and the address."""
    found = []
    for line in ADDRESSES.strip().splitlines():
        who, row = line.split()
        spec, _mark, query = row.partition("?")
        name, *rest = spec.split("/")
        url = reverse(name, args=[rich.words.get(one, one) for one in rest])
        found.append((who, row, url + (f"?{query}" if query else "")))
    return found
