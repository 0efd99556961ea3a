"""What an organisation loads from a spreadsheet: learning offers and function profiles of its own.

Each is looked through first; what is loaded takes the place of what was there, which stays, withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.offers import Offer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.exchange.offer_sheet import OfferRow, read_offer_sheet, write_offer_sheet
from bekwaam.frameworks.exchange.profile_sheet import (
    asked_codes,
    profiles_of,
    read_profile_sheet,
    write_profile_sheet,
)
from bekwaam.frameworks.faults import Fault
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.function_profile_document import profile_document, profile_from_document
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.growth.profile_entries import taken_in, written
from bekwaam.store.audit import append
from bekwaam.store.models import Catalogue, FrameworkVersion, Membership, Person, Procedure, Provider
from bekwaam.store.models.shared import new_ref
from bekwaam.wording import N_

MAX_FILE: Final = 5 * 1024 * 1024
_WAYS: Final = {way.value: facts.name for way, facts in WAYS.items()}
_NOTHING: Final = N_("There is nothing in this file that can be loaded.")


class CatalogueKind(StrEnum):
    """What a catalogue holds."""

    OFFERS = "offers"
    PROFILES = "profiles"


_LOADED: Final = {
    CatalogueKind.OFFERS: Event.OFFERS_LOADED,
    CatalogueKind.PROFILES: Event.PROFILES_LOADED,
}
_WITHDRAWN: Final = {
    CatalogueKind.OFFERS: Event.OFFERS_WITHDRAWN,
    CatalogueKind.PROFILES: Event.PROFILES_WITHDRAWN,
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would load, as plain JSON, with what is wrong in it by cell."""

    entries: tuple[Mapping[str, Any], ...]
    faults: tuple[Fault, ...]
    repairs: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class InUse:
    """A catalogue that is in use: the file it came from, when it was loaded, and what is in it.

    ``ref`` is what says whether it is still the one that somebody looked at.
    """

    ref: str
    standard_pk: int
    name: str
    loaded_at: datetime
    number: int
    offers: tuple[Offer, ...] = ()
    profiles: tuple[FunctionProfile, ...] = ()


def units_of(kind: CatalogueKind, framework: Framework) -> tuple[str, ...]:
    """Return the codes that a catalogue can be about; none where it has no use for this framework."""
    if kind is CatalogueKind.PROFILES:
        return asked_codes(framework)
    return tuple(item.code for item in rated_units(framework))


def template(kind: CatalogueKind, framework: Framework, language: str) -> bytes:
    """Return an empty spreadsheet to fill in for a version."""
    if kind is CatalogueKind.PROFILES:
        return write_profile_sheet(framework, language)
    return write_offer_sheet(framework, units_of(kind, framework), _WAYS, language)


def look_through(
    kind: CatalogueKind, data: bytes, name: str, framework: Framework, provider: Provider
) -> Looked:
    """Return what a file holds for ``provider``, with what is wrong in it by cell; nothing is loaded."""
    if kind is CatalogueKind.PROFILES:
        read = read_profile_sheet(data, name, framework)
        made = profiles_of(read.rows, framework, provider.name, provider.ref)
        return Looked(tuple(map(profile_document, made)), read.faults, read.repairs)
    found = read_offer_sheet(data, name, framework, units_of(kind, framework), _WAYS, Way.OTHER)
    return Looked(tuple(map(offer_entry, found.rows)), found.faults, found.repairs)


def offer_entry(row: OfferRow) -> dict[str, Any]:
    """Return an offer as it is kept, with a reference of its own."""
    return {
        "ref": new_ref(),
        "name": row.name,
        "way": row.way,
        "by": row.by,
        "codes": list(row.codes),
        "stage": row.stage,
        "text": row.text,
        "url": row.url,
    }


@transaction.atomic
def load_catalogue(
    actor: Person,
    provider: Provider,
    version: FrameworkVersion,
    kind: CatalogueKind,
    entries: Iterable[Mapping[str, Any]],
    name: str,
) -> Catalogue:
    """Load what was looked through in place of all that the provider had of this kind on this version.

    Raises Refused without the right to, and where there is nothing to load.
    """
    lock_provider(provider)
    insist_at_provider(Action.LOAD_CATALOGUE, actor, provider)
    plain = [dict(entry) for entry in entries]
    if kind is CatalogueKind.PROFILES:
        plain = _as_they_are_here(plain, provider, row_in_use(provider, version, kind))
    if not plain:
        raise Refused(refused("nothing", _NOTHING))
    return put_in_place(_LOADED[kind], actor, provider, version, kind, plain, name)


def _as_they_are_here(
    loaded: list[dict[str, Any]], provider: Provider, row: Catalogue | None
) -> list[dict[str, Any]]:
    """Return loaded profiles as those that are here already, by their names, with the day of their change."""
    old = row.entries if row else []
    profiles = taken_in(old, map(profile_from_document, loaded), provider.ref)
    seen, today = row.ref if row else "", clock.today().isoformat()
    return [dict(entry) for entry in written(old, profiles, seen, today)]


