"""Numbers above the teams over time, drawn small with their tables."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.series import Moment, Series
from bekwaam.services.teams.reads import teams_of
from bekwaam.services.teams.reports import ALL
from bekwaam.services.teams.series import series
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.teams.above import HEIGHT, WIDTH, group_panels, unit_panels
from bekwaam.web.teams.asking import looked_at
from bekwaam.web.teams.organisation import crumbs_of

MOST_SHOWN: Final = 8
"""So many moments fit beside each other in a table."""


@require_safe
@on_provider(Action.SEE_TEAMS)
def over_time(request: HttpRequest, office: Office) -> HttpResponse:
    """Show everybody together, or one team, report by report."""
    look = looked_at(request.GET, office.provider)
    sets = [(ALL, _("All teams together")), *((one.ref, one.name) for one in teams_of(office.provider))]
    chosen = request.GET.get("van", ALL)
    chosen = chosen if chosen in dict(sets) else ALL
    found = series(office.provider, look.standard, look.layer, chosen)
    found = Series(found.moments[-MOST_SHOWN:])
    heads = [head_of(moment) for moment in found.moments]
    context = {
        "office": office,
        "look": look,
        "sets": sets,
        "chosen": chosen,
        "moments": found.moments,
        "last": found.moments[-1] if found.moments else None,
        "panels": unit_panels(look.framework, look.target, found, heads),
        "groups": group_panels(look.framework, look.target, found, heads),
        "width": WIDTH,
        "height": HEIGHT,
        "crumbs": crumbs_of(office, _("Over time")),
    }
    return render(request, "teams/over_time.html", context)


def head_of(moment: Moment) -> str:
    """Return what stands above a moment in a table: its day, and over how many people it is."""
    people = ngettext("%(number)s person", "%(number)s people", moment.people) % {"number": moment.people}
    return f"{date_format(moment.at, 'j b Y')} ({people})"
