"""What the address bar of a visitor should say. A page made to look like ours can copy all but that."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings


def here() -> str:
    """Return the host of this installation, as people open it."""
    return urlsplit(settings.BASE_URL).netloc
