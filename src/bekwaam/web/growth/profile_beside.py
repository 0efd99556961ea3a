"""Two function profiles side by side, and one as it was before: what the work asks more, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.growth.profile_comparing import Beside, Pair, beside
from bekwaam.domain.growth.profile_words import asked_name, explain_both, explain_change, explain_pair
from bekwaam.frameworks.function_profile import Demand, FunctionProfile
from bekwaam.frameworks.library import load_profile_set, profile_set_ids
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.growth.own_profiles import Theirs, wordings
from bekwaam.web.growth.profiles import (
    OWN_PROFILES,
    day_in,
    framework_asked,
    own_key,
    own_named,
    own_of,
    own_url,
    version_asked,
    way_to,
)
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

PAGE: Final = 10


@dataclass(frozen=True, slots=True)
class Side:
    """A profile that can be chosen: its name in an address, where it stands, and whose it is."""

    key: str
    profile: FunctionProfile
    url: str
    organisation: str = ""

    @property
    def name(self) -> str:
        """Return what it is called, with the organisation where it is of one."""
        name = self.profile.name[language()]
        return f"{name} ({self.organisation})" if self.organisation else name


@dataclass(frozen=True, slots=True)
class Cell:
    """What one of the two asks: the stage with its rings, and why; nothing where it does not ask."""

    label: str
    rings: int
    reason: str


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Lay two profiles side by side, both chosen by the address. Two queries, and one for a framework."""
    groups = _sides(own_of(request))
    known = {side.key: side for _title, sides in groups for side in sides}
    first, second = (known.get(request.GET.get(name, "")) for name in ("een", "ander"))
    context: dict[str, Any] = {
        "groups": groups,
        "first": first,
        "offered": second or _another(list(known.values()), first),
        "second": second,
        "crumbs": [
            *way_to(request),
            Crumb(_("Function profiles"), reverse("growth:profiles")),
            Crumb(_("Side by side")),
        ],
    }
    if first and second and first.profile.framework == second.profile.framework:
        context |= _laid(first, second)
    return render(request, "growth/profile_compare.html", context)


def _another(sides: list[Side], first: Side | None) -> Side | None:
    """Return what to begin with on the other side: another profile, on the same version where there is one."""
    chosen = first or next(iter(sides), None)
    others = [side for side in sides if chosen and side.key != chosen.key]
    alike = [side for side in others if chosen and side.profile.framework == chosen.profile.framework]
    return next(iter(alike or others), None)


def _sides(own: tuple[Theirs, ...]) -> list[tuple[str, list[Side]]]:
    """Return all that can be chosen, those of the product by set and then those of one's organisations."""
    sets = [load_profile_set(identifier) for identifier in profile_set_ids()]
    groups = [
        (
            one.title[language()],
            [
                Side(f"{one.id}/{found.code}", found, reverse("growth:profile", args=[one.id, found.code]))
                for found in one.profiles
            ],
        )
        for one in sets
    ]
    mine = [Side(own_key(one.profile), one.profile, own_url(one.profile), one.organisation) for one in own]
    return [*groups, (_("Function profiles of your organisation"), mine)] if mine else groups


def _laid(first: Side, second: Side) -> dict[str, Any]:
    framework = framework_asked(first.profile, version_asked(first.profile))
    pairs = beside(framework, first.profile, second.profile)
    names = (first.name, second.name)
    return {
        "laid": True,
        "lines": explain_both(pairs, *names, language()),
        "rows": [_row(framework, pair, names) for pair in pairs if pair.beside is not Beside.SAME],
        "same": [_row(framework, pair, names) for pair in pairs if pair.beside is Beside.SAME],
    }


def _row(framework: Framework, pair: Pair, names: tuple[str, str]) -> dict[str, Any]:
    return {
        "code": pair.code,
        "name": framework.by_code[pair.code].name(language()),
        "first": _cell(framework, pair.first),
        "second": _cell(framework, pair.second),
        "told": explain_pair(pair, *names, language()),
    }


def _cell(framework: Framework, demand: Demand | None) -> Cell | None:
    if demand is None:
        return None
    order = [stage.code for stage in framework.stages]
    rings = order.index(demand.stage) + 1 if demand.stage in order else 0
    return Cell(asked_name(framework, demand, language()), rings, demand.reason[language()])


@login_required
@require_safe
def versions(request: HttpRequest, group: str, code: str) -> HttpResponse:
    """Show what changed in a profile of one's organisation, newest first. Three queries of its own."""
    if group != OWN_PROFILES:
        raise NotFound
    found = own_named(request, code, request.GET.get("kader", ""))
    page = Paginator(range(len(found.kept.earlier) + 1), PAGE).get_page(request.GET.get("page"))
    framework = framework_asked(found.profile, version_asked(found.profile))
    read = wordings(found, page.start_index() - 1, PAGE + 1)
    shown = read[: len(page)]
    context = {
        "name": found.profile.name[language()],
        "organisation": found.organisation,
        "page": page,
        "query": f"kader={found.profile.framework}",
        "versions": [
            (
                day_in(one.on),
                explain_change(framework, before.profile, one.profile, language()) if before else None,
            )
            for one, before in zip(shown, [*read[1:], None], strict=False)
        ],
        "crumbs": [
            *way_to(request),
            Crumb(_("Function profiles"), reverse("growth:profiles")),
            Crumb(found.profile.name[language()], own_url(found.profile)),
            Crumb(_("What changed")),
        ],
    }
    return render(request, "growth/profile_versions.html", context)
