"""The candidate's consent, with which the dossier opens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.procedures.course import give_consent
from bekwaam.services.procedures.texts import consent_text
from bekwaam.web.portfolio.crumbs import crumbs
from bekwaam.web.portfolio.desk import desk_of
from bekwaam.web.shared.case import Case, language, on_procedure


@on_procedure(Action.GIVE_CONSENT)
def consent(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what the candidate consents to and what happens next; record it when they do."""
    if request.method == "POST":
        give_consent(request.user, case.procedure, language())  # type: ignore[arg-type]
        messages.success(request, _("Thank you. Your dossier is open: you can begin."))
        return redirect("portfolio:dossier", case.procedure.ref)
    title = case.framework.title[language()]
    text = consent_text(language(), case.procedure.provider.name, title)
    context = {
        "case": case,
        "paragraphs": text.split("\n"),
        "standard": title,
        "crumbs": crumbs(desk_of(case), _("Your consent"), inside=False),
    }
    return render(request, "portfolio/consent.html", context)
