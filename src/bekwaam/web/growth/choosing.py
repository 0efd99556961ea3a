"""The front page of growth: what somebody wants to put themself next to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.growth.choosing import WHOLE, is_rated_in_steps, key_of, stages_to_reach
from bekwaam.domain.growth.target import target_of_profile, target_of_stage, target_of_standard
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import find_version, framework_of, frameworks_of
from bekwaam.services.growth.catalogues import own_profiles_for
from bekwaam.services.growth.programmes import schools_of
from bekwaam.services.growth.reads import choices
from bekwaam.services.growth.targets import profiles_on, target_for
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

Group = tuple[str, list[tuple[str, str]]]


@login_required
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a target, and go to it once one is chosen. Four queries of its own."""
    chosen = request.GET.get("doel", "")
    person: Any = request.user
    if chosen:
        return redirect(_address(person, chosen))
    found = choices()
    known = frameworks_of((one.pk, one.sha256) for one in found)
    context = {
        "crumbs": [Crumb(_("My work"), reverse("home")), Crumb(_("Growth"))],
        "schools": schools_of(person),
        "groups": [*_groups(known.values()), *_own(known.values(), own_profiles_for(person))],
    }
    return render(request, "growth/where.html", context)


def _address(person: Any, chosen: str) -> str:
    """Return the address of a target as the list names it; NotFound where there is none."""
    version, _slash, key = chosen.partition("/")
    identifier, _at, number = version.partition("@")
    framework = framework_of(find_version(identifier, number))
    if target_for(person, framework, key) is None:
        raise NotFound
    return reverse("growth:gap", args=[identifier, number, key])


def _groups(frameworks: Iterable[Framework]) -> Iterator[Group]:
    """Yield what can be chosen on each framework, in the order of the list."""
    for framework in frameworks:
        targets: list[Any] = [target_of_standard(framework)] if framework.rule else []
        targets += [target_of_stage(framework, stage) for stage in stages_to_reach(framework)]
        options = [(f"{target.framework}/{key_of(target)}", _label(target)) for target in targets]
        if is_rated_in_steps(framework):
            options.append((f"{framework.id}@{framework.version}/{WHOLE}", _("Everything in it")))
        if options:
            yield f"{framework.title[language()]} ({framework.version})", options
        profiles = [target_of_profile(framework, profile) for profile in profiles_on(framework)]
        if profiles:
            names = [(f"{one.framework}/{key_of(one)}", one.name[language()]) for one in profiles]
            yield _("Function profiles"), names


def _own(
    frameworks: Iterable[Framework], found: Iterable[tuple[str, Iterable[FunctionProfile]]]
) -> Iterator[Group]:
    """Yield the profiles of one's organisations, those on versions that can be chosen here."""
    known = {(one.id, one.version): one for one in frameworks}
    for organisation, profiles in found:
        here = [one for one in profiles if (one.framework.id, one.framework.version) in known]
        targets = [target_of_profile(known[one.framework.id, one.framework.version], one) for one in here]
        if targets:
            names = [(f"{one.framework}/{key_of(one)}", one.name[language()]) for one in targets]
            yield _("Function profiles of %(organisation)s") % {"organisation": organisation}, names


def _label(target: Any) -> str:
    if target.rule is not None:
        return _("What the standard asks")
    return _("Everything at the stage “%(stage)s”") % {"stage": target.name[language()]}
