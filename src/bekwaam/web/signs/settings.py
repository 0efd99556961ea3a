"""From where on something stands out at a provider."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bekwaam.domain.accounts.access import Action
from bekwaam.services.errors import Invalid
from bekwaam.services.signs.settings import set_sign_settings, settings_of
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider
from bekwaam.web.signs.forms import SettingsForm


@on_provider(Action.SET_SIGNS)
def settings(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the three numbers; set them when they are sent."""
    person: Any = request.user
    form = SettingsForm(request.POST or None, initial=asdict(settings_of(office.provider)))
    if request.method == "POST" and form.is_valid():
        try:
            set_sign_settings(person, office.provider, form.given())
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("Saved. This counts from the next dossier on."))
            return redirect("procedures:overview", ref=office.provider.ref)
    context = {
        "office": office,
        "form": form,
        "crumbs": [
            Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref])),
            Crumb(_("When signs show")),
        ],
    }
    return render(request, "signs/settings.html", context, status=422 if form.errors else 200)
