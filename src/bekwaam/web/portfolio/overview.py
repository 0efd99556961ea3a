"""How far a portfolio is: what there is, what is complete, what is next, and the wheel of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from bekwaam.domain.portfolio.coverage import Coverage
from bekwaam.domain.portfolio.kinds import EVIDENCE_NAMES, EvidenceKind
from bekwaam.domain.procedures.scope import main_kind
from bekwaam.frameworks.kind_names import kind_name
from bekwaam.frameworks.wheel import wheel
from bekwaam.services.drafts import draft_keys
from bekwaam.services.portfolio.reads import Dossier, PieceHead, tied_pieces
from bekwaam.web.portfolio.desk import Desk
from bekwaam.web.portfolio.presenting import (
    CoverageRow,
    cards,
    coverage_groups,
    coverage_of,
    pieces_label,
    translated,
)
from bekwaam.web.shared.case import language

PAGE: Final = 25
FIRST_ROWS: Final = 5


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go, with what it is called."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one is: counts, and what is worth doing first. ``thin`` has something but not all."""

    counted: Coverage
    gaps: list[CoverageRow]
    thin: list[CoverageRow]

    @property
    def total(self) -> int:
        """Return how many parts there are in all."""
        return len(self.counted.units)

    @property
    def met(self) -> int:
        """Return how many parts have all that is usual."""
        return len(self.counted.met)

    @property
    def to_add(self) -> int:
        """Return to how many parts something can still be added."""
        return len(self.gaps) + len(self.thin)

    @property
    def first_gaps(self) -> list[CoverageRow]:
        """Return the first parts without evidence."""
        return self.gaps[:FIRST_ROWS]

    @property
    def first_thin(self) -> list[CoverageRow]:
        """Return the first parts to which something can be added."""
        return self.thin[:FIRST_ROWS]

    @property
    def more_gaps(self) -> int:
        """Return how many gaps there are beside the first."""
        return len(self.gaps[FIRST_ROWS:])


def overview(request: HttpRequest, desk: Desk, found: Dossier) -> dict[str, Any]:
    """Return what the page of a whole portfolio shows, wherever it is. At most one query."""
    counted = coverage_of(desk, found)
    groups = coverage_groups(desk, counted)
    page = Paginator(found.pieces, PAGE).get_page(request.GET.get("page"))
    return {
        "desk": desk,
        "groups": groups,
        "counted": counted,
        "progress": progress_of(desk, counted),
        "summary": summary(desk, counted),
        "usual": desk.usual,
        "page": page,
        "cards": cards(desk, page),
        "wheel": coverage_wheel(desk, counted),
        "unfinished": unfinished(request, desk, found) if desk.may_write else [],
    }


def progress_of(desk: Desk, counted: Coverage) -> Progress:
    """Return how far one is; what the rule counts comes before what is optional."""
    main = main_kind(desk.framework)
    rows = [row for group in coverage_groups(desk, counted) for row in group.rows]
    rows.sort(key=lambda row: desk.framework.by_code[row.unit.code].kind != main)
    gaps = [row for row in rows if not row.count]
    return Progress(counted, gaps, [row for row in rows if row.count and not row.met])


def in_view(desk: Desk, found: Dossier | None = None) -> dict[str, Any]:
    """Return how far one is and what is next, for a page about something else.

    ``found`` is what was read already; without it at most one query. Nothing once it was handed in.
    """
    found = found or tied_pieces(desk.place)
    if found is None:
        return {}
    progress = progress_of(desk, coverage_of(desk, found))
    rows = [*progress.gaps, *progress.thin]
    following = Link(rows[0].url, f"{rows[0].unit.code} {rows[0].unit.name}") if rows else None
    return {
        "progress": progress if progress.total else None,
        "next": following if desk.may_write else None,
        "next_done": not rows,
    }


def summary(desk: Desk, counted: Coverage) -> list[dict[str, Any]]:
    """Return per kind of unit how many have evidence: the rule's own kind first, life domains after."""
    found: dict[str, list[int]] = {main_kind(desk.framework): [0, 0]}
    for code, count in counted.counts.items():
        numbers = found.setdefault(desk.framework.by_code[code].kind, [0, 0])
        numbers[0] += bool(count)
        numbers[1] += 1
    return [
        {"kind": kind_name(kind, language()), "covered": covered, "total": total}
        for kind, (covered, total) in found.items()
        if total
    ]


def coverage_wheel(desk: Desk, counted: Coverage) -> SafeString:
    """Return the wheel as a picture of where there is evidence: dots with a count, no stages."""
    main = summary(desk, counted)[:1]
    drawn = wheel(
        desk.framework,
        {},
        language=language(),
        size=300,
        title=_("Where there is evidence"),
        domains=False,
        marks={code: pieces_label(count) for code, count in counted.counts.items() if count},
        centre=(str(main[0]["covered"]), _("of %(total)s") % main[0]) if main else (),
    )
    return mark_safe(drawn.svg(prefix="coverage"))  # noqa: S308 - drawn by us from numbers and escaped names


def unfinished(request: HttpRequest, desk: Desk, found: Dossier) -> list[Link]:
    """Return links to forms that were begun and not sent. One query."""
    titles = {piece.ref: piece.title for piece in found.pieces}
    links = []
    for key in sorted(draft_keys(request.user, desk.key())):  # type: ignore[arg-type]
        name = key.removeprefix(desk.key())
        if name in titles:
            links.append(Link(desk.url("evidence", name), titles[name]))
        kind = name.removeprefix("new:")
        if name != kind and kind in list(EvidenceKind):
            text = translated(EVIDENCE_NAMES[EvidenceKind(kind)])
            links.append(Link(desk.url("evidence_new", kind), text))
    return links


def paged(request: HttpRequest, pieces: list[PieceHead]) -> Page[PieceHead]:
    """Return one page of pieces."""
    return Paginator(pieces, PAGE).get_page(request.GET.get("page"))
