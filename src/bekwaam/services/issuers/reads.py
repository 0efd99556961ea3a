"""What is shown of an issuer and its keys: to anybody, and to its coordinators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bekwaam.domain.certificates.signing_keys import KeyPeriod, check_since
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.issuers.keys import period_of
from bekwaam.services.signing.ring import did_of, keys_of
from bekwaam.store.models import Certificate, Provider, SigningKey


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key as it is shown: ``public`` is its own value, ``by`` who made it (empty: the program)."""

    ref: str
    public: str
    period: KeyPeriod
    by: str

    @property
    def in_use(self) -> bool:
        """Tell whether it is signed with now."""
        return self.period.retired_at is None


@dataclass(frozen=True, slots=True)
class ShownIssuer:
    """Who a provider is to the world, with its keys, the newest first."""

    ref: str
    name: str
    place: str
    website: str
    legal_id: str
    since: datetime
    did: str
    keys: tuple[ShownKey, ...]

    @property
    def key(self) -> ShownKey | None:
        """The key that is signed with now."""
        return next((key for key in self.keys if key.in_use), None)

    @property
    def earlier(self) -> tuple[ShownKey, ...]:
        """The keys that were used before."""
        return tuple(key for key in self.keys if not key.in_use)

    def find(self, ref: str) -> ShownKey:
        """Return one of the keys; raises NotFound."""
        for key in self.keys:
            if key.ref == ref:
                return key
        raise NotFound


def issuer_called(ref: str) -> ShownIssuer:
    """Return what anybody may know of a provider. Two queries. Raises NotFound."""
    provider = Provider.objects.filter(ref=ref).first()
    if provider is None:
        raise NotFound
    return issuer_shown(provider)


def issuer_shown(provider: Provider) -> ShownIssuer:
    """Return who a provider is to the world. One query."""
    keys = tuple(_shown(key) for key in reversed(keys_of(provider)))
    return ShownIssuer(
        provider.ref,
        provider.name,
        provider.place,
        provider.website,
        provider.legal_id,
        provider.registered_at,
        did_of(provider),
        keys,
    )


def _shown(key: SigningKey) -> ShownKey:
    return ShownKey(key.ref, key.public, period_of(key), key.made_by.name if key.made_by else "")


def consequences(provider: Provider, key: ShownKey, since: datetime) -> tuple[str, ...]:
    """Return the numbers of the certificates that have to be issued anew when ``key`` was stolen at
    ``since``: those of later, as long as it was in use.

    One query. Raises Refused for a moment that cannot be.
    """
    insist(check_since(key.period, since, clock.now()))
    found = Certificate.objects.filter(procedure__provider=provider, issued_at__gte=since)
    if key.period.retired_at is not None:
        found = found.filter(issued_at__lt=key.period.retired_at)
    return tuple(found.order_by("issued_at", "pk").values_list("number", flat=True))
