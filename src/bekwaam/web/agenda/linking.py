"""The secret address of one's agenda, and what a calendar program gets there."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.services.agenda.feed import feed as read_feed
from bekwaam.services.agenda.links import make_link, shared, withdraw_link
from bekwaam.services.errors import NotFound
from bekwaam.web.agenda.forms import LinkForm
from bekwaam.web.shared.crumbs import Crumb

# Whoever finds the address in a log or a list of pages has the agenda, so it is left out of both.
_CLOSE: Final = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def link(request: HttpRequest) -> HttpResponse:
    """Show whether there is an address; make a new one, which is shown this once, or withdraw it."""
    person: Any = request.user
    if request.method == "POST" and "withdraw" in request.POST:
        withdraw_link(person)
        messages.success(request, _("The link does not work any more. Your calendar gets nothing new."))
        return redirect("agenda:link")
    known = shared(person)
    form = LinkForm(request.POST or None, initial={"with_names": known.with_names if known else False})
    address = ""
    if "make" in request.POST and form.is_valid():
        secret = make_link(person, with_names=form.cleaned_data["with_names"])
        address = str(settings.BASE_URL).rstrip("/") + reverse("agenda:feed", args=[secret])
        known = shared(person)
    context = {
        "form": form,
        "shared": known,
        "address": address,
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(_("Agenda"), reverse("agenda:agenda")),
            Crumb(_("In your own calendar")),
        ],
    }
    return render(request, "agenda/link.html", context)


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Give a calendar program the agenda behind a secret address. Nobody is logged in here.

    The answer is the same for an address that never was, one that was withdrawn, and one of somebody whose
    account is closed.
    """
    try:
        content = read_feed(secret)
    except NotFound:
        return HttpResponse(status=404, headers=_CLOSE)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=_CLOSE)