def put_in_place(
    event: Event,
    actor: Person,
    provider: Provider,
    version: FrameworkVersion,
    kind: CatalogueKind,
    entries: list[dict[str, Any]],
    name: str,
) -> Catalogue:
    """Keep ``entries`` in place of what is in use, in the transaction and under the lock of who calls."""
    now = clock.now()
    before = _withdraw(provider, version, kind, now)
    made = Catalogue.objects.create(
        owner=provider,
        standard=version,
        kind=kind.value,
        entries=entries,
        name=name[:200],
        loaded_by=actor,
        loaded_at=now,
    )
    told = {"catalogue": made.ref, "entries": len(entries), "replaces": before.ref if before else None}
    _record(event, actor, provider, now, told, [*([before] if before else []), made])
    return made


@transaction.atomic
def withdraw_catalogue(
    actor: Person, provider: Provider, version: FrameworkVersion, kind: CatalogueKind
) -> None:
    """Take what is loaded on a version out of use. NotFound where there is nothing."""
    lock_provider(provider)
    insist_at_provider(Action.LOAD_CATALOGUE, actor, provider)
    put_away(actor, provider, version, kind)


def put_away(actor: Person, provider: Provider, version: FrameworkVersion, kind: CatalogueKind) -> None:
    """Take what is in use out of use, in the transaction and under the lock of who calls."""
    now = clock.now()
    row = _withdraw(provider, version, kind, now)
    if row is None:
        raise NotFound
    _record(_WITHDRAWN[kind], actor, provider, now, {"catalogue": row.ref}, [row])


def _record(
    event: Event,
    actor: Person,
    provider: Provider,
    now: datetime,
    payload: dict[str, Any],
    content: list[Catalogue],
) -> None:
    subject = f"provider:{provider.ref}"
    append(event, actor=actor, subject=subject, now=now, payload=payload, content=content)


def _withdraw(
    provider: Provider, version: FrameworkVersion, kind: CatalogueKind, now: datetime
) -> Catalogue | None:
    row = row_in_use(provider, version, kind)
    if row is not None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
    return row


def row_in_use(provider: Provider, version: FrameworkVersion, kind: CatalogueKind) -> Catalogue | None:
    """Return the row that is in use on a version; None where there is none. One query."""
    rows = Catalogue.objects.filter(owner=provider, standard=version, kind=kind.value, withdrawn_at=None)
    return rows.first()


def in_use(provider: Provider, kind: CatalogueKind) -> dict[int, InUse]:
    """Return what a provider has of one kind, by the key of the framework version. One query."""
    rows = Catalogue.objects.filter(owner=provider, kind=kind.value, withdrawn_at=None)
    return {row.standard_id: _read(row) for row in rows.select_related("owner")}


def offers_for(person: Person, standard_pk: int) -> tuple[Offer, ...]:
    """Return the learning offers on a version of the organisations that are somebody's. One query."""
    rows = of_their_organisations(person, CatalogueKind.OFFERS).filter(standard=standard_pk)
    return tuple(offer for row in rows for offer in _read(row).offers)


def offer_for(person: Person, standard_pk: int, ref: str) -> Offer | None:
    """Return one of :func:`offers_for` by its reference; None where there is none. One query."""
    return next((offer for offer in offers_for(person, standard_pk) if offer.ref == ref), None)


def own_profiles_for(person: Person) -> tuple[tuple[str, tuple[FunctionProfile, ...]], ...]:
    """Return the profiles of somebody's organisations, with the organisation's name. One query."""
    rows = of_their_organisations(person, CatalogueKind.PROFILES)
    return tuple((row.owner.name, _read(row).profiles) for row in rows)


def of_their_organisations(person: Person, kind: CatalogueKind) -> QuerySet[Catalogue]:
    """Return what is in use at the organisations that somebody works for, or is candidate of. No query."""
    works = Membership.objects.filter(person=person, until=None).order_by().values("provider")
    learns = Procedure.objects.filter(candidate=person).exclude(state__in=(State.WITHDRAWN, State.ERASED))
    theirs = Q(owner__in=works) | Q(owner__in=learns.order_by().values("provider"))
    rows = Catalogue.objects.filter(theirs, kind=kind.value, withdrawn_at=None)
    return rows.select_related("owner").order_by("owner__name", "pk")


def _read(row: Catalogue) -> InUse:
    offers: tuple[Offer, ...] = ()
    profiles: tuple[FunctionProfile, ...] = ()
    if row.kind == CatalogueKind.OFFERS:
        offers = tuple(_offer(row.owner.name, entry) for entry in row.entries)
    else:
        profiles = tuple(map(profile_from_document, row.entries))
    return InUse(row.ref, row.standard_id, row.name, row.loaded_at, len(row.entries), offers, profiles)


def _offer(organisation: str, entry: Mapping[str, Any]) -> Offer:
    return Offer(
        ref=entry["ref"],
        organisation=organisation,
        name=entry["name"],
        way=Way(entry["way"]),
        by=entry["by"],
        codes=tuple(entry["codes"]),
        stage=entry["stage"],
        text=entry["text"],
        url=entry["url"],
    )
