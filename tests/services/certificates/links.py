"""Links to show a certificate with, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bekwaam.domain.certificates.sharing import Wish
from bekwaam.services import clock
from bekwaam.services.certificates.sharing import make_link
from bekwaam.store.models import Procedure, ShareLink


def wish(**changes: Any) -> Wish:
    """Return what a holder fills in; a month from now unless said otherwise."""
    return Wish(**{"depth": "competences", "until": clock.today() + timedelta(days=30), **changes})


def secret_of(procedure: Procedure, **changes: Any) -> str:
    """Let the holder make a link and return the secret part of its address."""
    return make_link(procedure.candidate, procedure, wish(**changes))


def shown(procedure: Procedure, **changes: Any) -> ShareLink:
    """Let the holder make a link and return it."""
    secret_of(procedure, **changes)
    return ShareLink.objects.get(pk=max(ShareLink.objects.values_list("pk", flat=True)))
