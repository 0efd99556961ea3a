"""My certificate: what its holder has in hand, how it stands, and every form of it to download."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.certificates.forms import Form
from bekwaam.services.certificates.downloading import fetch_everything, fetch_form, fetch_proof
from bekwaam.services.certificates.fetching import Paper
from bekwaam.services.certificates.holding import read_holding
from bekwaam.services.certificates.naming import choose_name
from bekwaam.services.errors import NotFound, Refused
from bekwaam.web.certificates.holder_presenting import holder_crumbs, present_holding
from bekwaam.web.shared.case import Case, language, on_procedure


@never_cache
@on_procedure(Action.FETCH_FORMS)
def holding(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the certificate to its holder, with all that they can do with it; the coordinator's downloads."""
    found = read_holding(case.procedure)
    context = {
        "case": case,
        "own": Role.CANDIDATE in case.standing.roles,
        "crumbs": holder_crumbs(case),
        **present_holding(found, language()),
    }
    return render(request, "certificates/holding.html", context)


@on_procedure(Action.FETCH_FORMS)
def form(request: HttpRequest, case: Case, form: str) -> HttpResponse:
    """Hand out one form of the certificate, exactly as it was issued."""
    if form not in set(Form):
        raise NotFound
    return handed_out(fetch_form(case.procedure, Form(form)))


@on_procedure(Action.FETCH_FORMS)
def proof(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand out the proof that the certificate is in the public log."""
    return handed_out(fetch_proof(case.procedure))


@on_procedure(Action.FETCH_FORMS)
def everything(request: HttpRequest, case: Case) -> HttpResponse:
    """Hand out every form in one ZIP."""
    return handed_out(fetch_everything(case.procedure, language()))


@require_POST
@on_procedure(Action.CHOOSE_NAME)
def name(request: HttpRequest, case: Case) -> HttpResponse:
    """Record whether the digital certificate may show the candidate's name."""
    chosen = request.POST.get("shows", "")
    person: Any = request.user
    if chosen not in ("yes", "no"):
        messages.error(request, _("Choose whether your name may be readable."))
    else:
        try:
            choose_name(person, case.procedure, shows=chosen == "yes")
        except Refused as error:
            messages.error(request, error.verdict.text(language()))
        else:
            messages.success(request, _("Saved. Until the certificate is issued you can change it."))
    return redirect("certificates:draft", ref=case.procedure.ref)


def handed_out(paper: Paper) -> FileResponse:
    """Return a file of a certificate as a download that nobody in between keeps."""
    response = FileResponse(
        paper.content, as_attachment=True, filename=paper.name, content_type=paper.media_type
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
