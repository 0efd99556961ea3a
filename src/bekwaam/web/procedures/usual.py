"""What the provider usually asks of a portfolio."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.portfolio.coverage import Usual
from bekwaam.services.accounts.usual import set_usual
from bekwaam.services.errors import Invalid
from bekwaam.web.procedures.forms import UsualForm
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@on_provider(Action.SET_USUAL)
def usual(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the three numbers; set them when they are sent."""
    provider = office.provider
    now = {
        "years": provider.usual_years,
        "pieces": provider.usual_pieces,
        "contexts": provider.usual_contexts,
    }
    form = UsualForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            set_usual(request.user, provider, Usual(**form.cleaned_data))  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Saved. Candidates see these numbers from now on."))
            return redirect("procedures:overview", ref=provider.ref)
    context = {
        "office": office,
        "form": form,
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])),
            Crumb(_("What you usually ask")),
        ],
    }
    return render(request, "procedures/usual.html", context, status=422 if form.errors else 200)
