"""Turns a service's refusal into a page with a sentence, and a form's faults into its errors."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from bekwaam.services.errors import Invalid, NotFound, Refused


class ServiceErrorMiddleware:
    """Answers NotFound with 404 and Refused with 403 and the reason; other errors pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the errors that services raise."""
        if isinstance(error, NotFound):
            return not_found(request, Http404())
        if isinstance(error, Refused):
            return refused(request, error)
        return None


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """Return the page that says why something is not allowed, or not now."""
    context = {"reason": error.verdict.text(get_language() or "nl"), "code": error.verdict.reason}
    return render(request, "shared/refused.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for what is not there, or not for this visitor."""
    return render(request, "shared/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Return the page for a request that is refused before a view sees it: too much at once, mostly."""
    return render(request, "shared/bad_request.html", status=400)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Return the page for a form from before one logged in or out; Django's ``reason`` is for its log."""
    return render(request, "shared/stale.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Return the page for our own mistakes; it needs no database and no session."""
    return render(request, "shared/server_error.html", status=500)


def fill_errors(form: forms.BaseForm, error: Invalid) -> None:
    """Put a service's faults on the fields of ``form`` they are about; others on top of it."""
    language = get_language() or "nl"
    for fault in error.faults:
        form.add_error(fault.name if fault.name in form.fields else None, fault.text(language))
