"""The front of the room: what one can look back with, what there is already, and what colleagues keep."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bekwaam.domain.deliberation.asking import ASKED
from bekwaam.domain.deliberation.inviting import SEAT_NAMES, SeatState
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.domain.reflection.kinds import SPECS, ReflectionKind
from bekwaam.services.reflection.cases import offices
from bekwaam.services.reflection.reads import (
    DeliberationCard,
    own_deliberations,
    own_reflections,
    reflection_card,
)
from bekwaam.web.shared.crumbs import Crumb

PAGE: Final = 20


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show what one can do here and what there is. At most six queries."""
    person: Any = request.user
    page = Paginator(own_reflections(person), PAGE).get_page(request.GET.get("page"))
    context = {
        "crumbs": crumbs(),
        "page": page,
        "reflections": [(one, _(SPECS[one.kind].name)) for one in map(reflection_card, page)],
        "deliberations": [(one, how_it_stands(one)) for one in own_deliberations(person)],
        "offices": offices(person),
        "kinds": [
            (kind.value, _(SPECS[kind].name), _(SPECS[kind].lead))
            for kind in (ReflectionKind.STARR, ReflectionKind.COLLEGIAL)
        ],
    }
    return render(request, "reflection/home.html", context)


def how_it_stands(one: DeliberationCard) -> str:
    """Return in a few words where a deliberation stands."""
    if one.phase is Phase.GATHERING:
        return _(SEAT_NAMES[one.state]) if one.state is not SeatState.HOST else _("not begun yet")
    return {
        Phase.WAITING: _("waits to be looked back on"),
        Phase.CLOSED: _("finished"),
        Phase.STOPPED: _("stopped"),
    }.get(one.phase, _(ASKED[one.step].name))


def crumbs(*here: Crumb | str) -> list[Crumb]:
    """Return the way back from a page of this room."""
    way = [Crumb(_("My work"), reverse("home"))]
    if not here:
        return [*way, Crumb(_("Looking back"))]
    way.append(Crumb(_("Looking back"), reverse("reflection:home")))
    return [*way, *(Crumb(one) if isinstance(one, str) else one for one in here)]
