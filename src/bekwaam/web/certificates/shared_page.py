"""What somebody sees who was given a link to a certificate. Without an account: the link is the key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from bekwaam.domain.certificates.share import Shared, SharedUnit
from bekwaam.services.certificates.sharing import note_visit
from bekwaam.services.certificates.sharing_reads import Behind, behind
from bekwaam.services.errors import NotFound
from bekwaam.web.certificates.holder_presenting import standing
from bekwaam.web.shared.case import language


@never_cache
@require_safe
def shared(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a certificate as deep as its holder chose.

    A link that never was, is over or was withdrawn gives one and the same page.
    """
    try:
        found = behind(secret)
    except NotFound:
        return _private(render(request, "certificates/not_shared.html", status=404))
    if found.link is not None and _counts(request, found):
        note_visit(found.link)
    chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
    with translation.override(language() if chosen else found.shared.language):
        context = present_shared(found, language())
        return _private(render(request, "certificates/shared.html", context))


def present_shared(found: Behind, language: str) -> dict[str, Any]:
    """Return what the page shows of a certificate, to a visitor or as an example."""
    seen = found.shared
    return {
        "seen": seen,
        "standing": standing(found.status),
        "wheel": mark_safe(seen.wheel.svg(prefix="shared")) if seen.wheel else "",  # noqa: S308 - drawn by us
        "groups": list(_groups(seen)),
        "other_language": seen.language if seen.language != language else "",
        "check_url": f"{str(settings.BASE_URL).rstrip('/')}/c/{seen.number}",
    }


def _groups(seen: Shared) -> Iterator[tuple[str, str, list[SharedUnit]]]:
    """Yield the units by cluster: number, name and units; life domains, which lie in none, last."""
    found: dict[tuple[str, str], list[SharedUnit]] = {}
    for unit in seen.units:
        found.setdefault((unit.group_code, unit.group), []).append(unit)
    yield from ((code, name, units) for (code, name), units in found.items())
    if seen.life_domains:
        yield "", _("Life domains"), list(seen.life_domains)


def _counts(request: HttpRequest, found: Behind) -> bool:
    """Tell whether this is somebody who looks: not its holder, nor a click within our own pages."""
    if request.method != "GET" or request.headers.get("Sec-Fetch-Site") == "same-origin":
        return False
    return bool(request.user.pk != found.holder)


def _private(response: HttpResponse) -> HttpResponse:
    # The address is the key: it must not travel to other sites, nor end up in a search engine. Not
    # "no-referrer": a browser then hides from us too where the form of the language comes from.
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
