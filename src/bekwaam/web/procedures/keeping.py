"""How long finished dossiers stay after a candidate had their account erased."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.accounts.keeping import set_keeping
from bekwaam.services.errors import Invalid
from bekwaam.web.procedures.forms import KeepingForm
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@on_provider(Action.SET_KEEPING)
def keeping(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the number of years; set it when it is sent."""
    provider = office.provider
    form = KeepingForm(request.POST or None, initial={"years": provider.keep_years})
    if request.method == "POST" and form.is_valid():
        try:
            set_keeping(request.user, provider, form.cleaned_data["years"])  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Saved. This holds for who leaves from now on."))
            return redirect("procedures:overview", ref=provider.ref)
    context = {
        "office": office,
        "form": form,
        "crumbs": [
            Crumb(_("My work"), reverse("home")),
            Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])),
            Crumb(_("How long dossiers stay")),
        ],
    }
    return render(request, "procedures/keeping.html", context, status=422 if form.errors else 200)
