"""What every form of the development plan does: kept while typed, sent, and shown again with its faults."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
from bekwaam.web.growth.plan import way
from bekwaam.web.shared.crumbs import Crumb
from bekwaam.web.shared.errors import fill_errors


def sent(
    request: HttpRequest,
    form: forms.Form,
    key: str,
    write: Callable[[], Any],
    told: str,
    to: Callable[[Any], str],
) -> HttpResponse | None:
    """Write what a form asks, forget its draft (``key``), and go on; None where it is to be shown again.

    ``to`` gives the address to go on to, from what ``write`` returned. What a service finds wrong is put on
    the form.
    """
    if not form.is_valid():
        return None
    try:
        made = write()
    except Invalid as error:
        fill_errors(form, error)
        return None
    drop_draft(request.user, key)  # type: ignore[arg-type]
    messages.success(request, told)
    return redirect(to(made))


def form_page(
    request: HttpRequest,
    form: forms.Form,
    key: str,
    *,
    heading: str,
    button: str,
    back: str,
    crumbs: tuple[Crumb, ...] = (),
    lead: str = "",
) -> HttpResponse:
    """Return the page of a form, which keeps what is typed under ``key``; ``back`` is where one came from."""
    context = {
        "crumbs": way(*crumbs, Crumb(heading)),
        "heading": heading,
        "lead": lead,
        "form": form,
        "button": button,
        "back": back,
        "draft_key": key,
    }
    return render(request, "growth/plan_form.html", context, status=422 if form.errors else 200)
