"""What the world may know of a provider beside its name: its website, and its number in the register of
companies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from bekwaam.domain.faults import Fault
from bekwaam.wording import N_

MOST_ADDRESS: Final = 200
_NUMBER: Final = re.compile(r"[0-9]{8}")
_HOST: Final = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]", re.IGNORECASE)
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Identity:
    """A website, and a number in the register of companies (*KvK-nummer*); each may be empty."""

    website: str = ""
    legal_id: str = ""


def tidied(identity: Identity) -> Identity:
    """Return what was meant: a website with its scheme, a number without spaces and dots."""
    website = identity.website.strip()
    if website and not _SCHEME.match(website):
        website = f"https://{website}"
    return Identity(website, re.sub(r"[\s.]", "", identity.legal_id))


def check_identity(identity: Identity) -> tuple[Fault, ...]:
    """Return what is wrong with a tidied identity: a website that is none, a number that is not one of 8
    digits (Handelsregisterbesluit 2008; there is no check digit).
    """
    faults = []
    if identity.website and not _is_website(identity.website):
        faults.append(
            Fault("website", "no_address", N_("This is not the address of a website. Like https://evc.nl"))
        )
    if identity.legal_id and not _NUMBER.fullmatch(identity.legal_id):
        faults.append(Fault("legal_id", "no_number", N_("A number of the KvK has 8 digits, like 12345678.")))
    return tuple(faults)


def _is_website(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and len(address) <= MOST_ADDRESS
        and not re.search(r"\s", address)
        and "@" not in parts.netloc
        and port_fits
        and bool(_HOST.fullmatch(parts.hostname or ""))
    )
