"""The team on paper for whoever leads it: what the pages show at this moment, as one PDF."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.days import long_date
from bekwaam.domain.teams.coverage import thin_spots
from bekwaam.domain.teams.paper import (
    PaperBlock,
    PaperCell,
    PaperGoal,
    PaperPlanLine,
    PaperRow,
    PaperTable,
    TeamPaper,
)
from bekwaam.domain.teams.plan_words import explain_plan
from bekwaam.services import clock
from bekwaam.services.teams.printing import print_team
from bekwaam.web.shared.case import language
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.leading import Seen, seen_now, thin_told
from bekwaam.web.teams.plan import Planned, planned_now
from bekwaam.web.teams.plan_shown import (
    GoalShown,
    day_told,
    goals_shown,
    lines_shown,
    thin_first,
    told_workers,
)
from bekwaam.web.teams.presenting import CellView, blocks, covered
from bekwaam.web.teams.sheet import about_rows

MEDIA_TYPE: Final = "application/pdf"


@require_safe
@on_team(Action.SEE_TEAM)
def download(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Send what the lead sees now on paper, in the layer that is looked at. As many queries as the plan."""
    seen = seen_now(request, desk)
    content = print_team(paper_of(seen, planned_now(desk, seen), desk))
    name = f"{slugify(desk.team.name) or 'team'}-{seen.look.layer.value}-{clock.today().isoformat()}.pdf"
    response = HttpResponse(content, content_type=MEDIA_TYPE)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["Cache-Control"] = "no-store"
    return response


def paper_of(seen: Seen, planned: Planned, desk: Desk) -> TeamPaper:
    """Return all that stands on the paper, in the language of the page."""
    day = clock.today()
    about = about_rows(seen, desk.team.name)
    return TeamPaper(
        language=language(),
        team=desk.team.name,
        organisation=desk.team.provider.name,
        day=day,
        warning=_(
            "Only for whoever leads this team. This is how it was on %(day)s. Members can stop sharing at "
            "any moment: do not pass it on, and throw it away once you have used it."
        )
        % {"day": long_date(day, language())},
        about=tuple((what, value) for what, value in about[1:4]),
        labels=_labels(),
        members=tuple(place.name for place in seen.joined),
        legend=_legend(),
        blocks=_blocks(seen) if seen.sharing else (),
        thin_intro=_sharing(seen),
        thin=_thin(seen),
        covered=_covered(seen) if seen.sharing else (),
        plan_intro=_plan_intro(seen, planned),
        plan=_plan(seen, planned),
        goals=tuple(_goal(one) for one in goals_shown(planned.goals)),
    )


def _labels() -> dict[str, str]:
    """Return the headings and other words of the paper, by the names that its template uses."""
    return {
        "page": _("page {page} of {pages}"),
        "only_lead": _("only for the team lead"),
        "cover_title": _("Who covers what"),
        "legend_title": _("How to read this"),
        "order": _("Members stand in the order of their names; nobody is ranked."),
        "part": _("Part"),
        "asked": _("Asked"),
        "covered_by": _("Covered by"),
        "enough_mark": "✓",
        "thin_title": _("Where the team is thin"),
        "nowhere": _("Nowhere: everything that is asked is shown by two members or more."),
        "fields_title": _("By stage and by field"),
        "plan_title": _("The plan of the team"),
        "now": _("Now"),
        "works": _("Who works on it"),
        "why": _("Why it stands here"),
        "nobody": _("nobody, as far as is shared"),
        "goals_title": _("Goals of the team"),
        "no_goals": _("The team has no open goals"),
        "nobody_shares": _("Nobody shares this with you"),
    }


def _legend() -> tuple[tuple[PaperCell, str], ...]:
    return (
        (
            PaperCell(_("a stage"), 3, enough=True),
            _("A thick edge and a check: what is asked, or more."),
        ),
        (PaperCell(_("a stage"), 2), _("Without these: less than is asked. Darker is a further stage.")),
        (PaperCell(_("not known")), _("This member shares it, and nothing was said yet.")),
        (
            PaperCell(_("not shared")),
            _("This member does not share it. It says nothing of what they can do."),
        ),
    )


def _blocks(seen: Seen) -> tuple[PaperBlock, ...]:
    found = blocks(seen.look.framework, seen.found, seen.names)
    return tuple(
        PaperBlock(
            block.name,
            block.hue,
            tuple(
                PaperRow(
                    row.unit.code,
                    row.unit.name,
                    row.asked,
                    tuple(_cell(cell) for cell in row.cells),
                    _("%(number)s of %(total)s") % {"number": row.enough, "total": len(row.cells)},
                )
                for row in block.rows
            ),
        )
        for block in found
    )


def _cell(cell: CellView) -> PaperCell:
    return PaperCell(cell.label, cell.rings or 0, cell.tone == "enough")


def _sharing(seen: Seen) -> str:
    text = ngettext(
        "%(sharing)s of %(number)s member shares this.",
        "%(sharing)s of %(number)s members share this.",
        len(seen.joined),
    )
    told = text % {"sharing": seen.sharing, "number": len(seen.joined)}
    return f"{told} {_('Each layer stands by itself; nothing is added up or averaged.')}"


def _thin(seen: Seen) -> tuple[str, ...]:
    told = [thin_told(seen, spot) for spot in (thin_spots(seen.found) if seen.sharing else ())]
    return tuple(f"{line} ({names})" if names else line for line, names in told)


def _covered(seen: Seen) -> tuple[PaperTable, ...]:
    columns = (_("Parts asked"), _("Covered"), _("By one person or nobody"))
    return tuple(
        PaperTable(
            one.title,
            (one.title, *columns),
            tuple(
                (row.group.name[language()], str(row.asked), str(row.covered), str(row.thin))
                for row in one.rows
            ),
        )
        for one in covered(seen.look.framework, seen.found)
    )


def _plan_intro(seen: Seen, planned: Planned) -> tuple[str, ...]:
    if not seen.sharing:
        return ()
    text = ngettext(
        "%(number)s of %(total)s shares what they work on. Of who does not share it you see nothing here.",
        "%(number)s of %(total)s share what they work on. Of who does not share it you see nothing here.",
        planned.sharing,
    )
    told = text % {"number": planned.sharing, "total": len(seen.joined)}
    never = _("Somebody's own words are never shown.")
    return (explain_plan(planned.plan, language()), f"{told} {never}")


def _plan(seen: Seen, planned: Planned) -> tuple[PaperPlanLine, ...]:
    """Return what is thin and what is worked on; what is covered and left alone stands above already."""
    found = thin_first(planned.plan) if seen.sharing else ()
    lines = [line for line in found if line.thin or line.workers or line.aims]
    return tuple(
        PaperPlanLine(
            f"{line.unit.code} {line.unit.name}",
            line.now,
            tuple(told_workers(line)),
            " ".join(filter(None, (line.why, line.then))),
        )
        for line in lines_shown(seen.look.framework, lines, seen.names, planned.goals)
    )


def _goal(one: GoalShown) -> PaperGoal:
    goal = one.goal
    day = day_told(goal.by, passed=goal.phase == "overdue")
    told = ("; ".join(one.units), one.way, goal.doing, day[:1].upper() + day[1:])
    return PaperGoal(goal.words, tuple(line for line in told if line))
