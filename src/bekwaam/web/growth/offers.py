"""Learning offers of an organisation: what is in use, a template, loading a file, and withdrawing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.growth.offers import Offer
from bekwaam.domain.growth.ways import WAYS
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import find_version, frameworks_of
from bekwaam.services.growth.offers import (
    MAX_FILE,
    catalogues_of,
    load_offers,
    look_through,
    offers_on,
    rated_version,
    template,
    units_of,
    withdraw_offers,
)
from bekwaam.services.growth.reads import choices
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.office import Office, on_provider

PAGE: Final = 50
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class OffersForm(forms.Form):
    """A file with learning offers."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("Your file"),
        help_text=gettext_lazy("The filled-in template, or another .xlsx or .csv. At most 5 MB."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("This file is empty."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large, before anything of it is read."""
        sent = self.cleaned_data["file"]
        if sent.size > MAX_FILE:
            raise forms.ValidationError(_("This file is too large: 5 MB is the most."))
        return sent


@require_safe
@on_provider(Action.LOAD_OFFERS)
def offers(request: HttpRequest, office: Office) -> HttpResponse:
    """Show every version that offers can be about, with how many there are. Three queries at most."""
    known = choices()
    read = frameworks_of((one.pk, one.sha256) for one in known)
    here = {(one.identifier, one.version): len(one.offers) for one in catalogues_of(office.provider)}
    rows = [
        (one.title[language()], one.version, here.get((one.identifier, one.version), 0), _url(office, one))
        for one in known
        if units_of(read[one.pk])
    ]
    rows.sort(key=lambda row: not row[2])
    context = {"office": office, "rows": rows, "crumbs": [_home(office), Crumb(_("Learning offers"))]}
    return render(request, "growth/offers.html", context)


def _home(office: Office) -> Crumb:
    return Crumb(office.provider.name, reverse("procedures:overview", args=[office.provider.ref]))


def _url(office: Office, one: Any) -> str:
    return reverse("growth:offers_on", args=[office.provider.ref, one.identifier, one.version])


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_OFFERS)
def offers_of_version(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Show the offers on a version; load a file in their place (POST), or say what is wrong in it."""
    row = find_version(identifier, version)
    framework = rated_version(row)
    form, faults, repairs = OffersForm(), (), ()
    if request.method == "POST":
        form = OffersForm(request.POST, request.FILES)
        if form.is_valid():
            sent = form.cleaned_data["file"]
            read = look_through(sent.read(), sent.name, framework)
            faults, repairs = read.faults, read.repairs
            if not faults:
                load_offers(request.user, office.provider, row, read.offers, sent.name)  # type: ignore[arg-type]
                messages.success(request, _("The learning offers are loaded."))
                return redirect("growth:offers_on", office.provider.ref, identifier, version)
    found = offers_on(office.provider, row)
    title = framework.title[language()]
    context = {
        "office": office,
        "title": title,
        "row": row,
        "form": form,
        "faults": [fault.full_text(language()) for fault in faults],
        "repairs": [fault.full_text(language()) for fault in repairs] if faults else [],
        "found": found,
        "page": (page := Paginator(found.offers if found else (), PAGE).get_page(request.GET.get("page"))),
        "offers": _shown(page, framework),
        "crumbs": [
            _home(office),
            Crumb(_("Learning offers"), reverse("growth:offers", args=[office.provider.ref])),
            Crumb(title),
        ],
    }
    status = 422 if form.errors or faults else 200
    return render(request, "growth/offers_on.html", context, status=status)


def _shown(offers: Iterable[Offer], framework: Framework) -> list[dict[str, Any]]:
    return [
        {
            "offer": one,
            "way": _(WAYS[one.way].name),
            "stage": framework.stage_by_code[one.stage].title[language()] if one.stage else _("every stage"),
        }
        for one in offers
    ]


@require_safe
@on_provider(Action.LOAD_OFFERS)
def offers_template(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Send an empty spreadsheet to fill in."""
    framework = rated_version(find_version(identifier, version))
    answer = HttpResponse(template(framework, language()), content_type=XLSX)
    name = f"leeraanbod-{identifier}-{version}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
@on_provider(Action.LOAD_OFFERS)
def offers_withdraw(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Take the offers on a version out of use."""
    withdraw_offers(request.user, office.provider, find_version(identifier, version))  # type: ignore[arg-type]
    messages.success(request, _("The learning offers are withdrawn."))
    return redirect("growth:offers", office.provider.ref)
