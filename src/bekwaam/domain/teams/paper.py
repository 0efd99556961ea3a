"""A team on paper, worded: what its lead sees at one moment, as plain texts that only have to be set. Pure.

Every cell says in words what its colour says too. Whoever makes one asks anew what is shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaperCell:
    """One member on one unit: the words, how dark (0 to 3), and whether it is what is asked, or more."""

    text: str
    rings: int = 0
    enough: bool = False


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One unit: its code and name, what is asked, a cell for every member, and how many cover it."""

    code: str
    name: str
    asked: str
    cells: tuple[PaperCell, ...]
    covered: str


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """Units that belong together; ``hue`` is that of their cluster, 0 for none."""

    name: str
    hue: int
    rows: tuple[PaperRow, ...]


@dataclass(frozen=True, slots=True)
class PaperTable:
    """A table: its title, its headings, and its rows as texts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PaperPlanLine:
    """One unit of the plan: what it is, how it stands, who works on it, and why it stands there."""

    unit: str
    now: str
    workers: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class PaperGoal:
    """A goal of the team: its words, and what is told of it."""

    words: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeamPaper:
    """All that stands on the paper of a team.

    ``warning`` says for whom it is, of which day, and that members can withdraw; ``labels`` are the words
    that the paper itself needs, by name: see ``adapters/pdf/team.typ``.
    """

    language: str
    team: str
    organisation: str
    day: date
    warning: str
    about: tuple[tuple[str, str], ...]
    labels: dict[str, str]
    members: tuple[str, ...]
    legend: tuple[tuple[PaperCell, str], ...]
    blocks: tuple[PaperBlock, ...]
    thin_intro: str
    thin: tuple[str, ...]
    covered: tuple[PaperTable, ...]
    plan_intro: tuple[str, ...]
    plan: tuple[PaperPlanLine, ...]
    goals: tuple[PaperGoal, ...]
