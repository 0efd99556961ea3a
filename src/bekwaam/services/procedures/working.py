"""How a provider works on a standard: settling it, and what a procedure keeps of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.findings import InstrumentKind
from bekwaam.domain.assessment.instruments import InstrumentRule, InstrumentsAsked
from bekwaam.domain.assessment.working import USUAL_FACTS_DAYS, USUAL_TERMS, WayOfWorking, check_way
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.frameworks.versions import standards
from bekwaam.store.audit import append
from bekwaam.store.models import Person, Procedure, Provider, StandardSettings
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class Settled:
    """A way of working as it was settled: by whom, when; ``ref`` is empty for what was never settled."""

    way: WayOfWorking
    ref: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StandardWay:
    """How a provider works now on one standard. ``title`` holds both languages."""

    identifier: str
    title: dict[str, str]
    now: Settled


def way_of(procedure: Procedure) -> WayOfWorking:
    """Return how it is worked in a procedure: as it was settled when it started.

    No query where the procedure was read with ``working`` and ``provider``.
    """
    return _way(procedure.working) if procedure.working else _usual(procedure.provider)


def _usual(provider: Provider) -> WayOfWorking:
    """Return how a provider works where it settled nothing."""
    rule = InstrumentRule.ANY if provider.second_instrument_required else InstrumentRule.NONE
    return WayOfWorking(assessors=provider.assessors_needed, asked=InstrumentsAsked(rule))


def _way(row: StandardSettings) -> WayOfWorking:
    asked = InstrumentsAsked(
        InstrumentRule(row.instrument_rule),
        tuple(InstrumentKind(kind) for kind in row.instruments),
        row.no_instrument_reason,
    )
    return WayOfWorking(
        assessors=row.assessors,
        role_split=row.role_split,
        asked=asked,
        terms={State(state): days for state, days in row.terms.items()},
        objection_days=row.objection_days,
        answer_weeks=row.answer_weeks,
        facts_days=USUAL_FACTS_DAYS if row.facts_days is None else row.facts_days,
    )


def terms_of(row: StandardSettings | None) -> Mapping[State, int]:
    """Return the terms that were settled, or the usual ones where nothing was."""
    return _way(row).terms if row else USUAL_TERMS


def settings_now(provider: Provider, identifier: str) -> StandardSettings | None:
    """Return the row that holds now for a standard, if any was ever made. One query."""
    rows = StandardSettings.objects.filter(provider=provider, identifier=identifier, replaced_by=None)
    return rows.first()


@transaction.atomic
def set_working(
    actor: Person, provider: Provider, identifier: str, way: WayOfWorking, seen: str | None = None
) -> StandardSettings:
    """Settle how a provider works on a standard. Procedures that run keep what they started with.

    ``seen`` is the reference of the settings that the actor had before them (empty: there were none); when
    others stand by now, Invalid is raised, so that nobody undoes a colleague's change unread. None leaves
    that out. Raises Invalid with every fault, NotFound for a standard that the provider cannot use.
    """
    lock_provider(provider)
    insist_at_provider(Action.SET_WORKING, actor, provider)
    if identifier not in {version.identifier for version in standards(provider)}:
        raise NotFound
    last = settings_now(provider, identifier)
    faults = check_way(way)
    if seen is not None and seen != (last.ref if last else ""):
        message = N_("Meanwhile somebody else changed this. Look at what stands now; then save again.")
        faults = (*faults, Fault("", "stale", message))
    if faults:
        raise Invalid(faults)
    now = clock.now()
    row = StandardSettings.objects.create(
        provider=provider, identifier=identifier, set_by=actor, set_at=now, replaces=last, **_columns(way)
    )
    append(
        Event.WORKING_SET,
        actor=actor,
        subject=f"provider:{provider.ref}",
        now=now,
        payload={"standard": identifier, "settings": row.ref, "replaces": last.ref if last else None},
        content=[row],
    )
    return row


def _columns(way: WayOfWorking) -> dict[str, object]:
    asked = way.asked
    return {
        "assessors": way.assessors,
        "role_split": way.role_split,
        "instrument_rule": asked.rule.value,
        "instruments": [k.value for k in InstrumentKind if k in asked.kinds]
        if asked.rule is InstrumentRule.THESE
        else [],
        "no_instrument_reason": asked.reason.strip() if asked.rule is InstrumentRule.NONE else "",
        "terms": {state.value: days for state, days in way.terms.items()},
        "objection_days": way.objection_days,
        "answer_weeks": way.answer_weeks,
        "facts_days": way.facts_days,
    }


def ways(provider: Provider) -> tuple[StandardWay, ...]:
    """Return how a provider works on each standard that it can use. Two queries."""
    rows = StandardSettings.objects.filter(provider=provider, replaced_by=None).select_related("set_by")
    known = {row.identifier: _settled(row) for row in rows}
    found: dict[str, StandardWay] = {}
    for version in standards(provider):  # the newest version comes first
        now = known.get(version.identifier, Settled(_usual(provider)))
        found.setdefault(version.identifier, StandardWay(version.identifier, version.title, now))
    return tuple(found.values())


def history(provider: Provider, identifier: str) -> tuple[Settled, ...]:
    """Return every way of working that was ever settled for a standard, newest first. One query."""
    rows = StandardSettings.objects.filter(provider=provider, identifier=identifier)
    return tuple(_settled(row) for row in rows.select_related("set_by"))


def _settled(row: StandardSettings) -> Settled:
    return Settled(_way(row), row.ref, row.set_by.name, row.set_at)
