"""Under which names the world knows this installation and its providers.

What a certificate says of who issued it holds for as long as the certificate does: the host in these names is
one that stays (``docs/sleutels.md``).
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bekwaam.trust.dids import did_web_of
from bekwaam.trust.reasons import Refused

PROVIDERS: Final = "aanbieder"
_REF: Final = re.compile(r"[a-z0-9]{1,12}")
_USUAL_PORTS: Final = {"http": 80, "https": 443}


def host() -> str:
    """Return the host in identifiers, with its port where there is one: ``BEKWAAM_ISSUER_HOST``, or that of
    the address that people use.

    did:web knows no addresses in figures, so a machine that has only such a one calls itself localhost.
    Raises ImproperlyConfigured for a host that is none.
    """
    chosen = settings.BEKWAAM_ISSUER_HOST.strip().lower()
    found = chosen or _host_of(settings.BASE_URL)
    try:
        _did(found)
    except (Refused, ValueError) as error:
        where = "BEKWAAM_ISSUER_HOST" if chosen else "BEKWAAM_URL"
        raise ImproperlyConfigured(f"{where}: {found!r} is no host to sign certificates under") from error
    return found


def _host_of(address: str) -> str:
    parts = urlsplit(address)
    name = parts.hostname or "localhost"
    if not re.search(r"[a-z]", name.rpartition(".")[2]) or ":" in name:
        name = "localhost"
    port = None if parts.port == _USUAL_PORTS.get(parts.scheme) else parts.port
    return f"{name}:{port}" if port else name


def _did(host: str, *path: str) -> str:
    name, mark, port = host.partition(":")
    return did_web_of(name, *path, port=int(port) if mark else None)


def did_of_ref(ref: str) -> str:
    """Return the identifier of the provider that addresses know as ``ref``."""
    return _did(host(), PROVIDERS, ref)


def ref_of(did: str) -> str:
    """Return how addresses know the provider called ``did``; empty when it is none of ours."""
    ref = did.rpartition(":")[2]
    return ref if _REF.fullmatch(ref) and did_of_ref(ref) == did else ""


def identifier(path: str) -> str:
    """Return the address of ``path`` (which begins with a slash) as identifiers have it: always https."""
    return f"https://{host()}{path}"


def log_origin() -> str:
    """Return what the public log is called."""
    return f"{host()}/log"


def shown_at(path: str) -> str:
    """Return the address of ``path`` as people open it."""
    return f"{settings.BASE_URL.rstrip('/')}{path}"
