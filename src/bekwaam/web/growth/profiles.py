"""Function profiles: all of them, and what one asks and why. They describe work, and rank nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.growth.choosing import key_of
from bekwaam.domain.growth.target import target_of_profile
from bekwaam.domain.portfolio.evidence import link_host
from bekwaam.frameworks.function_profile import WEIGHT_NAMES, Accent, Demand, FunctionProfile
from bekwaam.frameworks.library import load_builtin, load_profile_set, profile_set_ids
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.own_profiles import Theirs, theirs
from bekwaam.services.growth.targets import practice_of
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

OWN_PROFILES: Final = "eigen"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked together for one reason: the stage in words with its rings, the units, why and whose."""

    stage: str
    rings: int
    units: tuple[tuple[str, str], ...]
    reason: str
    whose: str


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every function profile, by set and then as written, those of one's organisations last.

    One query for who is logged in.
    """
    sets = [load_profile_set(identifier) for identifier in profile_set_ids()]
    context = {
        "crumbs": [*way_to(request), Crumb(_("Function profiles"))],
        "sets": [
            (
                one.title[language()],
                [
                    (
                        profile.name[language()],
                        profile.text[language()],
                        reverse("growth:profile", args=[one.id, profile.code]),
                    )
                    for profile in one.profiles
                ],
            )
            for one in sets
        ],
        "own": [
            (
                organisation,
                [
                    (
                        profile.name[language()],
                        profile.text[language()],
                        own_url(profile),
                    )
                    for profile in profiles
                ],
            )
            for organisation, profiles in _by_organisation(request)
        ],
        "compare_url": reverse("growth:profile_compare"),
    }
    return render(request, "growth/profiles.html", context)


@require_safe
def profile(request: HttpRequest, group: str, code: str) -> HttpResponse:
    """Show what one profile asks and why, and where its weight lies. Three queries of its own at most."""
    mine = own_named(request, code, request.GET.get("kader", "")) if group == OWN_PROFILES else None
    found = mine.profile if mine else _ours(group, code)
    version = version_asked(found)
    here, framework = version is not None, framework_asked(found, version)
    key = key_of(target_of_profile(framework, found))
    context: dict[str, Any] = {
        "crumbs": [
            *way_to(request),
            Crumb(_("Function profiles"), reverse("growth:profiles")),
            Crumb(found.name[language()]),
        ],
        "name": found.name[language()],
        **(_of_organisation(mine) if mine else {}),
        "compare_url": compare_url(found, own=mine is not None),
        "text": found.text[language()],
        "own": found.own,
        "source": str(found.source),
        "framework": framework.title[language()],
        "framework_url": reverse("frameworks:framework", args=[framework.id, framework.version])
        if here
        else "",
        "gap_url": reverse("growth:gap", args=[framework.id, framework.version, key]) if here else "",
        "all_ours": mine is None and all(demand.own for demand in found.demands),
        "asked": [_asked(framework, list(some)) for _why, some in groupby(found.demands, _together)],
        "accents": _accents(found, _("taken over") if mine else ""),
    }
    return render(request, "growth/profile.html", context)


def _of_organisation(mine: Theirs) -> dict[str, Any]:
    """Return what only a profile of an organisation has: whose it is, its function book, and its changes."""
    found = mine.profile
    return {
        "organisation": mine.organisation,
        "function_book": found.function_book,
        "function_book_url": found.function_book_url,
        "function_book_host": link_host(found.function_book_url),
        "changed_on": day_in(found.changed_on),
        "versions_url": own_url(found, "profile_versions") if mine.kept.earlier else "",
    }


def day_in(text: str) -> date | None:
    """Return the day in an ISO date; None for an empty one."""
    return date.fromisoformat(text) if text else None


def compare_url(found: FunctionProfile, *, own: bool) -> str:
    """Return where a profile is laid beside another: the one that it began as, where that is known."""
    key = own_key(found) if own else ours_key(found)
    began = next((ours_key(one) for one in _all_of_ours() if one.code == found.copied_from), "")
    query = urlencode({"een": began, "ander": key} if began else {"een": key})
    return f"{reverse('growth:profile_compare')}?{query}"


def own_key(found: FunctionProfile) -> str:
    """Return what a profile of an organisation is called in the address of a comparison."""
    return f"{OWN_PROFILES}/{found.code}/{found.framework}"


def ours_key(found: FunctionProfile) -> str:
    """Return what a profile of the product is called there."""
    return next(
        (
            f"{one}/{found.code}"
            for one in profile_set_ids()
            if load_profile_set(one).by_code.get(found.code) == found
        ),
        "",
    )


def _all_of_ours() -> list[FunctionProfile]:
    return [profile for one in profile_set_ids() for profile in load_profile_set(one).profiles]


def own_url(found: FunctionProfile, page: str = "profile") -> str:
    """Return where a profile of an organisation stands, or another page about it; on which version too."""
    address = reverse(f"growth:{page}", args=[OWN_PROFILES, found.code])
    return f"{address}?{urlencode({'kader': str(found.framework)})}"


def own_of(request: HttpRequest) -> tuple[Theirs, ...]:
    """Return the profiles of the visitor's organisations. One query; none for who is not logged in."""
    person: Any = request.user
    return theirs(person) if person.is_authenticated else ()


