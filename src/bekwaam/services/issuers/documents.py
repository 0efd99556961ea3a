"""What other systems are told of an issuer: its DID document, with every key that it ever had."""

from __future__ import annotations

from typing import Any

from bekwaam.services.errors import NotFound
from bekwaam.services.signing.names import identifier
from bekwaam.services.signing.ring import issuer_of
from bekwaam.store.models import Provider
from bekwaam.trust.dids import document_of


def document(ref: str) -> dict[str, Any]:
    """Return the DID document of a provider, and where the public log is in which its certificates stand.

    Two queries. Raises NotFound where there is no such provider.
    """
    provider = Provider.objects.filter(ref=ref).first()
    if provider is None:
        raise NotFound
    issuer = issuer_of(provider)
    log = {"id": f"{issuer.did}#log", "type": "TransparencyLog", "serviceEndpoint": identifier("/log/")}
    return {**document_of(issuer), "service": [log]}
