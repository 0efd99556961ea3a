"""An organisation beside the sector, for those that take part; the others are told what it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.gap_words import value_name
from bekwaam.domain.teams.sector import FEWEST_IN_A_CROWD, FEWEST_TOGETHER
from bekwaam.frameworks.model import Framework
from bekwaam.services.teams.sector import (
    Beside,
    SectorShown,
    beside_sector,
    choose_benchmark,
    how_many_take_part,
    takes_part,
    waits_for,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.shared.units import Unit, unit_groups
from bekwaam.web.teams.above import Bar, bar
from bekwaam.web.teams.asking import looked_at
from bekwaam.web.teams.organisation import crumbs_of


@dataclass(frozen=True, slots=True)
class BesideRow:
    """One unit: the organisation's own share, that of the sector, and over how many organisations that is."""

    unit: Unit
    asked: str
    own: Bar
    sector: Bar
    organisations: int


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.JOIN_BENCHMARK)
def beside(request: HttpRequest, office: Office) -> HttpResponse:
    """Show an organisation beside the sector; a POST takes part in it, or stops that."""
    provider = office.provider
    if request.method == "POST":
        given, person = request.POST.get("keuze") == "ja", request.user
        choose_benchmark(person, provider, given=given)  # type: ignore[arg-type]
        messages.success(request, _told(given))
        return redirect(reverse("teams:sector", args=[provider.ref]))
    look = looked_at(request.GET, provider)
    taking_part = takes_part(provider)
    shown = beside_sector(provider, look.standard, look.layer) if taking_part else None
    context: dict[str, Any] = {
        "office": office,
        "look": look,
        "taking_part": taking_part,
        "shown": shown,
        "blocks": _blocks(look.framework, shown) if shown else [],
        "how_many": how_many_take_part() if taking_part else 0,
        "waits": waits_for(look.standard, look.layer) if taking_part else 0,
        "fewest": FEWEST_TOGETHER,
        "by": FEWEST_IN_A_CROWD,
        "crumbs": crumbs_of(office, _("Beside the sector")),
    }
    return render(request, "teams/sector.html", context)


def _told(given: bool) -> str:
    if given:
        return _("Your organisation takes part. It counts from the next numbers on the sector on.")
    return _("Your organisation does not take part any more. It is in no next numbers on the sector.")


def _blocks(framework: Framework, shown: SectorShown) -> list[tuple[str, int, list[BesideRow]]]:
    by_code = {one.unit: one for one in shown.units}
    return [
        (group.name, group.hue, [_row(framework, unit, by_code[unit.code]) for unit in group.units])
        for group in unit_groups(framework, by_code)
    ]


def _row(framework: Framework, unit: Unit, found: Beside) -> BesideRow:
    return BesideRow(
        unit=unit,
        asked=value_name(framework, found.asked, language()),
        own=bar(found.own),
        sector=Bar(f"{found.percent}%", found.percent, found.percent),
        organisations=found.organisations,
    )
