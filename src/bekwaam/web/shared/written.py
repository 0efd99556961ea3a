"""A form that keeps what is typed: sent to a service, and shown again with what it finds wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from bekwaam.services.drafts import drop_draft
from bekwaam.services.errors import Invalid
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
    way: Callable[[Crumb], Sequence[Crumb]],
    lead: str = "",
    eyebrow: str = "",
) -> HttpResponse:
    """Return the page of a form, which keeps what is typed under ``key``; ``back`` is where one came from.

    ``way`` gives the crumbs that end in the one of this page.
    """
    context = {
        "crumbs": way(Crumb(heading)),
        "heading": heading,
        "lead": lead,
        "eyebrow": eyebrow,
        "form": form,
        "button": button,
        "back": back,
        "draft_key": key,
    }
    return render(request, "shared/written.html", context, status=422 if form.errors else 200)
