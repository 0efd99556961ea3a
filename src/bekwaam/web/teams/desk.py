"""A view on one team: found, allowed, and handed over with who is looking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.teams.members import TeamKind
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.errors import insist
from bekwaam.services.teams.finding import find_team
from bekwaam.web.shared.crumbs import Crumb

_SHOWS_MEMBERS: Final = (Action.SEE_TEAM, Action.SEE_COHORT, Action.INVITE_MEMBERS)


@dataclass(frozen=True, slots=True)
class Desk:
    """A team as a view gets it; ``member`` is the visitor's own place in it, None without one."""

    team: Any
    member: Any
    standing: Standing

    @property
    def cohort(self) -> bool:
        """Tell whether it is a cohort of learners."""
        return bool(self.team.kind == TeamKind.COHORT)

    def may(self, action: Action) -> bool:
        """Tell whether the visitor may take ``action`` here."""
        return bool(self.standing.may(action))

    def crumbs(self, *here: Crumb) -> list[Crumb]:
        """Return the way to a page of this team."""
        return [Crumb(_("Teams"), reverse("teams:home")), *here]


def on_team(action: Action) -> Callable[..., Callable[..., HttpResponse]]:
    """Wrap a view of ``(request, desk, ...)`` for an address with a team's ``ref``.

    Strangers get 404; whoever is in the team but may not take ``action`` gets the reason. A page with
    what members share is kept by no browser: going back asks it anew. Two queries.
    """

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        @login_required
        def inner(request: HttpRequest, ref: str, **rest: Any) -> HttpResponse:
            team, member, standing = find_team(request.user, ref)
            insist(standing.may(action))
            response = view(request, Desk(team, member, standing), **rest)
            if action in _SHOWS_MEMBERS:
                response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        inner.action = action  # type: ignore[attr-defined]
        return inner

    return wrap
