"""What other systems are told of an issuer: its DID document, with every key that it ever had."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from bekwaam.services.errors import NotFound
from bekwaam.services.signing.names import did_of_ref
from bekwaam.services.signing.ring import key_of_row, log_in
from bekwaam.store.models import Provider, SigningKey
from bekwaam.trust.dids import Issuer, document_of


def document(ref: str) -> dict[str, Any]:
    """Return the DID document of a provider, with the public log that its certificates stand in.

    Two queries. Raises NotFound where there is no such provider.
    """
    if not Provider.objects.filter(ref=ref).exists():
        raise NotFound
    did = did_of_ref(ref)
    rows = list(SigningKey.objects.filter(Q(provider__ref=ref) | Q(provider=None)))
    keys = tuple(key_of_row(did, row) for row in rows if row.provider_id is not None)
    return document_of(Issuer(did, keys, log_in(rows)))
