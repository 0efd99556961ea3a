"""Rounds of self-assessment: begin, fill in, finish, throw away. Only ever one's own.

While a round is open its ratings are a draft and nobody's business; finishing fixes them and leaves an
entry in the audit chain that commits to all of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final

from django.db import IntegrityError, transaction

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.growth.rating import is_value, rated_inside, rated_units
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.audit import append, drop_openings, erased
from bekwaam.store.models import FrameworkVersion, Person, SelfRating, SelfRound
from bekwaam.wording import N_

MAX_NOTE: Final = 5_000
_TOO_LONG: Final = N_("This is too long: 5,000 characters is the most.")


def start_round(actor: Person, standard: FrameworkVersion) -> SelfRound:
    """Begin a round; where one is open on this version, go on with that.

    Raises Refused for a framework in which there is nothing to rate oneself on.
    """
    if not rated_units(framework_of(standard)):
        raise Refused(
            refused("nothing_to_rate", N_("There is nothing in this framework to rate yourself on."))
        )
    mine = SelfRound.objects.filter(owner=actor, standard=standard, finished_at=None)
    found = mine.first()
    if found is not None:
        return found
    try:
        return _begin(actor, standard)
    except IntegrityError:  # a double click: the other one made it
        return mine.get()


@transaction.atomic
def _begin(actor: Person, standard: FrameworkVersion) -> SelfRound:
    now = clock.now()
    round_ = SelfRound.objects.create(owner=actor, standard=standard, started_at=now)
    _record(Event.SELF_ASSESSMENT_BEGUN, actor, round_, now, content=[round_])
    return round_


@transaction.atomic
def rate(actor: Person, ref: str, unit: str, values: Mapping[str, str], note: str = "") -> None:
    """Rate oneself on a unit of an open round and on what lies inside it; ``values`` is by code.

    An empty value takes a rating away. Raises Invalid with every fault, Refused once the round is finished,
    NotFound for a round of somebody else or a unit that is not rated.
    """
    round_ = _open_round(actor, ref)
    framework = framework_of(round_.standard)
    if unit not in {item.code for item in rated_units(framework)}:
        raise NotFound
    own = {unit, *(item.code for item in rated_inside(framework, unit))}
    faults = [
        Fault(code, "unknown", N_("Choose one of the answers."))
        for code, value in values.items()
        if code not in own or (value and not is_value(framework, framework.by_code[code], value))
    ]
    if len(note) > MAX_NOTE:
        faults.append(Fault("note", "too_long", _TOO_LONG))
    if note.strip() and not values.get(unit):
        faults.append(Fault(unit, "empty", N_("Choose where you are now; then your note can be kept.")))
    if faults:
        raise Invalid(tuple(faults))
    SelfRating.objects.filter(round=round_, code__in=own).delete()
    SelfRating.objects.bulk_create(
        SelfRating(round=round_, code=code, value=value, note=note.strip() if code == unit else "")
        for code, value in values.items()
        if value
    )


@transaction.atomic
def finish_round(actor: Person, ref: str, reflection: str = "") -> SelfRound:
    """Finish a round: from now on it is fixed. A round need not be complete, but not empty either."""
    round_ = _open_round(actor, ref)
    if len(reflection) > MAX_NOTE:
        raise Invalid((Fault("reflection", "too_long", _TOO_LONG),))
    if not round_.ratings.exists():
        raise Refused(refused("empty_round", N_("Rate yourself on at least one part first.")))
    round_.reflection = reflection.strip()
    round_.finished_at = clock.now()
    round_.save()
    number = round_.ratings.count()
    _record(Event.SELF_ASSESSED, actor, round_, round_.finished_at, {"ratings": number}, [round_])
    return round_


@transaction.atomic
def drop_round(actor: Person, ref: str) -> None:
    """Throw an open round away. A finished one stays."""
    round_ = _open_round(actor, ref)
    gone = {"erased": [erased(round_)]}
    _record(Event.SELF_ASSESSMENT_DROPPED, actor, round_, clock.now(), gone)
    drop_openings(round_)
    round_.delete()


def _record(
    event: Event,
    actor: Person,
    round_: SelfRound,
    now: datetime,
    payload: Mapping[str, Any] = MappingProxyType({}),
    content: Sequence[SelfRound] = (),
) -> None:
    told = {"round": round_.ref, **payload}
    append(event, actor=actor, subject=f"person:{actor.ref}", now=now, payload=told, content=content)


def _open_round(actor: Person, ref: str) -> SelfRound:
    """Return an open round of one's own, locked."""
    found = SelfRound.objects.select_for_update(of=("self",)).filter(owner=actor, ref=ref)
    round_ = found.select_related("standard").defer("standard__document").first()
    if round_ is None:
        raise NotFound
    if round_.finished_at is not None:
        raise Refused(
            refused(
                "finished", N_("This round is finished and stays as it is. Begin a new one to change it.")
            )
        )
    return round_
