"""The DID document of a provider: with which keys it signs, and signed before."""

from __future__ import annotations

import json
from typing import Final

from django.http import HttpRequest, HttpResponse

from bekwaam.api.trust.answers import answer, endpoint
from bekwaam.services.issuers.documents import document

# Not application/did+json: who looks at it in a browser would be asked where to keep it.
MEDIA_TYPE: Final = "application/json"


@endpoint
def did_document(request: HttpRequest, ref: str) -> HttpResponse:
    """Return the document. A key that was stolen has to be known soon: it is kept for a minute only."""
    return answer(request, json.dumps(document(ref), ensure_ascii=False).encode(), MEDIA_TYPE)
