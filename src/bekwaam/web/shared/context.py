"""What the frame around every page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from bekwaam.services.accounts.reads import Workplaces, workplaces


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the main navigation."""

    url: str
    label: str
    current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the navigation and what the installation allows; drawing the navigation costs one query.

    ``coordinates`` tells whether the visitor is coordinator anywhere; with the navigation it costs nothing.
    """
    places = SimpleLazyObject(lambda: _places(request))
    return {
        "nav": SimpleLazyObject(lambda: _navigation(request, places)),
        "account_nav": SimpleLazyObject(lambda: _account_navigation(request, places)),
        "coordinates": SimpleLazyObject(lambda: bool(places.coordinates)),
        "demo": settings.DEMO,
        "open_registration": settings.OPEN_REGISTRATION,
    }


def _places(request: HttpRequest) -> Workplaces:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Workplaces((), (), judges=False, guides=False)
    return workplaces(user)


def _navigation(request: HttpRequest, places: Any) -> list[NavItem]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    entries = [
        (reverse("home"), _("My work")),
        (reverse("portfolio:portfolios"), _("My portfolio")),
        (reverse("growth:where"), _("Growth")),
        (reverse("reflection:home"), _("Looking back")),
        (reverse("teams:home"), _("Teams")),
    ]
    if places.judges:
        entries.append((reverse("assessment:queue"), _("Judging")))
    for provider in places.oversees:
        label = provider.name if len(places.oversees) > 1 else _("Overview")
        entries.append((reverse("procedures:overview", args=[provider.ref]), label))
    found = [NavItem(url, label, _is_here(request.path, url)) for url, label in entries]
    if places.coordinates:
        own = reverse("drafting:home")
        found.append(NavItem(own, _("Own frameworks"), request.path.startswith(own)))
    return found


def _is_here(path: str, url: str) -> bool:
    """Tell whether a page is the one of a menu entry, or inside it; the front page holds only itself.

    What is inside has addresses of its own: self-assessment, the plan, what one knows, function profiles and the
    interventions of one's organisation are of growth.
    """
    inside = [url]
    if url == reverse("growth:where"):
        inside += [reverse(f"growth:{name}") for name in ("rounds", "plan", "profiles", "knowledge")]
        inside.append(reverse("interventions:index"))
    return path == url or (url != reverse("home") and path.startswith(tuple(inside)))


def _account_navigation(request: HttpRequest, places: Any) -> list[NavItem]:
    works = places.judges or places.guides or places.oversees
    entries = [
        (reverse("agenda:agenda"), _("Agenda")),
        (reverse("account_change_password"), _("Change your password")),
        (reverse("mfa_index"), _("Extra step when logging in")),
        *([(reverse("employers"), _("Your employers"))] if works else []),
        (reverse("portfolio:take_along"), _("Take everything along")),
        (reverse("account_erase"), _("Erase your account")),
    ]
    return [NavItem(url, label, request.path == url) for url, label in entries]
