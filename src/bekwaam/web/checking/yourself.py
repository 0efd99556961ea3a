"""Checking without us: how, and the file that it takes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from bekwaam.services.checking.bundles import bundle_file
from bekwaam.web.checking.address import here
from bekwaam.web.shared.limits import seconds_to_wait, too_often


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Tell how one checks a certificate without this page."""
    return render(request, "checking/yourself.html", {"here": here()})


@require_safe
def bundle(request: HttpRequest) -> HttpResponseBase:
    """Hand out the bundle; nothing when whoever asks has this one already."""
    wait = seconds_to_wait(request, "check_bundle")
    if wait:
        return too_often(request, wait)
    file = bundle_file()
    response = HttpResponse(file.content, content_type="application/json")
    response["ETag"] = f'"{file.tag}"'
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    response["Content-Disposition"] = f'attachment; filename="bekwaam-{here().replace(":", "-")}.json"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
