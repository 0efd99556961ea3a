"""Announcing and drawing a sample of dossiers, on record. How: :mod:`bekwaam.domain.auditing.sampling`."""

from __future__ import annotations

import secrets
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.auditing.sampling import (
    HALF_BYTES,
    MOST_DRAWN,
    Criteria,
    Dated,
    check_criteria,
    check_half,
    criteria_from,
    draw,
    fingerprint,
    list_hash,
    seed_of,
    size_of,
)
from bekwaam.domain.events import Event
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Procedure, Provider, Sample
from bekwaam.wording import N_

_DAY_OF: Final = {Dated.STARTED: "started_at", Dated.DECIDED: "decision__decided_at"}


@transaction.atomic
def announce_sample(actor: Person, provider: Provider, criteria: Criteria) -> Sample:
    """Fix from what will be drawn and the program's half of the seed; nothing is read or drawn yet.

    Raises Invalid with every fault of the criteria, Refused for whoever is no auditor here.
    """
    insist_at_provider(Action.DRAW_SAMPLE, actor, provider)
    faults = check_criteria(criteria)
    if faults:
        raise Invalid(faults)
    now = clock.now()
    sample = Sample.objects.create(
        provider=provider,
        auditor=actor,
        criteria=criteria.plain(),
        program_half=secrets.token_hex(HALF_BYTES),
        announced_at=now,
    )
    payload = {
        "sample": sample.ref,
        "criteria": sample.criteria,
        "fingerprint": fingerprint(sample.program_half),
    }
    _record(Event.SAMPLE_ANNOUNCED, actor, sample, now, payload)
    return sample


@transaction.atomic
def draw_sample(actor: Person, provider: Provider, ref: str, own_half: str) -> Sample:
    """Draw an announced sample with the auditor's own half of the seed. Only who announced it, and only once.

    Raises Invalid for a half that is none, Refused where nothing fits the criteria or far too much does; then
    nothing was drawn and the seed is still unknown.
    """
    lock_provider(provider)
    insist_at_provider(Action.DRAW_SAMPLE, actor, provider)
    found = Sample.objects.select_for_update(of=("self",)).select_related("provider", "auditor")
    sample = found.filter(provider=provider, ref=ref).first()
    if sample is None:
        raise NotFound
    _insist_it_can_be_drawn(actor, sample)
    faults = check_half(own_half)
    if faults:
        raise Invalid(faults)
    criteria = criteria_from(sample.criteria)
    sample.own_half = own_half.strip()
    sample.seed = seed_of(sample.program_half, sample.own_half)
    sample.population = sorted(_fitting(provider, criteria).values_list("ref", flat=True))
    number = size_of(criteria, len(sample.population))
    _insist_it_is_a_sample(number)
    sample.drawn = list(draw(sample.seed, sample.population, number))
    sample.drawn_at = clock.now()
    sample.save()
    payload = {
        "sample": sample.ref,
        "program_half": sample.program_half,
        "seed": sample.seed,
        "list_sha256": list_hash(sample.population),
        "total": len(sample.population),
        "drawn": sample.drawn,
    }
    _record(Event.SAMPLE_DRAWN, actor, sample, sample.drawn_at, payload)
    return sample


def _insist_it_can_be_drawn(actor: Person, sample: Sample) -> None:
    if sample.auditor_id != actor.pk:
        raise Refused(refused("not_yours", N_("Only {name} draws this sample."), name=sample.auditor.name))
    if sample.drawn_at is not None:
        raise Refused(refused("drawn", N_("This sample has been drawn and stays as it is.")))


def _insist_it_is_a_sample(number: int) -> None:
    if number == 0:
        raise Refused(
            refused("nothing_fits", N_("No dossier fits this. Announce a sample with a wider choice."))
        )
    if number > MOST_DRAWN:
        message = N_("This would be {number} dossiers; {most} is the most. Announce a smaller sample.")
        raise Refused(refused("too_many", message, number=number, most=MOST_DRAWN))


def _fitting(provider: Provider, criteria: Criteria) -> QuerySet[Procedure]:
    found = Procedure.objects.filter(provider=provider, state__in=[state.value for state in criteria.states])
    identifier, _, version = criteria.standard.partition("@")
    if identifier:
        found = found.filter(standard__identifier=identifier, standard__version=version)
    day = _DAY_OF[criteria.dated]
    period = {
        f"{day}__gte": _begin_of(criteria.start),
        f"{day}__lt": _begin_of(criteria.end + timedelta(days=1)),
    }
    return found.filter(**period).order_by()


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _record(event: Event, actor: Person, sample: Sample, now: datetime, payload: dict[str, object]) -> None:
    subject = f"provider:{sample.provider.ref}"
    append(event, actor=actor, subject=subject, now=now, payload=payload, content=[sample])
