"""The coverage and the plan of a team as a spreadsheet, for whoever leads it. Above a team there is none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.gap import LAYER_NAMES
from bekwaam.domain.teams.coverage import thin_spots
from bekwaam.domain.teams.words import explain_thin
from bekwaam.frameworks.exchange.book import MEDIA_TYPE, Book, Column
from bekwaam.services import clock
from bekwaam.web.shared.case import language
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.knowledge import add_to_book, known_now
from bekwaam.web.teams.leading import Seen, seen_now
from bekwaam.web.teams.plan import Planned, planned_now
from bekwaam.web.teams.plan_shown import goals_shown, lines_shown, thin_first, told_workers
from bekwaam.web.teams.presenting import blocks


@require_safe
@on_team(Action.SEE_TEAM)
def download(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send what the lead sees now, in the layer that is looked at."""
    seen = seen_now(request, desk)
    content = _book(seen, planned_now(desk, seen), desk.team.name)
    name = f"{slugify(desk.team.name) or 'team'}-{seen.look.layer.value}-{clock.today().isoformat()}.xlsx"
    header = content_disposition_header(as_attachment=True, filename=name)
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


def _book(seen: Seen, planned: Planned, team: str) -> bytes:
    book = Book(team, language())
    book.table(_("About"), [Column(_("What"), 16), Column(_("Value"), 70)], about_rows(seen, team))
    _coverage(book, seen)
    _plan(book, seen, planned)
    add_to_book(book, known_now(seen.places, ""), seen.places)
    return book.bytes()


def about_rows(seen: Seen, team: str) -> list[list[str]]:
    """Return what a spreadsheet or paper of a team is about, for whom, and of which day."""
    look = seen.look
    return [
        [_("Team"), team],
        [_("Standard"), f"{look.framework.title[language()]} {look.framework.version}"],
        [_("Beside"), look.target.name[language()]],
        [_("Layer"), _(LAYER_NAMES[look.layer])],
        [_("Day"), clock.today().isoformat()],
        [_("With whom"), _("Only for whoever leads this team. Members can stop sharing at any moment.")],
    ]


def _coverage(book: Book, seen: Seen) -> None:
    look = seen.look
    names = [place.name for place in seen.joined]
    columns = [
        Column(_("Code"), 8),
        Column(_("Part"), 40),
        Column(_("Asked"), 18),
        *(Column(name, 18) for name in names),
        Column(_("Covered by"), 14),
        Column(_("Not known or shared"), 18),
    ]
    rows = [
        [
            row.unit.code,
            row.unit.name,
            row.asked,
            *(cell.label for cell in row.cells),
            row.enough,
            row.open,
        ]
        for block in blocks(look.framework, seen.found, seen.names)
        for row in block.rows
    ]
    spots = thin_spots(seen.found) if seen.sharing else ()
    book.table(_("Coverage"), columns, rows)
    thin = [[explain_thin(look.framework, spot, language())] for spot in spots]
    book.table(_("Where the team is thin"), [Column(_("Where and why"), 90)], thin)


def _plan(book: Book, seen: Seen, planned: Planned) -> None:
    """Add what is worked on, thin spots first, and the goals of the team."""
    lines = thin_first(planned.plan) if seen.sharing else ()
    rows = [
        [
            line.unit.code,
            line.unit.name,
            line.asked,
            line.now,
            "; ".join(told_workers(line)),
            line.why,
            line.then,
            "; ".join(one.goal.words for one in line.goals),
        ]
        for line in lines_shown(seen.look.framework, lines, seen.names, planned.goals)
    ]
    columns = [
        Column(_("Code"), 8),
        Column(_("Part"), 40),
        Column(_("Asked"), 18),
        Column(_("Now"), 30),
        Column(_("Who works on it"), 50),
        Column(_("Why it stands here"), 50),
        Column(_("If the plans succeed"), 40),
        Column(_("Goals of the team"), 50),
    ]
    book.table(_("Plan"), columns, rows)
    goals = [
        [
            one.goal.words,
            "; ".join(one.units),
            one.way,
            one.goal.doing,
            one.goal.by.isoformat() if one.goal.by else "",
            one.phase,
        ]
        for one in goals_shown(planned.goals)
    ]
    headings = [
        Column(_("Goal"), 60),
        Column(_("Part"), 50),
        Column(_("What kind of activity?"), 26),
        Column(_("What do you do for it together?"), 50),
        Column(_("By when?"), 12),
        Column(_("How far"), 14),
    ]
    book.table(_("Goals of the team"), headings, goals)
