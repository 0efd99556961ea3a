"""What kept reports tell over time of one set of people: everybody together, or one team."""

from __future__ import annotations

from typing import Final

from django.db.models import Q

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.teams.series import Moment, Series, series_of
from bekwaam.services.teams.reports import ALL, from_plain, kept_reports
from bekwaam.store.models import FrameworkVersion, Provider

MOST_REPORTS: Final = 24
"""So many of the newest reports are looked at; a report is large where there are many teams."""


def series(provider: Provider, standard: FrameworkVersion, layer: Layer, team: str = ALL) -> Series:
    """Return what was shown of a set over time, from the newest kept reports. One query.

    ``team`` is the reference of a team or cohort, or :data:`ALL`. Who was counted is not in it.
    """
    about = kept_reports(provider, standard, layer).filter(Q(cohort=None) | Q(cohort__ref=team))
    rows = about.order_by("-made_at", "-pk")[:MOST_REPORTS]
    moments = []
    for document, at in rows.values_list("document", "made_at"):
        if any(name == team for name, _ in document["sets"]):
            found = from_plain(document)
            moments.append(Moment(at, found.size(team), found.shown(team)))
    return series_of(moments)
