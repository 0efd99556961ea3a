"""The status lists of a provider: which of its certificates were revoked, and which are suspended."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from bekwaam.api.trust.answers import answer, endpoint
from bekwaam.services.statuses.publishing import published

MEDIA_TYPE: Final = "application/vc"


@endpoint
def status_list(request: HttpRequest, ref: str, number: int, purpose: str) -> HttpResponse:
    """Return a signed list."""
    return answer(request, published(ref, number, purpose).document.encode(), MEDIA_TYPE)
