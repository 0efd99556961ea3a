"""Under which host the installation is known in identifiers."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.conf import settings


def host() -> str:
    """Return the host of this installation in identifiers, with its port where it has one."""
    chosen = getattr(settings, "BEKWAAM_ISSUER_HOST", "")
    if chosen:
        return str(chosen)
    parts = urlsplit(settings.BASE_URL)
    name = parts.hostname or "localhost"
    if not re.search(r"[a-z]", name.rpartition(".")[2]):
        name = "localhost"
    return f"{name}:{parts.port}" if parts.port else name
