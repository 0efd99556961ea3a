"""Changing what an organisation has in a list of its own, one entry at a time, on the screen.

Nothing is overwritten: every change is a list of its own in place of the one before, which stays, withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.growth.catalogues import CatalogueKind, put_away, put_in_place, row_in_use
from bekwaam.store.models import Catalogue, FrameworkVersion, Person, Provider
from bekwaam.wording import N_

Entries = tuple[Mapping[str, Any], ...]
Change = Callable[[Entries], Iterable[Mapping[str, Any]]]
"""A pure function of what is in use (empty where nothing is) to what is to stand in its place."""

_NEWER: Final = N_(
    "Somebody changed this list after you opened it. Nothing is lost: open the list beside this page, look "
    "at what is new, and send yours again."
)


@transaction.atomic
def replace_entries(
    actor: Person,
    provider: Provider,
    version: FrameworkVersion,
    kind: CatalogueKind,
    change: Change,
    seen: str,
) -> Catalogue | None:
    """Put what ``change`` makes of the entries in their place; return the new list, None where it is empty.

    ``seen`` is the reference of the list that the person looked at, empty where there was none: what a
    colleague changed since is not overwritten, but refused ("newer"). What ``change`` raises goes through,
    and nothing is written. Where nothing changes nothing is written either. Raises Refused without the
    right to, and NotFound where an empty list is to be emptied.
    """
    lock_provider(provider)
    insist_at_provider(Action.LOAD_CATALOGUE, actor, provider)
    before = row_in_use(provider, version, kind)
    if seen != (before.ref if before else ""):
        raise Refused(refused("newer", _NEWER))
    old: Entries = tuple(before.entries) if before else ()
    new = [dict(entry) for entry in change(old)]
    if not new:
        if before is None:
            raise NotFound
        put_away(actor, provider, version, kind)
        return None
    if before is not None and new == before.entries:
        return before
    name = before.name if before else ""
    return put_in_place(Event.CATALOGUE_CHANGED, actor, provider, version, kind, new, name)
