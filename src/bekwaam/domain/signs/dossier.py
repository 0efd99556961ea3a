"""Signs about a dossier: where its texts also stand, how old its evidence is, who confirmed it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.portfolio.coverage import Counted, Usual, is_old
from bekwaam.domain.portfolio.suggesting.stemming import plain
from bekwaam.domain.signs.sign import Sign, SignCode

# Fewer common fingerprints than this happen by chance (see tests/domain/signs/test_prints.py).
ENOUGH: Final = 5
# Of a short text fewer are enough, where they are at least half of it.
ENOUGH_OF_SHORT: Final = 3
# Below this number of confirmations it says nothing that they come from one person.
FEW_CONFIRMATIONS: Final = 4


class Whose(StrEnum):
    """Where the other text is: at the same provider, elsewhere, or in earlier work of the same person."""

    HERE = "here"
    ELSEWHERE = "elsewhere"
    OWN = "own"


_CODES: Final = {
    Whose.HERE: SignCode.TEXT_HERE,
    Whose.ELSEWHERE: SignCode.TEXT_ELSEWHERE,
    Whose.OWN: SignCode.TEXT_OWN,
}


@dataclass(frozen=True, slots=True)
class Alike:
    """A piece (``ref``) that shares ``percent`` of its fingerprints with a text of somebody."""

    ref: str
    whose: Whose
    percent: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That somebody confirmed the piece ``ref``. ``mailbox`` stands for their address, where it is known."""

    ref: str
    name: str
    mailbox: str = ""


def is_alike(shared: int, own: int, other: int) -> bool:
    """Tell whether two texts with ``own`` and ``other`` fingerprints share more than chance would have it."""
    if shared >= ENOUGH:
        return True
    return shared >= ENOUGH_OF_SHORT and 2 * shared >= min(own, other)


def text_signs(alike: Iterable[Alike], total: int) -> tuple[Sign, ...]:
    """Return a sign for each place where texts of a dossier of ``total`` pieces were found."""
    found: dict[Whose, dict[str, int]] = {}
    for one in alike:
        pieces = found.setdefault(one.whose, {})
        pieces[one.ref] = max(pieces.get(one.ref, 0), one.percent)
    return tuple(
        Sign(
            _CODES[whose],
            {
                "number": len(pieces),
                "total": total,
                "percent": max(pieces.values()),
                "pieces": sorted(pieces),
            },
        )
        for whose in Whose
        if (pieces := found.get(whose, {}))
    )


def old_evidence(pieces: Sequence[Counted], usual: Usual, handed_in: date) -> Sign | None:
    """Return a sign where pieces tell of longer ago than the provider's term, on the day of handing in."""
    old = [piece.ref for piece in pieces if is_old(piece, usual, handed_in)]
    if not old:
        return None
    values = {"number": len(old), "total": len(pieces), "years": usual.years, "pieces": old}
    return Sign(SignCode.OLD_EVIDENCE, values)


def one_referee(confirmations: Sequence[Confirmation], share: int) -> Sign | None:
    """Return a sign where at least ``share`` percent of the confirmations comes from one person.

    It is one person where the name is the same (capitals, accents and spaces make no difference), and where
    the answers came by the same address, whatever the names.
    """
    if len(confirmations) < FEW_CONFIRMATIONS:
        return None
    most = max(_by_person(confirmations), key=len)
    if 100 * len(most) < share * len(confirmations):
        return None
    pieces = sorted({one.ref for one in most})
    return Sign(SignCode.ONE_REFEREE, {"number": len(most), "total": len(confirmations), "pieces": pieces})


def _by_person(confirmations: Sequence[Confirmation]) -> list[list[Confirmation]]:
    people: list[tuple[set[str], list[Confirmation]]] = []
    for one in confirmations:
        known_by = {f"name:{same_name(one.name)}"} | ({f"mailbox:{one.mailbox}"} if one.mailbox else set())
        same = [person for person in people if person[0] & known_by]
        people = [person for person in people if not person[0] & known_by]
        given = [earlier for _known, several in same for earlier in several]
        people.append((known_by.union(*(known for known, _several in same)), [*given, one]))
    return [several for _known, several in people]


def same_name(name: str) -> str:
    """Return a name in the form in which two of them are compared."""
    return " ".join(plain(name).replace(".", " ").split())
