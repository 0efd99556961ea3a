"""The front door: one's own work, or what Bekwaam is for who is not logged in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as set_language_cookie

from bekwaam.services.accounts.my_work import (
    count_to_judge,
    every_provider,
    guided_procedures,
    own_procedures,
    provider_cards,
)
from bekwaam.services.accounts.people import find_person, set_language
from bekwaam.services.accounts.reads import workplaces
from bekwaam.services.agenda.looking_back import soon_to_look_back
from bekwaam.services.teams.reads import invitations_of
from bekwaam.web.accounts.cards import own_card
from bekwaam.web.accounts.face import face
from bekwaam.web.shared.case import language

PAGE: int = 25
DEMO_SALT = "demo-login"


def home(request: HttpRequest) -> HttpResponse:
    """Show one's own work; to who is not logged in, what Bekwaam is."""
    if not request.user.is_authenticated:
        return render(request, "accounts/welcome.html", {"face": face(language())})
    return render(request, "accounts/my_work.html", _my_work(request))


def _my_work(request: HttpRequest) -> dict[str, Any]:
    person: Any = request.user
    places = workplaces(person)
    context: dict[str, Any] = {"own": [own_card(card, language()) for card in own_procedures(person)]}
    if places.guides:
        listing = Paginator(guided_procedures(person), PAGE)
        context["guided"] = listing.get_page(request.GET.get("page"))
        context["guided_rows"] = [own_card(card, language()) for card in context["guided"]]
    if places.judges:
        context["to_judge"] = count_to_judge(person)
    if places.oversees:
        context["providers"] = provider_cards(places.oversees)
    if person.is_operator:
        everyone = Paginator(every_provider(), PAGE)
        context["every_provider"] = everyone.get_page(request.GET.get("providers"))
    context["nothing"] = not (context["own"] or len(context) > 1)
    context["invitations"] = invitations_of(person)
    context["looking_back"] = soon_to_look_back(person)
    context["judges"] = places.judges
    context["guides"] = places.guides
    return context


def demo_login(request: HttpRequest, token: str) -> HttpResponse:
    """Log in as somebody of the demo, by a link that only the demo's own command can make."""
    if not settings.DEMO:
        raise Http404
    try:
        ref = signing.loads(token, salt=DEMO_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    login(request, find_person(str(ref)), backend=settings.AUTHENTICATION_BACKENDS[0])
    return redirect("home")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, and remember it for the mail that somebody gets."""
    if request.user.is_authenticated:
        set_language(request.user, request.POST.get("language", ""))
    return set_language_cookie(request)
