"""When a provider has people reminded."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.agenda.settings import set_reminders, settings_of
from bekwaam.services.errors import Invalid
from bekwaam.web.agenda.forms import RemindForm
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@on_provider(Action.SET_REMINDERS)
def reminders(request: HttpRequest, office: Office) -> HttpResponse:
    """Show when people are reminded; set it when it is sent."""
    provider, person = office.provider, request.user
    form = RemindForm(request.POST or None, initial=asdict(settings_of(provider)))
    if request.method == "POST" and form.is_valid():
        actor: Any = person
        try:
            set_reminders(actor, provider, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Saved. It holds from the next reminder on."))
            return redirect("procedures:workings", ref=provider.ref)
    context = {
        "office": office,
        "form": form,
        "crumbs": [
            Crumb(provider.name, reverse("procedures:overview", args=[provider.ref])),
            Crumb(_("How we work"), reverse("procedures:workings", args=[provider.ref])),
            Crumb(_("Reminders")),
        ],
    }
    return render(request, "agenda/reminders.html", context, status=422 if form.errors else 200)
