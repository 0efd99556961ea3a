"""Saving a form while it is being filled in. The script ``autosave.js`` posts here."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bekwaam.services.drafts import load_draft, save_draft

_NOT_KEPT = {"csrfmiddlewaretoken"}


@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what was typed. Answers with the time, or with 401 and 413 where it was not kept."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are logged out. Log in again in another tab.")}, status=401)
    fields = {name: list(values) for name, values in request.POST.lists() if name not in _NOT_KEPT}
    try:
        save_draft(request.user, key, fields)
    except ValueError:
        return JsonResponse({"error": _("This is too much text to keep.")}, status=413)
    return JsonResponse({"saved_at": timezone.localtime().strftime("%H:%M")})


def draft_data(request: HttpRequest, key: str) -> QueryDict | None:
    """Return a kept draft in the shape of POST data, or None. One query."""
    kept = load_draft(request.user, key)  # type: ignore[arg-type]
    if kept is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    return data


def initial_from_draft(form_class: type[forms.Form], request: HttpRequest, key: str) -> dict[str, Any]:
    """Return a kept draft as initial values for ``form_class``, without validating anything."""
    data = draft_data(request, key)
    if data is None:
        return {}
    many = {
        name
        for name, field in form_class.base_fields.items()
        if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
    }
    return {name: data.getlist(name) if name in many else data.get(name) for name in data}
