"""Comparing a name with the hashes of it in a credential."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bekwaam.domain.certificates.claimed import identities_in, is_of


def hashed_names(credential: dict[str, Any] | None) -> tuple[dict[str, Any], ...]:
    """Return the names in ``credential`` that cannot be read: the objects with the hash and its salt.

    Whoever has the file has these too. None where the name can be read, for then it is simply shown.
    """
    found = identities_in(credential) if credential else ()
    return tuple(it for it in found if it.get("identityType") == "name" and it.get("hashed") is not False)


def is_named(names: Sequence[dict[str, Any]], name: str) -> bool:
    """Tell whether ``name`` is the one behind one of these hashes."""
    return bool(is_of({"credentialSubject": {"identifier": list(names)}}, name.replace("@", " ")))
