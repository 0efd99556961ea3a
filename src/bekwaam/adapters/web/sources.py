"""What a certificate is checked with, fetched: documents of issuers and status lists, each once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, Final, TypeVar

from bekwaam.adapters.web.faults import FetchFault, NotFetched
from bekwaam.adapters.web.fetching import Fetcher
from bekwaam.trust.dids import Issuer, read_document, url_of_did_web
from bekwaam.trust.reasons import Refused

DOCUMENT_BYTES: Final = 256 * 1024
LIST_BYTES: Final = 1024 * 1024
MOST_FETCHED: Final = 400
"""Of one kind, in one run: whoever hands over a thousand files has us visit no thousand hosts."""


Kept = TypeVar("Kept")


class Sources:
    """Fetches for a while, and keeps what it fetched; what could not be fetched is not tried again.

    ``only`` names the issuers that are wanted: of others nothing is fetched. None for all.
    """

    def __init__(self, fetcher: Fetcher | None = None, only: Collection[str] | None = None) -> None:
        self._fetcher = fetcher or Fetcher()
        self._only = frozenset(only) if only is not None else None
        self._issuers: dict[str, Issuer | None] = {}
        self._lists: dict[str, dict[str, Any] | None] = {}
        self.faults: dict[str, NotFetched] = {}

    def issuer(self, did: str) -> Issuer | None:
        """Return the document of an issuer; None when it is not wanted or could not be fetched."""
        if self._only is not None and did not in self._only:
            return None
        return self._once(self._issuers, did, self._fetch_issuer)

    def status_list(self, url: str) -> dict[str, Any] | None:
        """Return a status list as it was published; None when it could not be fetched."""
        return self._once(self._lists, url, lambda it: self._fetcher.json(it, LIST_BYTES))

    def _fetch_issuer(self, did: str) -> Issuer:
        try:
            url = url_of_did_web(did)
        except Refused as refused:
            raise NotFetched(FetchFault.ADDRESS, str(refused)) from refused
        document = self._fetcher.json(url, DOCUMENT_BYTES)
        try:
            return read_document(document, did)
        except Refused as refused:
            raise NotFetched(FetchFault.CONTENT, str(refused)) from refused

    def _once(self, kept: dict[str, Kept | None], name: str, fetch: Callable[[str], Kept]) -> Kept | None:
        if name not in kept:
            kept[name] = None
            try:
                if len(kept) > MOST_FETCHED:
                    raise NotFetched(FetchFault.TOO_MANY, name[:200])
                kept[name] = fetch(name)
            except NotFetched as error:
                self.faults[name] = error
        return kept[name]
