"""What kept reports tell over time of one set of people: everybody together, or one team."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.series import Moment, Series, series_of
from bekwaam.services.teams.reports import ALL, from_plain, kept_reports
from bekwaam.store.models import FrameworkVersion, Provider

MOST_REPORTS: Final = 8
"""So many of the newest reports are looked at; a report is large where there are many teams."""


def series(
    provider: Provider, standard: FrameworkVersion, layer: Layer, team: str = ALL, *, cohort: bool = False
) -> Series:
    """Return what was shown of a set over time, from the newest kept reports. A query, at most two.

    ``team`` is the reference of a team, of a ``cohort``, or :data:`ALL`. Who was counted is not in it.
    """
    about = Q(cohort__ref=team) if cohort else Q(cohort=None)
    kept = kept_reports(provider, standard, layer).filter(about).order_by("-made_at", "-pk")
    # Those team by team hold everybody too, but are large: they serve where there are no others.
    rows = _of(kept, per_team=team != ALL) or (_of(kept, per_team=True) if team == ALL else [])
    moments = []
    for document, at in rows:
        if any(name == team for name, _ in document["sets"]):
            found = from_plain(document, only=team)
            moments.append(Moment(timezone.localtime(at), found.size(team), found.shown(team)))
    return series_of(moments)


def _of(kept: Any, *, per_team: bool) -> list[tuple[Any, datetime]]:
    return list(kept.filter(per_team=per_team).values_list("document", "made_at")[:MOST_REPORTS])
