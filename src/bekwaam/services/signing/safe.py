"""Looking after the safe in which the private keys lie: whether they open, and with which passphrase."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ImproperlyConfigured

from bekwaam.domain.faults import Fault
from bekwaam.services import ports
from bekwaam.services.errors import Invalid, Refused
from bekwaam.services.signing.names import host
from bekwaam.services.signing.ring import kept, signer_of
from bekwaam.store.models import SigningKey
from bekwaam.trust.keystore import SHORTEST_PASSPHRASE
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class KeptKey:
    """A key of which the private half is kept: whose (empty: of the public log), and when it was used."""

    owner: str
    owner_ref: str
    ref: str
    public: str
    made_at: datetime
    retired_at: datetime | None
    compromised_at: datetime | None
    opens: bool | None = None


def keys_kept(*, opening: bool = False) -> tuple[KeptKey, ...]:
    """Return every key, by owner, those of the log first. With ``opening`` also whether each opens.

    One query; opening takes a good part of a second for every key.
    """
    rows = SigningKey.objects.select_related("provider").order_by("provider__name", "made_at", "pk")
    found = [_kept_key(row, opening) for row in rows]
    return tuple(sorted(found, key=lambda key: bool(key.owner)))


def _kept_key(row: SigningKey, opening: bool) -> KeptKey:
    owner, ref = (row.provider.name, row.provider.ref) if row.provider else ("", "")
    opens = _opens(row) if opening else None
    return KeptKey(owner, ref, row.ref, row.public, row.made_at, row.retired_at, row.compromised_at, opens)


def _opens(row: SigningKey) -> bool:
    try:
        signer_of(row)
    except Refused:
        return False
    return True


def seal_anew(passphrase: str) -> int:
    """Seal every private key with another passphrase, and return how many that were.

    From then on the installation has to be given the new one. Broken off half-way, it can be done again.
    Raises Invalid for a passphrase that is too short, Refused when keys do not open with the present one.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        message = N_("A passphrase has {least} characters or more.")
        raise Invalid((Fault("passphrase", "too_short", message, {"least": SHORTEST_PASSPHRASE}),))
    return kept(lambda: ports.key_store().seal_anew(passphrase))


def opens() -> bool:
    """Tell whether the keys open with the passphrase that was given: the last one of those in use is tried.

    One query. True where there are no keys yet.
    """
    row = SigningKey.objects.filter(retired_at=None).order_by("-made_at", "-pk").first()
    return row is None or _opens(row)


def check_settings() -> None:
    """See that certificates can be named and stamped as the settings say.

    Raises ImproperlyConfigured for a host that is none, or an address for time stamps that is none.
    """
    host()
    try:
        ports.paper_stamper()
    except ValueError as error:
        raise ImproperlyConfigured(f"BEKWAAM_TIMESTAMP_URL: {error}") from error
