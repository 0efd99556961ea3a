"""The holder's links to their certificate: making one, seeing who looked, withdrawing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.certificates.share import DEPTH_NAMES, Depth
from bekwaam.domain.certificates.sharing import LINK_STATE_NAMES, MOST_VISITS, LinkState
from bekwaam.services import clock
from bekwaam.services.certificates.sharing import make_link, withdraw_link
from bekwaam.services.certificates.sharing_reads import LinkRead, example, link_of, links_of, visits_of
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.web.certificates.holder_forms import ShareForm
from bekwaam.web.certificates.holder_presenting import holder_crumbs
from bekwaam.web.certificates.shared_page import present_shared
from bekwaam.web.shared.case import Case, language, on_procedure
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors

PAGE = 25
VISITS_PAGE = 50


@never_cache
@on_procedure(Action.SHARE_CERTIFICATE)
def shares(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the links there are, and make a new one; its address is shown this once."""
    person: Any = request.user
    form, address = ShareForm(request.POST or None, today=clock.today()), ""
    if request.method == "POST" and form.is_valid():
        try:
            secret = make_link(person, case.procedure, form.wish())
        except Invalid as error:
            fill_errors(form, error)
        except Refused as error:
            form.add_error(None, error.verdict.text(language()))
        else:
            address = str(settings.BASE_URL).rstrip("/") + reverse("certificates:shared", args=[secret])
            form = ShareForm(today=clock.today())
    page = Paginator(links_of(case.procedure), PAGE).get_page(request.GET.get("page"))
    context = {
        "case": case,
        "form": form,
        "address": address,
        "page": page,
        "rows": [(link, *_said(link)) for link in page.object_list],
        "crumbs": holder_crumbs(case, Crumb(_("Share"))),
    }
    return render(request, "certificates/shares.html", context, status=422 if form.errors else 200)


@on_procedure(Action.SHARE_CERTIFICATE)
def share(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Show one link, and when it was opened."""
    found = link_of(case.procedure, link)
    depth, state = _said(found)
    shares_page = Crumb(_("Share"), reverse("certificates:shares", args=[case.procedure.ref]))
    context = {
        "case": case,
        "link": found,
        "depth": depth,
        "state": state,
        "works": found.state is LinkState.OPEN,
        "full": found.visits >= MOST_VISITS,
        "most": MOST_VISITS,
        "page": Paginator(visits_of(case.procedure, link), VISITS_PAGE).get_page(request.GET.get("page")),
        "crumbs": holder_crumbs(case, shares_page, Crumb(found.label or _("Link"))),
    }
    return render(request, "certificates/share.html", context)


@require_POST
@on_procedure(Action.SHARE_CERTIFICATE)
def withdraw(request: HttpRequest, case: Case, link: str) -> HttpResponse:
    """Let a link stop working."""
    person: Any = request.user
    withdraw_link(person, case.procedure, link)
    messages.success(request, _("The link does not work any more."))
    return redirect("certificates:shares", ref=case.procedure.ref)


@require_safe
@on_procedure(Action.SHARE_CERTIFICATE)
def preview(request: HttpRequest, case: Case, depth: str) -> HttpResponse:
    """Show what a visitor would see at a depth, with the holder's own certificate."""
    if depth not in set(Depth):
        raise NotFound
    named = request.GET.get("naam") == "1"
    found = example(case.procedure, Depth(depth), shows_name=named)
    shares_page = Crumb(_("Share"), reverse("certificates:shares", args=[case.procedure.ref]))
    context = {
        "case": case,
        "example": True,
        "depth": depth,
        "named": named,
        "depths": [(one.value, _(name)) for one, name in DEPTH_NAMES.items()],
        "crumbs": holder_crumbs(case, shares_page, Crumb(_("Example"))),
        **present_shared(found, language()),
    }
    return render(request, "certificates/shared.html", context)


def _said(link: LinkRead) -> tuple[str, str]:
    return _(DEPTH_NAMES[link.depth]), _(LINK_STATE_NAMES[link.state])
