"""Keeping an organisation's list of interventions by hand, one at a time."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.interventions.entries import Given
from bekwaam.frameworks.model import Framework
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import find_version, framework_of
from bekwaam.services.growth.intervention_lists import choosable
from bekwaam.services.interventions.editing import entries_of, put_intervention, take_out_intervention
from bekwaam.web.interventions.forms import InterventionForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def new(request: HttpRequest, office: Office, identifier: str, version: str) -> HttpResponse:
    """Let a new intervention be written down. Two queries of its own."""
    row, framework = _version(identifier, version)
    seen, entries = entries_of(office.provider, row)
    form = InterventionForm(
        framework, _names(entries), request.POST or None, initial={"seen": seen, **_FRESH}
    )
    if request.method == "POST" and form.is_valid() and _put(request, office, row, form):
        messages.success(request, _("It is in the list."))
        return redirect(_list(office, row))
    return _page(request, office, row, form, title=_("A new intervention"))


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def change(request: HttpRequest, office: Office, identifier: str, version: str, one: str) -> HttpResponse:
    """Let an intervention be changed; what is typed stays where a colleague was faster."""
    row, framework = _version(identifier, version)
    seen, entries = entries_of(office.provider, row)
    if one not in entries and request.method != "POST":
        raise NotFound
    now = entries.pop(one, None)
    initial = {"seen": seen, **(_shown(now) if now else {})}
    form = InterventionForm(framework, _names(entries), request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _put(request, office, row, form, one):
        messages.success(request, _("It is changed."))
        return redirect(_list(office, row))
    title = now.name if now else form.data.get("name", "")
    return _page(request, office, row, form, title=title, one=one if now else "")


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.LOAD_CATALOGUE)
def remove(request: HttpRequest, office: Office, identifier: str, version: str, one: str) -> HttpResponse:
    """Ask whether an intervention may really go; take it out when that is said."""
    row, _framework = _version(identifier, version)
    seen, entries = entries_of(office.provider, row)
    if one not in entries:
        raise NotFound
    reason = ""
    if request.method == "POST":
        try:
            take_out_intervention(request.user, office.provider, row, request.POST.get("seen", ""), one)  # type: ignore[arg-type]
        except Refused as error:
            reason = error.verdict.text(language())
        else:
            messages.success(request, _("“%(title)s” is out of the list.") % {"title": entries[one].name})
            return redirect(_list(office, row))
    context = {
        **_around(office, row, entries[one].name),
        "name": entries[one].name,
        "seen": seen,
        "reason": reason,
    }
    return render(request, "interventions/remove.html", context, status=422 if reason else 200)


_FRESH = {"known": Given().known}


def _version(identifier: str, version: str) -> tuple[Any, Framework]:
    """Return a version to which interventions can be tied; NotFound for another."""
    row = find_version(identifier, version)
    framework = framework_of(row)
    if not choosable(framework).codes:
        raise NotFound
    return row, framework


def _names(entries: dict[str, Given]) -> dict[str, str]:
    return {ref: given.name for ref, given in entries.items()}


def _shown(given: Given) -> dict[str, Any]:
    plain = asdict(given)
    return {name: list(value) if isinstance(value, tuple) else value for name, value in plain.items()}


def _put(request: HttpRequest, office: Office, row: Any, form: InterventionForm, one: str = "") -> bool:
    """Keep what was filled in, and tell whether that went well; what is wrong then stands in the form."""
    seen, actor = form.cleaned_data["seen"], request.user
    try:
        put_intervention(actor, office.provider, row, form.given(), seen, one)  # type: ignore[arg-type]
    except Invalid as error:
        fill_errors(form, error)
    except Refused as error:
        form.add_error(None, error.verdict.text(language()))
        # Who sends it again has seen what is new: that is what the sentence asks.
        form.data = form.data.copy()
        form.data["seen"] = entries_of(office.provider, row)[0]
    else:
        return True
    return False


def _list(office: Office, row: Any) -> str:
    return reverse("growth:interventions_on", args=[office.provider.ref, row.identifier, row.version])


def _around(office: Office, row: Any, title: str) -> dict[str, Any]:
    home = reverse("procedures:overview", args=[office.provider.ref])
    lists = reverse("growth:interventions", args=[office.provider.ref])
    on = row.title[language()]
    return {
        "title": title,
        "back": _list(office, row),
        "crumbs": [
            Crumb(office.provider.name, home),
            Crumb(_("Interventions"), lists),
            Crumb(on, _list(office, row)),
            Crumb(title),
        ],
    }


def _page(
    request: HttpRequest, office: Office, row: Any, form: InterventionForm, *, title: str, one: str = ""
) -> HttpResponse:
    away = [office.provider.ref, row.identifier, row.version, one]
    context = {
        **_around(office, row, title),
        "form": form,
        "remove_url": reverse("interventions:remove", args=away) if one else "",
    }
    return render(request, "interventions/form.html", context, status=422 if form.errors else 200)
