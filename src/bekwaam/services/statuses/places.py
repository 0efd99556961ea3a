"""The places of credentials in the status lists of their provider.

Source: W3C Bitstring Status List 1.0, section 6.1. Revoking and suspending have a list each, and a credential
has the same place in both. Places are taken at random and a list is never filled beyond half, so that neither
a place nor the number of a list tells when a certificate was issued, or how many there are.
"""

from __future__ import annotations

import secrets
from typing import Final

from django.db import IntegrityError, transaction

from bekwaam.domain.certificates.claims import StatusEntries, StatusEntry
from bekwaam.services.signing.names import PROVIDERS, identifier
from bekwaam.store.models import Provider, StatusList, StatusPlace
from bekwaam.trust.status import LEAST, REVOCATION, SUSPENSION

FULL: Final = LEAST // 2  # of the places in a list: from here on the next list is used
_DRAWN: Final = 32  # half of them are free, mostly; that none is happens once in four thousand million times
_TRIES: Final = 5


def reserve(provider: Provider) -> StatusPlace:
    """Take a random free place in the lists of ``provider``, in a new list when the present one is half full.

    Inside the caller's transaction: when that fails, the place is free again. Four queries, and two more for
    the first place of a list.
    """
    for _ in range(_TRIES):
        listed = _list_with_room(provider)
        index = _free(listed)
        if index is None:
            continue
        try:
            with transaction.atomic():  # somebody else may have thrown the same
                return StatusPlace.objects.create(list=listed, index=index)
        except IntegrityError:
            continue
    raise RuntimeError("no place in a status list that is half empty")


def list_url(provider_ref: str, number: int, purpose: str) -> str:
    """Return the address by which the list for ``purpose`` is known, in credentials and in the list."""
    return identifier(f"/{PROVIDERS}/{provider_ref}/status/{number}/{purpose}")


def in_leaf(provider: Provider, number: int) -> str:
    """Return how a leaf of the public log names a pair of lists, wherever the installation may be by then."""
    return f"{provider.ref}/{number}"


def entries_of_place(place: StatusPlace) -> StatusEntries:
    """Return where one sees whether the credential at ``place`` was revoked or suspended.

    At most two queries, for the list and the provider where they were not read along.
    """
    listed = place.list
    ref = listed.provider.ref
    return StatusEntries(
        revocation=StatusEntry(list_url(ref, listed.number, REVOCATION), place.index),
        suspension=StatusEntry(list_url(ref, listed.number, SUSPENSION), place.index),
    )


def _list_with_room(provider: Provider) -> StatusList:
    last = StatusList.objects.filter(provider=provider).order_by("-number").first()
    if last is not None and last.places.count() < FULL:
        last.provider = provider
        return last
    number = last.number + 1 if last else 1
    return StatusList.objects.get_or_create(provider=provider, number=number)[0]


def _free(listed: StatusList) -> int | None:
    drawn = [secrets.randbelow(LEAST) for _ in range(_DRAWN)]
    taken = set(listed.places.filter(index__in=drawn).values_list("index", flat=True))
    return next((index for index in drawn if index not in taken), None)
