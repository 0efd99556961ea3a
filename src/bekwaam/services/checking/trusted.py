"""Whose certificates are checked here, and with what: our own providers, and the issuers on our list.

Of anybody else nothing is fetched, whatever a file says: what a stranger writes into a file must not make us
open an address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models import Q

from bekwaam.domain.certificates.claimed import host_of
from bekwaam.domain.certificates.papers import PaperPort
from bekwaam.domain.certificates.verifying import Means
from bekwaam.services import ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.signing.names import PROVIDERS, identifier, ref_of
from bekwaam.services.signing.ring import key_of_row, log_in
from bekwaam.services.statuses.publishing import published
from bekwaam.store.models import SigningKey
from bekwaam.trust.credentials import AtHand
from bekwaam.trust.dids import Issuer

REMEMBERED: Final = 300  # seconds that what was fetched elsewhere, or could not be, is remembered
Found = TypeVar("Found")
_LIST: Final = re.compile(r"([a-z0-9]{1,12})/status/([1-9]\d{0,8})/([a-z]{1,20})")


def is_ours(did: str) -> bool:
    """Tell whether an identifier is under the name of this installation."""
    return bool(ref_of(did))


def means(now: datetime) -> Means:
    """Return with what a file is checked here at the moment ``now``. Nothing is looked up before it is asked.

    For a certificate of our own: one query for the issuer and the log, and one for each status list. What a
    list or an issuer elsewhere comes to is looked up once, also when it is not there.
    """
    known = _Known()
    at_hand = AtHand(now=now, issuers=lru_cache(known.issuer), lists=lru_cache(known.list_at))
    return Means(at_hand, PaperPort(lru_cache(ports.paper_reader().read), ports.paper_vouching()))


class _Known:
    """The issuers that are known here, and their lists; of others None."""

    def issuer(self, did: str) -> Issuer | None:
        """Return the document of an issuer; None for one that we do not know, or cannot reach."""
        if is_ours(did):
            return own_issuer(did)
        if did not in settings.KNOWN_ISSUERS:
            return None
        return _remembered(f"issuer:{did}", lambda: ports.issuers_elsewhere().issuer(did))

    def list_at(self, address: str) -> dict[str, Any] | None:
        """Return a status list; None for one that is not of an issuer that we know, or cannot be reached."""
        start = identifier(f"/{PROVIDERS}/")
        if address.startswith(start):
            return _own_list(address.removeprefix(start))
        hosts = {host_of(did) for did in settings.KNOWN_ISSUERS}
        if not any(host and address.startswith(f"https://{host}/") for host in hosts):
            return None
        return _remembered(f"list:{address}", lambda: ports.issuers_elsewhere().status_list(address))


def own_issuer(did: str) -> Issuer | None:
    """Return one of our providers with its keys and our log; None where it never had a key. One query."""
    rows = list(SigningKey.objects.filter(Q(provider__ref=ref_of(did)) | Q(provider=None)))
    keys = tuple(key_of_row(did, row) for row in rows if row.provider_id is not None)
    return Issuer(did, keys, log_in(rows)) if keys else None


def _own_list(rest: str) -> dict[str, Any] | None:
    """Return a list of our own as it is published: just as anybody else would get it."""
    match = _LIST.fullmatch(rest)
    if match is None:
        return None
    try:
        found: dict[str, Any] = json.loads(published(match[1], int(match[2]), match[3]).document)
    except (NotFound, Refused):  # there is none, or it cannot be signed now: nobody can tell
        return None
    return found


def _remembered(key: str, fetch: Callable[[], Found]) -> Found:
    kept: tuple[Found] | None = cache.get(key)
    if kept is None:
        kept = (fetch(),)
        cache.set(key, kept, REMEMBERED)
    return kept[0]
