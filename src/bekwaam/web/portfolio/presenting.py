"""Turns the standard and the evidence into what the templates show, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bekwaam.domain.assessment.asked import asked_stage, related_codes
from bekwaam.domain.portfolio.coverage import Coverage, Hint, UnitCoverage, coverage, is_old
from bekwaam.domain.portfolio.kinds import EVIDENCE_NAMES, KINDS
from bekwaam.frameworks.model import Framework, Item
from bekwaam.services import clock
from bekwaam.services.portfolio.contexts import named_contexts
from bekwaam.services.portfolio.reads import Dossier, FileHead, PieceHead
from bekwaam.web.portfolio.desk import Desk
from bekwaam.web.portfolio.ties import PARTS
from bekwaam.web.shared.case import language
from bekwaam.web.shared.sending import Shown, shown_as
from bekwaam.web.shared.units import Group, Unit, unit_groups
from bekwaam.wording import say


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A unit with how many pieces there are for it: the number, and that in words.

    ``hints`` say in sentences what is usually asked and not there yet; ``found`` is what there is.
    """

    unit: Unit
    url: str
    count: int
    label: str
    met: bool
    hints: tuple[str, ...]
    found: UnitCoverage


@dataclass(frozen=True, slots=True)
class CoverageGroup:
    """A cluster's units with how many pieces there are for each."""

    name: str
    hue: int
    rows: tuple[CoverageRow, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A code that a piece is tied to, with its name for who cannot see colours, and the why."""

    code: str
    name: str
    hue: int
    why: str


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of evidence in a list. ``situation`` is what was chosen of it, ``old`` a word on its age."""

    ref: str
    url: str
    file_url: str
    icon: str
    kind: str
    title: str
    dated_on: date | None
    until: date | None
    lasts: bool
    context: str
    situation: tuple[str, ...]
    old: str
    file: FileHead | None
    show: Shown
    chips: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """What a unit asks at one stage; ``asked`` marks the stage that the rule asks for."""

    title: str
    description: str
    rings: int
    asked: bool
    texts: tuple[str, ...]


def translated(message: str) -> str:
    """Return a msgid that was marked elsewhere in the language of the page."""
    translate: Callable[[str], str] = _
    return translate(message)


def judged_groups(desk: Desk) -> list[Group]:
    """Return what is asked, by group."""
    return unit_groups(desk.framework, desk.units)


def tie_groups(desk: Desk, tied: Iterable[str] = ()) -> list[Group]:
    """Return what evidence can be tied to, by group.

    That is what is asked; where indicators are judged also what they lie in, for a piece often shows more
    than one of them; and what it is ``tied`` to already, or saving would silently untie it. What lies in a
    unit is left out: it has its place in the ladder of that unit.
    """
    framework, units = desk.framework, desk.units
    wanted = set(units)
    for code in units:
        item = framework.by_code[code]
        if item.kind == "indicator" and item.parent:
            wanted.add(item.parent)
    inside = {code for code in tied if framework.by_code[code].kind in PARTS}
    wanted |= {code for code in tied if code not in inside or framework.by_code[code].parent not in wanted}
    return unit_groups(framework, [item.code for item in framework.items if item.code in wanted])


def coverage_of(desk: Desk, dossier: Dossier) -> Coverage:
    """Count the evidence for everything that is asked, by what is usual here."""
    bearing = {code: related_codes(desk.framework, code) for code in desk.units}
    return coverage(bearing, [piece.counted() for piece in dossier.pieces], desk.usual, clock.today())


def coverage_groups(desk: Desk, counted: Coverage) -> list[CoverageGroup]:
    """Return what is asked with what there is for it, by group."""
    return [
        CoverageGroup(
            group.name, group.hue, tuple(_coverage_row(desk, unit, counted) for unit in group.units)
        )
        for group in unit_groups(desk.framework, counted.units)
    ]


def _coverage_row(desk: Desk, unit: Unit, counted: Coverage) -> CoverageRow:
    found = counted.units[unit.code]
    return CoverageRow(
        unit=unit,
        url=desk.url("unit", unit.code),
        count=found.pieces,
        label=pieces_label(found.pieces),
        met=found.met,
        hints=tuple(worded(hint) for hint in found.hints),
        found=found,
    )


def worded(hint: Hint) -> str:
    """Return a hint as a sentence in the language of the page."""
    return say(language(), hint.message, **hint.values)


def pieces_label(count: int) -> str:
    """Return how many pieces, in words."""
    if not count:
        return _("no evidence yet")
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": count}


def cards(desk: Desk, pieces: Iterable[PieceHead]) -> list[Card]:
    """Return pieces as cards."""
    hues = {unit.code: unit for group in tie_groups(desk) for unit in group.units}
    return [card(desk, piece, hues) for piece in pieces]


def card(desk: Desk, piece: PieceHead, known: Mapping[str, Unit]) -> Card:
    """Return a piece as a card; ``known`` gives the hues of the codes."""
    spec = KINDS[piece.kind]
    old = is_old(piece.counted(), desk.usual, clock.today())
    return Card(
        ref=piece.ref,
        url=desk.url("evidence", piece.ref),
        file_url=desk.url("evidence_file", piece.ref) if piece.file else "",
        icon=spec.icon,
        kind=translated(EVIDENCE_NAMES[piece.kind]),
        title=piece.title,
        dated_on=piece.dated_on,
        until=piece.until,
        lasts=spec.spans and piece.dated_on is not None and piece.until is None,
        context=piece.context,
        situation=tuple(named_contexts(desk.framework, piece.contexts, language())),
        old=worded(old) if old else "",
        file=piece.file,
        show=shown_as(piece.file.media_type) if piece.file else "",
        chips=tuple(_chip(desk.framework, code, why, known) for code, why in piece.ties.items()),
    )


def _chip(framework: Framework, code: str, why: str, known: Mapping[str, Unit]) -> Chip:
    item = framework.by_code.get(code)
    unit = known.get(code) or known.get(item.parent or "" if item else "")
    return Chip(code, item.name(language()) if item else "", unit.hue if unit else 0, why)


def ladder(framework: Framework, code: str) -> list[Rung]:
    """Return what a unit asks stage by stage, lowest first; stages without a text are left out."""
    asked = asked_stage(framework, code)
    item = framework.by_code[code]
    rungs = []
    for number, stage in enumerate(framework.stages, start=1):
        if item.stage == stage.code:
            below: tuple[Item, ...] = (item,)
        else:
            kinds = ("indicator", "stage_text")
            below = tuple(i for i in framework.children(code) if i.kind in kinds and i.stage == stage.code)
        texts = tuple(found.text[language()] for found in below if found.text is not None)
        if texts:
            title, told = stage.title[language()], stage.description[language()]
            rungs.append(Rung(title, told, number, stage.code == asked, texts))
    return rungs
