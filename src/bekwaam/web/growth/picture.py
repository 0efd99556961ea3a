"""Growth over time: one's own rounds, what others saw and what assessors judged, beside each other."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.services.feedback.reads import ratings_by_others
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.reads import finished_rounds, judged_pictures
from bekwaam.web.growth.layers import layers, rows, wheels
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb

# More do not stand beside each other on a screen; all rounds and all answers stay in their lists.
MOST_ROUNDS: Final = 4
MOST_OTHERS: Final = 8


@login_required
@require_safe
def growth_over_time(request: HttpRequest, identifier: str, version: str) -> HttpResponse:
    """Show all three layers as a table, and the one that is chosen as wheels. Seven queries."""
    person: Any = request.user
    standard = find_version(identifier, version)
    framework = framework_of(standard)
    rounds = finished_rounds(person, standard, MOST_ROUNDS)
    others = ratings_by_others(person, standard)
    found = layers(rounds, others[-MOST_OTHERS:], judged_pictures(person, standard))
    spoken = [layer for layer in found if layer.said]
    chosen = next((layer for layer in spoken if layer.key == request.GET.get("laag")), None)
    shown = chosen or (spoken[0] if spoken else None)
    context = {
        "title": framework.title[language()],
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(_("Self-assessment"), reverse("growth:rounds")),
            Crumb(_("Growth")),
        ],
        "what_if": reverse("growth:what_if", args=[identifier, version]) if framework.rule else "",
        "rounds": rounds,
        "layers": spoken,
        "shown": shown,
        "wheels": wheels(framework, shown) if shown else [],
        "columns": found,
        "rows": rows(framework, found, rounds),
        "left_out": max(0, len(others) - MOST_OTHERS),
        "ask_url": f"{reverse('feedback:ask_rating')}?kader={standard.identifier}@{standard.version}",
    }
    return render(request, "growth/growth.html", context)
