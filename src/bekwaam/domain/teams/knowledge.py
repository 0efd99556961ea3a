"""What a team knows of the body of knowledge: item by member, and where the team is thin. Pure.

Members stand in the order in which they are given, and are never ranked. Of each there is only what they
share at this moment, and never where they find it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.growth.knowledge import Fresh, Known, Note, State, field_of, states
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

ENOUGH_PEOPLE: Final = 2
"""What leans on one person is gone when that person is, as with competences (:mod:`.coverage`)."""


class Knows(StrEnum):
    """What the team knows of one member on one item."""

    KNOWN = "known"
    PARTLY = "partly"
    NO = "no"
    OUT_OF_DATE = "out_of_date"
    NOT_SAID = "not_said"
    NOT_SHARED = "not_shared"


KNOWS_NAMES: Final[dict[Knows, str]] = {
    Knows.KNOWN: N_("knows this"),
    Knows.PARTLY: N_("knows part of this"),
    Knows.NO: N_("does not know this yet"),
    Knows.OUT_OF_DATE: N_("out of date"),
    Knows.NOT_SAID: N_("not said yet"),
    Knows.NOT_SHARED: N_("not shared"),
}


@dataclass(frozen=True, slots=True)
class Knower:
    """Somebody in a team; ``notes`` is None where they do not share what they know."""

    ref: str
    notes: Mapping[str, Note] | None = None


@dataclass(frozen=True, slots=True)
class KnowledgeLine:
    """One item with what there is of every member, in the order of the members."""

    code: str
    cells: tuple[tuple[str, Knows], ...]

    @property
    def known_by(self) -> tuple[str, ...]:
        """Return the members who know it and of whom that is not out of date."""
        return tuple(ref for ref, knows in self.cells if knows is Knows.KNOWN)

    @property
    def thin(self) -> bool:
        """Tell whether fewer than two members know it, as far as is known and shared."""
        return len(self.known_by) < ENOUGH_PEOPLE

    def count(self, knows: Knows) -> int:
        """Return of how many members it stands so."""
        return sum(one is knows for _ref, one in self.cells)


@dataclass(frozen=True, slots=True)
class FieldCover:
    """How many items of a field or kind the team knows, and in how many of them it is thin."""

    code: str
    total: int
    known: int
    thin: int
    out_of_date: int


def knows(state: State) -> Knows:
    """Return what the team knows of somebody who shares, on one item.

    What they know is out of date once their day to look again has passed.
    """
    if state.known is None:
        return Knows.NOT_SAID
    if state.known is Known.NO:
        return Knows.NO
    if state.fresh is Fresh.PAST:
        return Knows.OUT_OF_DATE
    return Knows.KNOWN if state.known is Known.YES else Knows.PARTLY


def knowledge_of(framework: Framework, members: Sequence[Knower], today: date) -> tuple[KnowledgeLine, ...]:
    """Return every item with every member, in the order of the document.

    Raises ValueError where a member stands in it twice.
    """
    if len({member.ref for member in members}) < len(members):
        raise ValueError("a member stands in the team twice")
    shared = {one.ref: states(framework, one.notes, today) for one in members if one.notes is not None}
    codes = [state.code for state in states(framework, {}, today)]
    return tuple(
        KnowledgeLine(
            code,
            tuple(
                (one.ref, knows(shared[one.ref][place]) if one.ref in shared else Knows.NOT_SHARED)
                for one in members
            ),
        )
        for place, code in enumerate(codes)
    )


def field_covers(framework: Framework, lines: Sequence[KnowledgeLine]) -> tuple[FieldCover, ...]:
    """Return what the team knows by field and kind, in the order of the document."""
    gathered: dict[str, list[KnowledgeLine]] = {}
    for line in lines:
        gathered.setdefault(field_of(framework, line.code), []).append(line)
    return tuple(
        FieldCover(
            code=code,
            total=len(inside),
            known=sum(bool(line.known_by) for line in inside),
            thin=sum(line.thin for line in inside),
            out_of_date=sum(bool(line.count(Knows.OUT_OF_DATE)) for line in inside),
        )
        for code, inside in gathered.items()
    )
