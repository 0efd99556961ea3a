"""Function profiles: all of them, and what one asks and why. They describe work, and rank nobody."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.growth.choosing import key_of
from bekwaam.domain.growth.target import target_of_profile
from bekwaam.frameworks.function_profile import WEIGHT_NAMES, Accent, Demand, FunctionProfile
from bekwaam.frameworks.library import load_builtin, load_profile_set, profile_set_ids
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.catalogues import own_profiles_for
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
        "crumbs": [*_way(request), Crumb(_("Function profiles"))],
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
                        reverse("growth:profile", args=[OWN_PROFILES, profile.code]),
                    )
                    for profile in profiles
                ],
            )
            for organisation, profiles in _own(request)
        ],
    }
    return render(request, "growth/profiles.html", context)


@require_safe
def profile(request: HttpRequest, group: str, code: str) -> HttpResponse:
    """Show what one profile asks and why, and where its weight lies. Three queries of its own at most."""
    organisation, found = _found(request, group, code)
    version, asked = _version(found), found.framework
    here = version is not None
    framework = framework_of(version) if version else load_builtin(asked.id, asked.version)
    key = key_of(target_of_profile(framework, found))
    context: dict[str, Any] = {
        "crumbs": [
            *_way(request),
            Crumb(_("Function profiles"), reverse("growth:profiles")),
            Crumb(found.name[language()]),
        ],
        "name": found.name[language()],
        "organisation": organisation,
        "function_book": found.function_book,
        "text": found.text[language()],
        "own": found.own,
        "source": str(found.source),
        "framework": framework.title[language()],
        "framework_url": reverse("frameworks:framework", args=[framework.id, framework.version])
        if here
        else "",
        "gap_url": reverse("growth:gap", args=[framework.id, framework.version, key]) if here else "",
        "all_ours": all(demand.own for demand in found.demands),
        "asked": [_asked(framework, list(some)) for _why, some in groupby(found.demands, _together)],
        "accents": _accents(found),
    }
    return render(request, "growth/profile.html", context)


def _own(request: HttpRequest) -> tuple[tuple[str, tuple[FunctionProfile, ...]], ...]:
    person: Any = request.user
    return own_profiles_for(person) if person.is_authenticated else ()


def _found(request: HttpRequest, group: str, code: str) -> tuple[str, FunctionProfile]:
    """Return a profile with the organisation that it is of, empty for one of the product; else NotFound."""
    if group == OWN_PROFILES:
        found = (
            (organisation, one)
            for organisation, profiles in _own(request)
            for one in profiles
            if one.code == code
        )
        organisation, profile = next(found, ("", None))
    else:
        organisation = ""
        profile = load_profile_set(group).by_code.get(code) if group in profile_set_ids() else None
    if profile is None:
        raise NotFound
    return organisation, profile


def _version(found: FunctionProfile) -> Any:
    """Return the published version that a profile asks of; None where it is not here."""
    try:
        return find_version(found.framework.id, found.framework.version)
    except NotFound:
        return None


def _way(request: HttpRequest) -> list[Crumb]:
    if not request.user.is_authenticated:
        return [Crumb(_("What the profession asks"), reverse("frameworks:list"))]
    return [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"), reverse("growth:where"))]


def _together(demand: Demand) -> tuple[str | None, str]:
    return demand.stage, demand.reason.nl


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


def _accents(found: FunctionProfile) -> list[tuple[str, str, str, str]]:
    """Return where the weight of the work lies: the name, how much, why, and whose idea that is."""
    practice = practice_of(found)
    if practice is None:
        return []
    return [
        (
            practice.by_code[accent.code].name(language()),
            _(WEIGHT_NAMES[accent.weight]),
            accent.reason[language()],
            _whose(accent),
        )
        for accent in found.accents
    ]


def _whose(part: Demand | Accent) -> str:
    return _("ours") if part.own else str(part.source)
