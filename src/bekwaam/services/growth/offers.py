"""Learning offers of an organisation: looked through, loaded in place of those before, withdrawn, read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.offers import Offer
from bekwaam.domain.growth.rating import rated_units
from bekwaam.domain.growth.ways import WAYS, Way
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.exchange.offer_sheet import OfferRow, OffersRead, read_offer_sheet, write_offer_sheet
from bekwaam.frameworks.model import Framework, Text
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append
from bekwaam.store.models import (
    FrameworkVersion,
    Membership,
    OfferCatalogue,
    Person,
    Procedure,
    Provider,
)
from bekwaam.store.models.shared import new_ref
from bekwaam.wording import N_

MAX_FILE: Final = 5 * 1024 * 1024
_WAYS: Final = {way.value: facts.name for way, facts in WAYS.items()}
_NOTHING: Final = N_("There is nothing in this file that can be loaded.")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The offers that an organisation has on a version, and when they were loaded."""

    identifier: str
    version: str
    title: Text
    name: str
    loaded_at: datetime
    offers: tuple[Offer, ...]


def units_of(framework: Framework) -> tuple[str, ...]:
    """Return the codes that an offer can be about: what a round of self-assessment asks."""
    return tuple(item.code for item in rated_units(framework))


def look_through(data: bytes, name: str, framework: Framework) -> OffersRead:
    """Return what a file has of offers, with what is wrong in it by cell; nothing is loaded."""
    return read_offer_sheet(data, name, framework, units_of(framework), _WAYS, Way.OTHER)


def template(framework: Framework, language: str) -> bytes:
    """Return an empty spreadsheet to fill in for a version."""
    return write_offer_sheet(framework, units_of(framework), _WAYS, language)


@transaction.atomic
def load_offers(
    actor: Person, provider: Provider, version: FrameworkVersion, offers: Iterable[OfferRow], name: str
) -> OfferCatalogue:
    """Load offers in place of all that the provider had on this version; those before stay, withdrawn.

    Raises Refused without the right to, and where there is nothing to load.
    """
    lock_provider(provider)
    insist_at_provider(Action.LOAD_OFFERS, actor, provider)
    plain = [_plain(row) for row in offers]
    if not plain:
        raise Refused(refused("nothing", _NOTHING))
    now = clock.now()
    before = _withdraw(provider, version, now)
    catalogue = OfferCatalogue.objects.create(
        owner=provider, standard=version, offers=plain, name=name[:200], loaded_by=actor, loaded_at=now
    )
    told = {"catalogue": catalogue.ref, "offers": len(plain), "replaces": before.ref if before else None}
    append(
        Event.OFFERS_LOADED,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=now,
        payload=told,
        content=[*([before] if before else []), catalogue],
    )
    return catalogue


@transaction.atomic
def withdraw_offers(actor: Person, provider: Provider, version: FrameworkVersion) -> None:
    """Take the offers on a version out of use. NotFound where there are none."""
    lock_provider(provider)
    insist_at_provider(Action.LOAD_OFFERS, actor, provider)
    now = clock.now()
    row = _withdraw(provider, version, now)
    if row is None:
        raise NotFound
    append(
        Event.OFFERS_WITHDRAWN,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=now,
        payload={"catalogue": row.ref},
        content=[row],
    )


def _withdraw(provider: Provider, version: FrameworkVersion, now: datetime) -> OfferCatalogue | None:
    row = OfferCatalogue.objects.filter(owner=provider, standard=version, withdrawn_at=None).first()
    if row is not None:
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
    return row


def _plain(row: OfferRow) -> dict[str, Any]:
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


def catalogues_of(provider: Provider) -> tuple[Catalogue, ...]:
    """Return the catalogues of a provider that are in use, newest first. One query."""
    rows = OfferCatalogue.objects.filter(owner=provider, withdrawn_at=None)
    rows = rows.select_related("owner", "standard").defer("standard__document")
    return tuple(_catalogue(row) for row in rows)


def offers_for(person: Person, standard_pk: int) -> tuple[Offer, ...]:
    """Return the offers on a version of the organisations that somebody works for or is candidate of.

    One query. A candidate whose procedure was withdrawn sees none of it any more.
    """
    works = Membership.objects.filter(person=person, until=None).order_by().values("provider")
    learns = Procedure.objects.filter(candidate=person).exclude(state__in=(State.WITHDRAWN, State.ERASED))
    rows = OfferCatalogue.objects.filter(standard=standard_pk, withdrawn_at=None)
    rows = rows.filter(Q(owner__in=works) | Q(owner__in=learns.order_by().values("provider")))
    found = rows.select_related("owner").order_by("owner__name", "pk")
    return tuple(offer for row in found for offer in _offers(row))


def offer_for(person: Person, standard_pk: int, ref: str) -> Offer | None:
    """Return one of :func:`offers_for` by its reference; None where there is none. One query."""
    return next((offer for offer in offers_for(person, standard_pk) if offer.ref == ref), None)


def _catalogue(row: OfferCatalogue) -> Catalogue:
    title = Text(row.standard.title["nl"], row.standard.title["en"])
    version = row.standard
    return Catalogue(version.identifier, version.version, title, row.name, row.loaded_at, _offers(row))


def _offers(row: OfferCatalogue) -> tuple[Offer, ...]:
    return tuple(
        Offer(
            ref=one["ref"],
            organisation=row.owner.name,
            name=one["name"],
            way=Way(one["way"]),
            by=one["by"],
            codes=tuple(one["codes"]),
            stage=one["stage"],
            text=one["text"],
            url=one["url"],
        )
        for one in row.offers
    )


def offers_on(provider: Provider, version: FrameworkVersion) -> Catalogue | None:
    """Return what a provider has on one version; None without any. One query."""
    rows = OfferCatalogue.objects.filter(owner=provider, standard=version, withdrawn_at=None)
    row = rows.select_related("owner", "standard").defer("standard__document").first()
    return _catalogue(row) if row else None


def rated_version(version: FrameworkVersion) -> Framework:
    """Return a version that offers can be about; NotFound for one without units."""
    framework = framework_of(version)
    if not rated_units(framework):
        raise NotFound
    return framework
