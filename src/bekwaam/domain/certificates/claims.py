"""What has to be known, beside the certificate itself, to put it into a credential."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bekwaam.domain.certificates.case_targets import CaseTargets


@dataclass(frozen=True, slots=True)
class IssuerProfile:
    """The provider as others know it: ``did`` is its identifier, ``country`` an ISO 3166 code of three.

    ``legal_id`` is its number in the register of companies there (in the Netherlands: *KvK-nummer*).
    """

    did: str
    name: str
    url: str
    country: str = "NLD"
    legal_id: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose certificate it is. ``shows_name`` is their consent to a readable name; without it, it is hashed.

    ``did`` is an identifier of their own, where their wallet gave one.
    """

    email: str
    shows_name: bool = False
    did: str = ""


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """A place in a status list: the address of the list and the index in it."""

    list_url: str
    index: int


@dataclass(frozen=True, slots=True)
class StatusEntries:
    """Where one can see whether a credential was revoked or suspended."""

    revocation: StatusEntry
    suspension: StatusEntry | None = None


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that goes with a credential, by its hash; never one that the credential is attached to."""

    url: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a finding was taken over from: the certificate of then and the day of that decision."""

    certificate: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class Replaced:
    """The certificate that this one takes the place of, by its number and the address of its credential."""

    certificate: str
    experience_id: str


@dataclass(frozen=True, slots=True)
class Naming:
    """The addresses and places in status lists of the credentials of one certificate.

    ``standard_id`` and ``standard_status`` are of the second one, which there only is when the standard was
    met; :func:`bekwaam.domain.certificates.openbadge.open_badges` asks for them then.
    """

    experience_id: str
    experience_status: StatusEntries
    standard_id: str = ""
    standard_status: StatusEntries | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """All that goes into the credentials of one certificate beside what stands on its paper.

    ``secret`` is the salt of all salts (see :mod:`.sealing`). ``valid_until`` is empty unless a provider sets
    one: what somebody has shown does not pass. ``origins`` says which units were taken over from an earlier
    certificate; ``replaces`` which certificate this one takes the place of.
    """

    issuer: IssuerProfile
    holder: Holder
    naming: Naming
    targets: CaseTargets
    valid_from: datetime
    secret: str = field(repr=False)
    valid_until: datetime | None = None
    origins: Mapping[str, Origin] = field(default_factory=dict)
    resources: tuple[Resource, ...] = ()
    replaces: Replaced | None = None


def moment(when: datetime) -> str:
    """Return a moment as credentials have it, with its time zone. Raises ValueError where it has none."""
    if when.tzinfo is None:
        raise ValueError("a moment in a credential has a time zone")
    return when.isoformat(timespec="seconds").replace("+00:00", "Z")
