"""What an organisation may study of its own people who agreed to that: one flat table, pseudonymised. Pure.

Pseudonymised is not anonymous (GDPR, article 4(5)): whoever knows a person well may know them by what they
said. So there is nothing at all of fewer than five people, no team of fewer than five is named, and what
fewer than five people did in one version of a framework and one layer stays out.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.rating import NO_STAGE, rank_of, scale_of
from bekwaam.domain.growth.target import target_of_standard
from bekwaam.domain.teams.aggregates import FEWEST
from bekwaam.domain.teams.members import LAYERS, Share
from bekwaam.domain.teams.sector import quarter
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.wheel import group_of
from bekwaam.wording import N_

_LENGTH: Final = 20
"""Hexadecimal digits of a pseudonym: 80 bits, so that no two people get the same one."""


class Form(StrEnum):
    """In which form the table is taken out."""

    CSV = "csv"
    PARQUET = "parquet"


FORM_NAMES: Final[dict[Form, str]] = {Form.CSV: "CSV", Form.PARQUET: "Parquet"}


class Holds(StrEnum):
    """What stands in a column."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its name, what it holds, what it means, and whether it can be empty."""

    name: str
    holds: Holds
    told: str
    may_be_empty: bool = False


COLUMNS: Final = (
    Column("person", Holds.TEXT, N_("A code for a person: the same within a calendar year, then another.")),
    Column("team", Holds.TEXT, N_("A code for a team. Empty where that would be about a few."), True),
    Column("framework", Holds.TEXT, N_("Which standard it is about.")),
    Column("version", Holds.TEXT, N_("Which version of that standard.")),
    Column("unit", Holds.TEXT, N_("The code of the part in the standard.")),
    Column("unit_nl", Holds.TEXT, N_("The name of the part in Dutch.")),
    Column("unit_en", Holds.TEXT, N_("The name of the part in English.")),
    Column("cluster", Holds.TEXT, N_("The code of the cluster or area that the part lies in."), True),
    Column("layer", Holds.TEXT, N_("Whose word it is: self, feedback or judgement.")),
    Column("round", Holds.NUMBER, N_("Which time this is for this person, standard and layer: 1 first.")),
    Column("value", Holds.TEXT, N_("The code of the stage or step; none is looked at and not shown.")),
    Column("rank", Holds.NUMBER, N_("How far that reaches on the scale of the part: 0 is the lowest.")),
    Column("enough", Holds.YES_NO, N_("Whether it is what the standard asks, or more."), True),
    Column("quarter", Holds.TEXT, N_("The quarter in which it was said, such as 2026-Q2. Never the day.")),
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """Somebody who agreed, with the team they did so in and the layers that they share with it too."""

    person: int
    team: int
    layers: frozenset[Layer]


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one unit: the code of a stage or step, None for looked at and not shown."""

    unit: str
    value: str | None


Value = str | int | bool | None
Cells = tuple[str, str, str, str, str, int, bool | None]
Known = Mapping[tuple[int, Layer], frozenset[int]]
"""By version of a framework and layer: of whom something is known there."""


def agreed_layers(shares: Iterable[Share]) -> frozenset[Layer]:
    """Return the layers that may be studied: those that somebody shares with their team as well; none without
    the consent for that.
    """
    given = frozenset(shares)
    if Share.ANALYSIS not in given:
        return frozenset()
    return frozenset(Layer(one) for one in LAYERS if one in given)


def countable(known: Known, fewest: int = FEWEST) -> dict[tuple[int, Layer], frozenset[int]]:
    """Return what may be in the table: no version and layer in which it would be about fewer than five."""
    return {where: people for where, people in known.items() if len(people) >= fewest}


def may_export(people: int, fewest: int = FEWEST) -> Verdict:
    """Tell whether there may be a table on so many people. Reason: ``too_few_people``."""
    if people < fewest:
        return refused(
            "too_few_people",
            "Fewer than {fewest} people agreed to this and have something to study. There is no file then.",
            fewest=fewest,
        )
    return ALLOWED


def named_teams(
    agreed: Iterable[Agreed], people: Iterable[int], fewest: int = FEWEST
) -> dict[int, int | None]:
    """Return by person the team that stands in the table, None for none.

    Somebody in more teams counts in the largest one. Who is in no named team is one of five or more, too:
    otherwise the smallest named team is left unnamed as well.
    """
    inside = frozenset(people)
    teams: dict[int, set[int]] = {}
    for one in agreed:
        if one.person in inside:
            teams.setdefault(one.person, set()).add(one.team)
    sizes = Counter(team for of in teams.values() for team in of)
    chosen = {person: max(of, key=lambda team: (sizes[team], -team)) for person, of in teams.items()}
    counts = Counter(chosen.values())
    named = {team for team, number in counts.items() if number >= fewest}
    while named and 0 < len(inside) - sum(counts[team] for team in named) < fewest:
        named.remove(min(named, key=lambda team: (counts[team], team)))
    return {person: team if (team := chosen.get(person)) in named else None for person in inside}


def pseudonym(secret: str, kind: str, key: int) -> str:
    """Return the code of a person or team; without ``secret`` nobody finds back whose it is.

    ``kind`` keeps the codes of people and teams apart.
    """
    text = f"{kind}:{key}".encode()
    return hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()[:_LENGTH]


def quarter_name(day: date) -> str:
    """Return the quarter that a day lies in, as it stands in the table."""
    year, number = quarter(day)
    return f"{year}-Q{number}"


class Shape:
    """Makes rows of what was said on one version of a framework."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._asked = {ask.code: ask.value for ask in target_of_standard(framework).asks}
        self._known: dict[Said, Cells | None] = {}

    def row(self, said: Said) -> Cells | None:
        """Return unit, its names, cluster, value, rank and whether it is enough; None for what is not known.

        That is a unit or a value of another version, which can stand in old rows.
        """
        if said not in self._known:
            self._known[said] = self._row(said)
        return self._known[said]

    def _row(self, said: Said) -> Cells | None:
        item = self._framework.by_code.get(said.unit)
        if item is None or scale_of(self._framework, item) is None:
            return None
        value = said.value or NO_STAGE
        try:
            rank = rank_of(self._framework, item, value)
        except KeyError:
            return None
        asked = self._asked.get(said.unit)
        enough = None if asked is None else rank >= rank_of(self._framework, item, asked)
        group = group_of(self._framework, item)
        cluster = group.code if group else ""
        return said.unit, item.name("nl"), item.name("en"), cluster, value, rank, enough
