"""The plan of a team for its lead: what is thin, who works on it, and what would be there then.

Everything is asked anew for every page: what a member withdrew is gone from the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.members import Share
from bekwaam.domain.teams.plan import TeamPlan, team_plan
from bekwaam.domain.teams.plan_words import explain_plan
from bekwaam.services import clock
from bekwaam.services.teams.plan_reads import TeamGoalSeen, open_goals, works_of
from bekwaam.web.shared.case import language
from bekwaam.web.teams.desk import Desk, on_team
from bekwaam.web.teams.leading import Seen, seen_now, team_page
from bekwaam.web.teams.plan_shown import goals_shown, lines_shown

FIRST_GOALS: Final = 5
"""So many goals stand on the page of the plan; all of them on a page of their own."""


@dataclass(frozen=True)
class Planned:
    """The plan of a team as it is now, with all open goals of the team, also those on other standards.

    ``sharing`` tells how many members share what they work on.
    """

    plan: TeamPlan
    goals: tuple[TeamGoalSeen, ...]
    sharing: int


def planned_now(desk: Desk, seen: Seen) -> Planned:
    """Return the plan beside what is looked at. At most three queries, one more for new frameworks."""
    goals = open_goals(desk.team)
    works = works_of(seen.joined, seen.look.standard)
    here = seen.look.standard.pk
    aims = [goal.aim for goal in goals if goal.standard_pk == here]
    plan = team_plan(seen.look.framework, seen.found, works, aims, clock.today())
    return Planned(plan, goals, sum(Share.PLAN in place.shares for place in seen.joined))


@require_safe
@on_team(Action.SEE_TEAM)
def plan_page(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Show unit by unit what the team covers, who works on it, and the team's own goals."""
    seen = seen_now(request, desk)
    found = planned_now(desk, seen)
    framework, names = seen.look.framework, seen.names
    context = {
        "summary": explain_plan(found.plan, language()),
        "thin": lines_shown(framework, found.plan.thin, names, found.goals),
        "covered": lines_shown(framework, found.plan.covered, names, found.goals),
        "goals": goals_shown(found.goals[:FIRST_GOALS]),
        "goals_number": len(found.goals),
        "sharing_plan": found.sharing,
        "may_set": desk.may(Action.SET_TEAM_GOALS),
    }
    return team_page(request, desk, seen, "teams/plan.html", "plan", context)
