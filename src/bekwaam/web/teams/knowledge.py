"""What the team knows of the body of knowledge, for whoever leads it, and what of oneself stands there.

Everything is asked anew for every page: what a member withdrew is gone from the next one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.knowledge import (
    KNOWS_NAMES,
    FieldCover,
    Knower,
    KnowledgeLine,
    Knows,
    field_covers,
    knowledge_of,
)
from bekwaam.frameworks.exchange.book import Book, Column
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.growth.knowledge_reads import Body, bodies, chosen_body, newest_by_version
from bekwaam.services.teams.knowledge import knowers_for
from bekwaam.services.teams.reads import Place, places_in
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.teams.asking import Choice, looked_at
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.leading import WIDEST


@dataclass(frozen=True, slots=True)
class KnowsView:
    """One member on one item, in words; ``tone`` is what is so of them."""

    name: str
    tone: Knows
    label: str


@dataclass(frozen=True, slots=True)
class KnowledgeRow:
    """One item with a cell for every member, and how many of them know it."""

    code: str
    name: str
    cells: tuple[KnowsView, ...]
    known: int

    @property
    def silent(self) -> bool:
        """Tell whether nobody said or shares anything of it."""
        return all(cell.tone in (Knows.NOT_SAID, Knows.NOT_SHARED) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """A field or kind of knowledge with its rows."""

    name: str
    cover: FieldCover
    rows: tuple[KnowledgeRow, ...]

    @property
    def told(self) -> list[KnowledgeRow]:
        """Return the rows of which somebody said something; the others need no table."""
        return [row for row in self.rows if not row.silent]

    @property
    def silent(self) -> list[KnowledgeRow]:
        """Return the rows of which nobody said or shares anything."""
        return [row for row in self.rows if row.silent]


@dataclass(frozen=True)
class Known:
    """What a team knows on one version; ``body`` is None where there is no body of knowledge here."""

    body: Body | None
    bodies: tuple[Body, ...]
    members: tuple[Knower, ...]
    lines: tuple[KnowledgeLine, ...]

    @property
    def sharing(self) -> int:
        """Return how many members share what they know."""
        return sum(member.notes is not None for member in self.members)


def known_now(places: Sequence[Place], key: str) -> Known:
    """Return what a team knows now, on the version that ``key`` names or else the first. Two queries."""
    found = bodies()
    body = chosen_body(found, key)
    if body is None:
        return Known(None, (), (), ())
    members = knowers_for(places, body.pk)
    return Known(body, found, members, knowledge_of(body.framework, members, clock.today()))


@require_safe
@on_team(Action.SEE_TEAM)
def knowledge_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show item × member, and where the team is thin by field. Six queries with those of the desk."""
    places = places_in(desk.team)
    known = known_now(places, request.GET.get("kennis", ""))
    joined = [place for place in places if place.joined_at]
    names = {place.ref: place.name for place in places}
    context = {
        "desk": desk,
        "team": desk.team,
        "seen": {"joined": joined, "sharing": known.sharing},
        "look": looked_at(request.GET, desk.team.provider),
        "here": "knowledge",
        "wide": len(joined) > WIDEST,
        "alone": len(joined) == 1,
        "crumbs": desk.crumbs(Crumb(desk.team.name)),
        "known": known,
        "title": known.body.framework.title[language()] if known.body else "",
        "choices": _choices(known),
        "blocks": field_blocks(known.body.framework, known.lines, names) if known.body else [],
        "thin": sum(line.thin for line in known.lines),
        "total": len(known.lines),
    }
    return render(request, "teams/knowledge.html", context)


def _choices(known: Known) -> list[Choice]:
    """Return the versions to choose from; none where there is nothing to choose."""
    if len(known.bodies) < 2:
        return []
    return [
        Choice(one.key, f"{one.framework.title[language()]} ({one.version})", one == known.body)
        for one in known.bodies
    ]


def field_blocks(
    framework: Framework, lines: Sequence[KnowledgeLine], names: Mapping[str, str]
) -> list[FieldBlock]:
    """Return what a team knows by field and kind; ``names`` are those of the members by reference."""
    by_field: dict[str, list[KnowledgeLine]] = {}
    for line in lines:
        by_field.setdefault(framework.by_code[line.code].parent or "", []).append(line)
    return [
        FieldBlock(
            _field_name(framework, cover.code),
            cover,
            tuple(_row(framework, line, names) for line in by_field[cover.code]),
        )
        for cover in field_covers(framework, lines)
    ]


def _field_name(framework: Framework, code: str) -> str:
    return f"{code} {framework.by_code[code].name(language())}" if code else _("Other knowledge")


def _row(framework: Framework, line: KnowledgeLine, names: Mapping[str, str]) -> KnowledgeRow:
    return KnowledgeRow(
        code=line.code,
        name=framework.by_code[line.code].name(language()),
        cells=tuple(KnowsView(names[ref], knows, _(KNOWS_NAMES[knows])) for ref, knows in line.cells),
        known=len(line.known_by),
    )


def own_knowledge(person: Any) -> list[tuple[str, list[FieldBlock]]]:
    """Return exactly what the lead sees of what somebody knows, by version. Two queries.

    Versions on which they said nothing are left out; the lead reads there that nothing was said.
    """
    notes = newest_by_version(person)
    found = []
    for body in bodies():
        if body.pk in notes:
            member = Knower(person.ref, notes[body.pk])
            lines = knowledge_of(body.framework, [member], clock.today())
            blocks = field_blocks(body.framework, lines, {person.ref: person.name})
            found.append((f"{body.framework.title[language()]} ({body.version})", blocks))
    return found


def add_to_book(book: Book, known: Known, places: Sequence[Place]) -> None:
    """Add what the team knows to its spreadsheet; nothing where nobody shares it."""
    if known.body is None or not known.sharing:
        return
    names = {place.ref: place.name for place in places}
    columns = [
        Column(_("Field of knowledge"), 30),
        Column(_("Code"), 8),
        Column(_("Part"), 40),
        *(Column(names[member.ref], 18) for member in known.members),
        Column(_("Known by"), 14),
    ]
    rows = [
        [block.name, row.code, row.name, *(cell.label for cell in row.cells), row.known]
        for block in field_blocks(known.body.framework, known.lines, names)
        for row in block.rows
    ]
    book.table(_("Knowledge"), columns, rows)
