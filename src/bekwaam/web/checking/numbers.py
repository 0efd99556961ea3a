"""The page behind the address and the QR code on a certificate: what is known of its number."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from bekwaam.domain.certificates.numbers import read_number
from bekwaam.domain.certificates.status import REASONS
from bekwaam.services.checking.numbers import NumberRead, number_is_of, read_public
from bekwaam.services.errors import NotFound
from bekwaam.web.checking.address import here
from bekwaam.web.checking.forms import NameForm
from bekwaam.web.shared.case import language
from bekwaam.web.shared.limits import seconds_to_wait, too_often
from bekwaam.wording import say


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, number: str) -> HttpResponse:
    """Show what anybody may know of a number; with a name posted to it, whether it is theirs."""
    asks = request.method == "POST"
    wait = seconds_to_wait(request, "check_number")
    if asks:
        wait = wait or seconds_to_wait(request, "check_name", read_number(number))
        wait = wait or seconds_to_wait(request, "check_names")
    if wait:
        return too_often(request, wait)
    try:
        read = read_public(number)
    except NotFound:
        return _page(request, "unknown", {"typed": number[:60]}, status=404)
    if read.erased:
        return _page(request, "erased", {"read": read}, status=410)
    form = NameForm(request.POST if asks else None)
    context = {"read": read, "form": form, "reason": _reason(read)}
    if asks and form.is_valid():
        context["asked"] = form.cleaned_data["name"]
        context["same"] = number_is_of(number, form.cleaned_data["name"])
    return _page(request, "number", context, status=422 if form.errors else 200)


def _reason(read: NumberRead) -> str:
    return say(language(), REASONS[read.reason].public) if read.reason else ""


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int) -> HttpResponse:
    shared = {"here": here()}
    response = render(request, f"checking/{name}.html", {**shared, **context}, status=status)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
