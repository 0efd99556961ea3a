"""Where am I: a target beside what one says oneself, what others saw and what assessors judged."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.growth.gap_words import explain_target
from bekwaam.domain.growth.target import Target
from bekwaam.frameworks.library import load_profile_set, profile_set_ids
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rule_text import rule_sentence
from bekwaam.services.errors import NotFound
from bekwaam.services.feedback.reads import ratings_by_others
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.reads import finished_rounds, judged_pictures, rounds_elsewhere
from bekwaam.services.growth.targets import inner_groups, practice_groups, target_for
from bekwaam.web.growth.gap_shown import Voice, day_of, rows, sentences, totalled, voices
from bekwaam.web.growth.layers import layers
from bekwaam.web.growth.presenting import drawn
from bekwaam.web.growth.profiles import day_in, own_url
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

# More voices do not stand beside each other on a screen; all answers stay on the page of growth over time.
MOST_OTHERS: Final = 4
MOST_JUDGED: Final = 2


@login_required
@require_safe
def gap(request: HttpRequest, identifier: str, version: str, goal: str) -> HttpResponse:
    """Show what a target asks with all three layers beside it, and one voice gathered.

    Seven queries, and one more where somebody has no round of their own on this version. With ``code`` in the
    address only those parts stand in the table, ticked.
    """
    person: Any = request.user
    standard = find_version(identifier, version)
    framework = framework_of(standard)
    target = target_for(person, framework, goal)
    if target is None:
        raise NotFound
    own = finished_rounds(person, standard, 1)
    others = ratings_by_others(person, standard)
    found = layers(own, others[-MOST_OTHERS:], judged_pictures(person, standard)[-MOST_JUDGED:])
    spoken = voices(framework, target, found)
    chosen = next((one for one in spoken if one.key == request.GET.get("stem")), None)
    shown = chosen or (spoken[0] if spoken else None)
    wanted = {code for code in request.GET.getlist("code") if code in target.by_code}
    context = {
        **_head(framework, target, identifier, version),
        "goal": goal,
        "target_at": (identifier, version),
        "version": f"{identifier}@{version}",
        "own": bool(own),
        "here": version,
        "elsewhere": () if own else rounds_elsewhere(person, standard),
        "voices": spoken,
        "shown": shown,
        "columns": (columns := [layer for layer in found if layer.said]),
        "rows": _narrowed(rows(framework, target, columns, spoken), wanted),
        "narrowed": bool(wanted),
        "asked_wheel": drawn(
            framework,
            {ask.code: ask.value for ask in target.asks},
            prefix="asked",
            title=_("What is asked"),
            size=320,
        ),
        **(_gathered(framework, target, shown) if shown else {}),
    }
    return render(request, "growth/gap.html", context)


def _narrowed(all_rows: list[Any], wanted: set[str]) -> list[Any]:
    return [row for row in all_rows if row.code in wanted] if wanted else all_rows


def _head(framework: Framework, target: Target, identifier: str, version: str) -> dict[str, Any]:
    name = target.name[language()]
    return {
        "title": framework.title[language()],
        "name": name,
        "lead": explain_target(target, language()),
        "rule": rule_sentence(framework, target.rule, language()) if target.rule else "",
        "profile_url": _profile_url(target),
        "changed_on": day_in(target.profile.changed_on) if target.profile else None,
        "what_if": reverse("growth:what_if", args=[identifier, version]) if target.rule else "",
        "growth_url": reverse("growth:growth", args=[identifier, version]),
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(_("Growth"), reverse("growth:where")),
            Crumb(name),
        ],
    }


def _profile_url(target: Target) -> str:
    """Return where the profile of a target stands; empty for other targets."""
    if target.profile is None:
        return ""
    code = target.profile.code
    found = (one for one in profile_set_ids() if load_profile_set(one).by_code.get(code) == target.profile)
    group = next(found, "")
    return reverse("growth:profile", args=[group, code]) if group else own_url(target.profile)


def _gathered(framework: Framework, target: Target, voice: Voice) -> dict[str, Any]:
    """Return what one voice comes to: its sentences, its wheel and its totals."""
    title = f"{voice.name}, {day_of(voice)}"
    whole, units = sentences(framework, target, voice)
    return {
        "sentences": whole,
        "unit_sentences": units,
        "wheel": drawn(framework, voice.said.values, prefix="voice", title=title, size=320),
        "wheel_title": title,
        "totals": [
            *totalled(voice.gap, inner_groups(framework)),
            *totalled(voice.gap, practice_groups(framework)),
        ],
    }
