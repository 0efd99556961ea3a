"""The page for anybody: who is this provider, and with which keys does it sign."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bekwaam.services.issuers.reads import issuer_called
from bekwaam.services.signing.names import host, identifier, shown_at


@require_safe
def about(request: HttpRequest, ref: str) -> HttpResponse:
    """Show it. Two queries."""
    issuer = issuer_called(ref)
    context = {
        "issuer": issuer,
        "website_host": urlsplit(issuer.website).hostname or "",
        "here": urlsplit(shown_at("")).netloc,
        "host": host(),
        "document": identifier(reverse("did_document", args=[issuer.ref])),
    }
    return render(request, "issuers/about.html", context)
