"""What ids, versions and codes may look like, and the ids that are taken by addresses."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bekwaam.frameworks.editing.refusal import Refusal, no
from bekwaam.frameworks.reading.fields import CODE
from bekwaam.wording import N_

_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_VERSION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+-]{0,39}")
# Words that stand where an id could stand in an address of the product.
RESERVED: Final = frozenset({"vergelijken", "meenemen", "nieuw", "concept", "zoeken", "case", "api"})


def id_refusal(identifier: str) -> Refusal | None:
    """Return what is wrong with an id, None where it will do."""
    if not _ID.fullmatch(identifier):
        message = N_('"{text}" cannot be an id: use small letters, digits and "-".')
        return no("identifier", "odd_id", message, text=identifier)
    if identifier in RESERVED:
        message = N_('"{text}" is a word that Bekwaam itself uses. Choose another id.')
        return no("identifier", "reserved_id", message, text=identifier)
    return None


def version_refusal(version: str) -> Refusal | None:
    """Return what is wrong with the name of a version, None where it will do."""
    if _VERSION.fullmatch(version):
        return None
    message = N_('"{text}" cannot be a version: write it like "1.0".')
    return no("version", "odd_version", message, text=version)


def code_refusal(code: str) -> Refusal | None:
    """Return what is wrong with a code, None where it will do."""
    if not code:
        return no("code", "no_code", N_("Give it a code."))
    if CODE.fullmatch(code):
        return None
    message = N_('"{code}" cannot be a code: use letters, digits, ".", "-" and "_", 40 at most.')
    return no("code", "odd_code", message, code=code)


def id_from(title: str) -> str:
    """Return an id made of a title: "Onze buurt, 2026" becomes "onze-buurt-2026"."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
