"""The guide's tips."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.services.portfolio.reads import tips as read_tips
from bekwaam.services.portfolio.tips import give_tip
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import desk_of
from bekwaam.web.portfolio.forms import TipForm
from bekwaam.web.portfolio.presenting import judged_groups
from bekwaam.web.shared.case import Case, on_procedure
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors


@on_procedure(Action.GIVE_TIP)
def tip(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the tips so far with a form for another one; give it when it is sent."""
    desk = desk_of(case)
    key = f"tip:{case.procedure.ref}"
    if request.method == "POST":
        form = TipForm(judged_groups(desk), data=request.POST)
        if form.is_valid():
            text, code = form.given()
            try:
                give_tip(request.user, case.procedure, text, code)  # type: ignore[arg-type]
            except Invalid as error:
                fill_errors(form, error)
            else:
                drop_draft(request.user, key)  # type: ignore[arg-type]
                name = case.procedure.candidate.name
                messages.success(request, _("%(name)s can read your tip.") % {"name": name})
                if code:
                    return redirect("portfolio:unit", case.procedure.ref, code)
                return redirect("portfolio:dossier", case.procedure.ref)
    else:
        initial = initial_from_draft(TipForm, request, key)
        if "code" in request.GET:
            initial["code"] = request.GET["code"]
        form = TipForm(judged_groups(desk), initial=initial)
    context = {
        "case": case,
        "desk": desk,
        "form": form,
        "draft_key": key,
        "tips": read_tips(case.procedure),
        "crumbs": crumbs(desk, _("Give a tip")),
    }
    return render(request, "portfolio/tip.html", context, status=422 if form.errors else 200)
