"""Samples of dossiers: the list, announcing one, drawing it, and checking how it was drawn."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.auditing.sampling import Dated
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, STATE_NAMES
from bekwaam.services import clock
from bekwaam.services.auditing.export import export_sample
from bekwaam.services.auditing.reads import SampleRead, drawn_rows, read_sample, standards_used
from bekwaam.services.auditing.reads import samples as read_samples
from bekwaam.services.auditing.sampling import announce_sample, draw_sample
from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.web.auditing.forms import DOSSIERS, AnnounceForm, DrawForm
from bekwaam.web.auditing.presenting import criteria_facts, office_crumbs, period, samples_crumb, size
from bekwaam.web.shared.case import language
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.drafts import initial_from_draft
from bekwaam.web.shared.errors import fill_errors
from bekwaam.web.shared.office import Office, on_provider

PAGE: Final = 25
_A_YEAR: Final = timedelta(days=365)


@require_safe
@on_provider(Action.SEE_SAMPLES)
def index(request: HttpRequest, office: Office) -> HttpResponse:
    """Show the samples of a provider, newest first."""
    page = Paginator(read_samples(office.provider), PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "page": page,
        "rows": [(head, period(head.criteria), size(head.criteria)) for head in page],
        "may_draw": office.may(Action.DRAW_SAMPLE),
        "may_see_notice": office.may(Action.SEE_NOTICE),
        "crumbs": office_crumbs(office, Crumb(_("Samples"))),
    }
    return render(request, "auditing/samples.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.DRAW_SAMPLE)
def announce(request: HttpRequest, office: Office) -> HttpResponse:
    """Choose from what is drawn; on to the drawing."""
    key = f"sample:{office.provider.ref}"
    form = AnnounceForm(request.POST or None, standards=list(_titles(office).items()))
    if request.method == "POST" and form.is_valid():
        try:
            made = announce_sample(request.user, office.provider, form.criteria())  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            drop_draft(request.user, key)  # type: ignore[arg-type]
            return redirect("auditing:sample", office.provider.ref, made.ref)
    if not form.is_bound:
        form.initial = initial_from_draft(AnnounceForm, request, key) or _usual()
    context = {
        "office": office,
        "form": form,
        "draft_key": key,
        "crumbs": office_crumbs(office, samples_crumb(office), Crumb(_("New sample"))),
    }
    return render(request, "auditing/announce.html", context, status=422 if form.errors else 200)


def _usual() -> dict[str, Any]:
    today = clock.today()
    return {
        "dated": Dated.DECIDED.value,
        "start": today - _A_YEAR,
        "end": today,
        "states": [state.value for state in OUTCOME_KNOWN],
        "size": 10,
        "unit": DOSSIERS,
    }


@require_safe
@on_provider(Action.SEE_SAMPLES)
def sample(request: HttpRequest, office: Office, sample: str) -> HttpResponse:
    """Show a sample: what was drawn, or, to who announced it, the form with which it is drawn."""
    return _sample(request, office, read_sample(office.provider, sample), DrawForm())


@require_http_methods(["GET", "HEAD", "POST"])
@on_provider(Action.DRAW_SAMPLE)
def draw(request: HttpRequest, office: Office, sample: str) -> HttpResponse:
    """Draw an announced sample with one's own half of the seed."""
    if request.method != "POST":
        return redirect("auditing:sample", office.provider.ref, sample)
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            own_half = form.cleaned_data["own_half"]
            draw_sample(request.user, office.provider, sample, own_half)  # type: ignore[arg-type]
        except Invalid as error:
            fill_errors(form, error)
        else:
            messages.success(request, _("The sample has been drawn. It stays as it is."))
            return redirect("auditing:sample", office.provider.ref, sample)
    return _sample(request, office, read_sample(office.provider, sample), form)


def _sample(request: HttpRequest, office: Office, read: SampleRead, form: DrawForm) -> HttpResponse:
    page = Paginator(read.drawn, PAGE).get_page(request.GET.get("page"))
    rows = drawn_rows(read.head.ref, list(page))
    context = {
        "office": office,
        "read": read,
        "form": form,
        "mine": read.head.auditor_pk == request.user.pk and office.may(Action.DRAW_SAMPLE),
        "facts": criteria_facts(read.head.criteria, _titles(office)),
        "page": page,
        "rows": [(row, _(STATE_NAMES[row.state]), row.standard[language()]) for row in rows],
        "first": page.start_index(),
        "crumbs": office_crumbs(office, samples_crumb(office), Crumb(_name(read))),
    }
    return render(request, "auditing/sample.html", context, status=422 if form.errors else 200)


@require_safe
@on_provider(Action.SEE_SAMPLES)
def check(request: HttpRequest, office: Office, sample: str) -> HttpResponse:
    """Tell how anybody can check that a sample was drawn as it says."""
    read = read_sample(office.provider, sample)
    back = Crumb(_name(read), reverse("auditing:sample", args=[office.provider.ref, sample]))
    context = {
        "office": office,
        "read": read,
        "command": f"bekwaam sample steekproef-{read.head.ref}.json",
        "crumbs": office_crumbs(office, samples_crumb(office), back, Crumb(_("Check"))),
    }
    return render(request, "auditing/check.html", context)


@require_safe
@on_provider(Action.SEE_SAMPLES)
def export(request: HttpRequest, office: Office, sample: str) -> HttpResponse:
    """Hand out a drawn sample as the file with which it can be drawn again."""
    content = export_sample(office.provider, sample)
    response = JsonResponse(content, json_dumps_params={"indent": 1, "ensure_ascii": False})
    response.headers["Content-Disposition"] = (
        f'attachment; filename="steekproef-{content["sample_ref"]}.json"'
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _titles(office: Office) -> dict[str, str]:
    found = standards_used(office.provider)
    return {f"{row.identifier}@{row.version}": f"{row.title[language()]} ({row.version})" for row in found}


def _name(read: SampleRead) -> str:
    return _("Sample of %(date)s") % {"date": date_format(read.head.announced_at, "j F Y")}
