"""What an organisation keeps lists of: learning offers, function profiles, programmes, interventions.

What is loaded or changed takes the place of what was there, which stays, withdrawn. The spreadsheets are in
:mod:`bekwaam.services.growth.catalogue_files`.
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
from bekwaam.domain.growth.programme import Programme
from bekwaam.domain.growth.ways import Way
from bekwaam.domain.interventions.editing import intervention_of
from bekwaam.domain.interventions.entries import Intervention
from bekwaam.domain.procedures.states import State
from bekwaam.domain.verdict import refused
from bekwaam.frameworks.crosswalk import Reference
from bekwaam.frameworks.function_profile import FunctionProfile
from bekwaam.frameworks.function_profile_document import profile_from_document
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.growth.modules import modules_as_offers, programmes_of
from bekwaam.services.growth.profile_entries import taken_in, written
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Catalogue,
    FrameworkVersion,
    Membership,
    Person,
    Procedure,
    Provider,
    TeamMember,
)
from bekwaam.wording import N_

_NOTHING: Final = N_("There is nothing in this file that can be loaded.")


class CatalogueKind(StrEnum):
    """What a catalogue holds."""

    OFFERS = "offers"
    PROFILES = "profiles"
    PROGRAMME = "programme"
    INTERVENTIONS = "interventions"


_LOADED: Final = {
    CatalogueKind.OFFERS: Event.OFFERS_LOADED,
    CatalogueKind.PROFILES: Event.PROFILES_LOADED,
    CatalogueKind.PROGRAMME: Event.PROGRAMMES_LOADED,
    CatalogueKind.INTERVENTIONS: Event.INTERVENTIONS_LOADED,
}
_WITHDRAWN: Final = {
    CatalogueKind.OFFERS: Event.OFFERS_WITHDRAWN,
    CatalogueKind.PROFILES: Event.PROFILES_WITHDRAWN,
    CatalogueKind.PROGRAMME: Event.PROGRAMMES_WITHDRAWN,
    CatalogueKind.INTERVENTIONS: Event.INTERVENTIONS_WITHDRAWN,
}


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
    programmes: tuple[Programme, ...] = ()
    interventions: tuple[Intervention, ...] = ()


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


def entries_in_use(provider: Provider, framework: Framework, kind: CatalogueKind) -> list[Any]:
    """Return what is kept on a version, as plain JSON; empty where there is nothing. One query."""
    rows = Catalogue.objects.filter(owner=provider, kind=kind.value, withdrawn_at=None)
    here = rows.filter(standard__identifier=framework.id, standard__version=framework.version)
    return here.values_list("entries", flat=True).first() or []


def in_use(provider: Provider, kind: CatalogueKind) -> dict[int, InUse]:
    """Return what a provider has of one kind, by the key of the framework version. One query."""
    rows = _with_names(Catalogue.objects.filter(owner=provider, kind=kind.value, withdrawn_at=None))
    return {row.standard_id: _read(row) for row in rows}


def offers_for(person: Person, standard_pk: int) -> tuple[Offer, ...]:
    """Return what the organisations that are somebody's offer to learn on a version. One query.

    First their learning offers, then the modules of their programmes.
    """
    kinds = (CatalogueKind.OFFERS, CatalogueKind.PROGRAMME)
    read = [_read(row) for row in of_their_organisations(person, *kinds).filter(standard=standard_pk)]
    return tuple(offer for one in sorted(read, key=lambda one: bool(one.programmes)) for offer in one.offers)


def offer_for(person: Person, standard_pk: int, ref: str) -> Offer | None:
    """Return one of :func:`offers_for` by its reference; None where there is none. One query."""
    return next((offer for offer in offers_for(person, standard_pk) if offer.ref == ref), None)


def own_profiles_for(person: Person) -> tuple[tuple[str, tuple[FunctionProfile, ...]], ...]:
    """Return the profiles of somebody's organisations, with the organisation's name. One query."""
    rows = of_their_organisations(person, CatalogueKind.PROFILES)
    return tuple((row.owner.name, _read(row).profiles) for row in rows)


def of_their_organisations(person: Person, *kinds: CatalogueKind) -> QuerySet[Catalogue]:
    """Return what is in use where somebody works, is in a team or cohort, or is candidate. No query.

    Most members of a team hold no role at the organisation: being in its team makes them one of its people.
    """
    works = Membership.objects.filter(person=person, until=None).order_by().values("provider")
    learns = Procedure.objects.filter(candidate=person).exclude(state__in=(State.WITHDRAWN, State.ERASED))
    together = TeamMember.objects.filter(person=person, left_at=None, joined_at__isnull=False)
    theirs = (
        Q(owner__in=works)
        | Q(owner__in=learns.order_by().values("provider"))
        | Q(owner__in=together.order_by().values("team__provider"))
    )
    rows = Catalogue.objects.filter(theirs, kind__in=[kind.value for kind in kinds], withdrawn_at=None)
    return _with_names(rows).order_by("owner__name", "pk")


def _with_names(rows: QuerySet[Catalogue]) -> QuerySet[Catalogue]:
    return rows.select_related("owner", "standard").defer("standard__document")


def version_of(row: Catalogue) -> Reference:
    """Return the version that a catalogue is tied to, of a row with its version."""
    return Reference(row.standard.identifier, row.standard.version)


def interventions_in(row: Catalogue) -> tuple[Intervention, ...]:
    """Return what a row of interventions holds, of a row with its version and owner."""
    return tuple(intervention_of(entry, row.owner.name, version_of(row)) for entry in row.entries)


def _read(row: Catalogue) -> InUse:
    offers: tuple[Offer, ...] = ()
    profiles: tuple[FunctionProfile, ...] = ()
    programmes: tuple[Programme, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    if row.kind == CatalogueKind.OFFERS:
        offers = tuple(_offer(row.owner.name, entry) for entry in row.entries)
    elif row.kind == CatalogueKind.PROFILES:
        profiles = tuple(map(profile_from_document, row.entries))
    elif row.kind == CatalogueKind.PROGRAMME:
        programmes = programmes_of(row.entries)
        offers = tuple(offer for one in programmes for offer in modules_as_offers(row.owner.name, one))
    else:
        interventions = interventions_in(row)
    return InUse(
        ref=row.ref,
        standard_pk=row.standard_id,
        name=row.name,
        loaded_at=row.loaded_at,
        number=len(row.entries),
        offers=offers,
        profiles=profiles,
        programmes=programmes,
        interventions=interventions,
    )


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