def _by_organisation(request: HttpRequest) -> list[tuple[str, list[FunctionProfile]]]:
    grouped = groupby(own_of(request), lambda one: one.organisation)
    return [(organisation, [one.profile for one in found]) for organisation, found in grouped]


def own_named(request: HttpRequest, code: str, asked: str) -> Theirs:
    """Return a profile of the visitor's organisations, on the version ``asked`` where that is named.

    One query. NotFound where there is none.
    """
    found = [one for one in own_of(request) if one.profile.code == code]
    on_version = [one for one in found if str(one.profile.framework) == asked]
    if not found:
        raise NotFound
    return (on_version or found)[0]


def _ours(group: str, code: str) -> FunctionProfile:
    profile = load_profile_set(group).by_code.get(code) if group in profile_set_ids() else None
    if profile is None:
        raise NotFound
    return profile


def version_asked(found: FunctionProfile) -> Any:
    """Return the published version that a profile asks of; None where it is not here."""
    try:
        return find_version(found.framework.id, found.framework.version)
    except NotFound:
        return None


def framework_asked(found: FunctionProfile, version: Any) -> Framework:
    """Return the framework that a profile asks of, by its published version or else as it comes along."""
    return framework_of(version) if version else load_builtin(found.framework.id, found.framework.version)


def way_to(request: HttpRequest) -> list[Crumb]:
    """Return the way back from the profiles, which anybody can read."""
    if not request.user.is_authenticated:
        return [Crumb(_("What the profession asks"), reverse("frameworks:list"))]
    return [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"), reverse("growth:where"))]


def _together(demand: Demand) -> tuple[str | None, str, bool]:
    return demand.stage, demand.reason.nl, demand.copied


def _asked(framework: Framework, demands: list[Demand]) -> Asked:
    first = demands[0]
    order = [stage.code for stage in framework.stages]
    known = first.stage is not None
    return Asked(
        stage=framework.stage_by_code[first.stage].title[language()] if first.stage else "",
        rings=order.index(first.stage) + 1 if known and first.stage in order else 0,
        units=tuple((one.code, framework.by_code[one.code].name(language())) for one in demands),
        reason=first.reason[language()],
        whose=_whose(first),
    )


def _accents(found: FunctionProfile, whose: str) -> list[tuple[str, str, str, str]]:
    """Return where the weight of the work lies: the name, how much, why, and whose idea that is."""
    practice = practice_of(found)
    if practice is None:
        return []
    return [
        (
            practice.by_code[accent.code].name(language()),
            _(WEIGHT_NAMES[accent.weight]),
            accent.reason[language()],
            whose or _whose(accent),
        )
        for accent in found.accents
    ]


def _whose(part: Demand | Accent) -> str:
    if isinstance(part, Demand) and part.copied:
        return _("taken over") if part.own else f"{part.source} ({_('taken over')})"
    return _("ours") if part.own else str(part.source)
