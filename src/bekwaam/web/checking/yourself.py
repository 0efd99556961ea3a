"""Checking without us: how, and the file that it takes."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from bekwaam.services.checking.bundles import bundle_file
from bekwaam.services.signing.names import host
from bekwaam.web.checking.address import here
from bekwaam.web.shared.limits import seconds_to_wait, too_often

COMMAND: Final = """bekwaam bundle {host} -o bundel.json
bekwaam verify certificaat.pdf --offline bundel.json"""
PACKAGES: Final = (
    "@digitalbazaar/vc",
    "@digitalbazaar/data-integrity",
    "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
    "@digitalbazaar/vc-bitstring-status-list",
)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Tell how one checks a certificate without this page."""
    context = {"here": here(), "packages": PACKAGES, "command": COMMAND.format(host=host())}
    return render(request, "checking/yourself.html", context)


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
