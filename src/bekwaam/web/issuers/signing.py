"""With which keys a provider signs: seeing them, changing the one in use, reporting one stolen."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.services.accounts.identity import set_identity
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.issuers.keys import make_first_key, report_stolen, rotate
from bekwaam.services.issuers.reads import ShownKey, consequences, issuer_shown
from bekwaam.web.issuers.forms import IdentityForm, StolenForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

MOST_NAMED = 20


@on_provider(Action.SET_KEYS)
def signing(request: HttpRequest, office: Office) -> HttpResponse:
    """Show who the provider is to the world, its key and the earlier ones."""
    context = {
        "office": office,
        "issuer": issuer_shown(office.provider),
        "crumbs": _crumbs(office),
    }
    return render(request, "issuers/signing.html", context)


@on_provider(Action.SET_IDENTITY)
def identity(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the website and the number; set them when they are sent."""
    person: Any = request.user
    provider = office.provider
    known = {"website": provider.website, "legal_id": provider.legal_id}
    form = IdentityForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_identity(person, provider, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Saved. This stands in certificates from now on."))
            return redirect("issuers:signing", ref=provider.ref)
    context = {"office": office, "form": form, "crumbs": _crumbs(office, _("Website and KvK number"))}
    return render(request, "issuers/identity.html", context, status=422 if form.errors else 200)


@never_cache
@on_provider(Action.SET_KEYS)
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_key(request: HttpRequest, office: Office) -> HttpResponse:
    """Say what a new key means, and make it. Whoever comes here said a moment ago who they are."""
    person: Any = request.user
    issuer = issuer_shown(office.provider)
    if request.method == "POST":
        if issuer.key is None:
            make_first_key(person, office.provider)
            messages.success(request, _("The key has been made. Certificates can be signed with it."))
        else:
            rotate(person, office.provider, request.POST.get("seen", ""))
            messages.success(
                request, _("There is a new key. What was signed with the one before remains valid.")
            )
        return redirect("issuers:signing", ref=office.provider.ref)
    title = _("Change the key") if issuer.key else _("Make a key")
    context = {"office": office, "issuer": issuer, "title": title, "crumbs": _crumbs(office, title)}
    return render(request, "issuers/change_key.html", context)


@never_cache
@on_provider(Action.SET_KEYS)
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def stolen(request: HttpRequest, office: Office, key: str) -> HttpResponse:
    """Ask from when on others may have a key, show what follows from it, and then report it stolen."""
    shown = issuer_shown(office.provider).find(key)
    form = StolenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        since: datetime = form.cleaned_data["since"]
        try:
            return _answer(request, office, shown, since, form)
        except Refused as error:
            form.add_error("since", error.verdict.text(language()))
    context = {
        "office": office,
        "key": shown,
        "form": form,
        "crumbs": _crumbs(office, _("Report a stolen key")),
    }
    return render(request, "issuers/stolen.html", context, status=422 if form.errors else 200)


def _answer(
    request: HttpRequest, office: Office, key: ShownKey, since: datetime, form: StolenForm
) -> HttpResponse:
    """Report the key, once it was said in so many words; until then show what follows from it."""
    person: Any = request.user
    if "sure" in request.POST:
        report_stolen(person, office.provider, key.ref, since)
        messages.success(request, _("The key has been reported stolen. Everybody who checks can see it now."))
        return redirect("issuers:signing", ref=office.provider.ref)
    numbers = consequences(office.provider, key, since)
    context = {
        "office": office,
        "key": key,
        "form": form,
        "since": since,
        "numbers": numbers[:MOST_NAMED],
        "more": max(0, len(numbers) - MOST_NAMED),
        "crumbs": _crumbs(office, _("Report a stolen key")),
    }
    return render(request, "issuers/stolen_sure.html", context)


def _crumbs(office: Office, here: str = "") -> list[Crumb]:
    ref: Any = office.provider.ref
    way = [
        Crumb(office.provider.name, reverse("procedures:overview", args=[ref])),
        Crumb(_("How we work"), reverse("procedures:workings", args=[ref])),
        Crumb(_("Signing"), reverse("issuers:signing", args=[ref]) if here else ""),
    ]
    return [*way, Crumb(here)] if here else way
