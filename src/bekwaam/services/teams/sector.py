"""An organisation beside the sector: whether it takes part, and numbers over those that do.

A report on the sector is made from what organisations were shown already: their newest kept report over all
their teams together. The rules are in :mod:`bekwaam.domain.teams.sector`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.growth.target import target_of_standard
from bekwaam.domain.teams.sector import (
    FEWEST_TOGETHER,
    FRESH,
    REMEMBERED,
    Part,
    SectorNumbers,
    SectorUnit,
    may_make,
    sector,
)
from bekwaam.domain.teams.series import Reach, reach
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_provider, lock_provider
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.teams.reports import ALL, from_plain
from bekwaam.store.audit import append
from bekwaam.store.models import (
    BenchmarkChoice,
    FrameworkVersion,
    Person,
    Provider,
    SectorReport,
    TeamReport,
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Beside:
    """One unit: of an organisation (None where its report does not hold it), and of the sector in percents.

    ``organisations`` is over how many organisations the percents are.
    """

    unit: str
    asked: str
    own: Reach | None
    percent: int
    organisations: int


@dataclass(frozen=True, slots=True)
class SectorShown:
    """The newest report on the sector, with when it was made and when the own report was, if there is one."""

    made_at: datetime
    own_at: datetime | None
    units: tuple[Beside, ...]


@transaction.atomic
def choose_benchmark(actor: Person, provider: Provider, *, given: bool) -> None:
    """Let an organisation count for the sector from the next report on, or no longer; twice is once."""
    insist_at_provider(Action.JOIN_BENCHMARK, actor, provider)
    lock_provider(provider)
    if takes_part(provider) == given:
        return
    now = clock.now()
    row = BenchmarkChoice.objects.create(provider=provider, given=given, chosen_by=actor, at=now)
    subject, payload = f"provider:{provider.ref}", {"given": given}
    append(Event.BENCHMARK_CHOSEN, actor=actor, subject=subject, now=now, payload=payload, content=[row])


def takes_part(provider: Provider) -> bool:
    """Tell whether an organisation takes part now: the newest choice counts. One query."""
    row = BenchmarkChoice.objects.filter(provider=provider).order_by("at", "pk").last()
    return row is not None and row.given


def how_many_take_part() -> int:
    """Return how many organisations take part now. One query."""
    count: int = _taking_part().count()
    return count


def beside_sector(provider: Provider, standard: FrameworkVersion, layer: Layer) -> SectorShown | None:
    """Return an organisation beside the newest report on the sector; None where there is none. Two queries.

    For organisations that take part alone: whoever asks has looked at :func:`takes_part`.
    """
    row = SectorReport.objects.filter(standard=standard, layer=layer).last()
    if row is None:
        return None
    reports = TeamReport.objects.filter(provider=provider, standard=standard, layer=layer, per_team=False)
    own = reports.last()
    bands = from_plain(own.document).shown(ALL) if own else {}
    asked = row.document["asked"]
    units = tuple(
        Beside(one.unit, asked[one.unit], _reach(bands, one.unit, asked), one.percent, one.organisations)
        for one in _from_plain(row.document)
    )
    return SectorShown(row.made_at, own.made_at if own else None, units)


def make_sector_reports() -> int:
    """Make every report on the sector that can be made now; return how many. For the worker.

    Each is one transaction: what fails is made the next time, and stops no other.
    """
    made = 0
    fresh = _fresh().order_by().values_list("standard", "layer").distinct()
    for standard, layer in sorted(set(fresh)):
        try:
            made += make_sector_report(FrameworkVersion.objects.get(pk=standard), Layer(layer)) is not None
        except Exception:
            logger.exception("a report on the sector could not be made: %s %s", standard, layer)
    return made


@transaction.atomic
def make_sector_report(standard: FrameworkVersion, layer: Layer) -> SectorReport | None:
    """Make a report on the sector in one layer; None where there may be none now. At most seven queries."""
    FrameworkVersion.objects.select_for_update(no_key=True).only("pk").get(pk=standard.pk)
    now = clock.now()
    kept = SectorReport.objects.filter(standard=standard, layer=layer)
    last = kept.last()
    if not may_make(timezone.localdate(last.made_at) if last else None, timezone.localdate(now)):
        return None
    target = target_of_standard(framework_of(standard))
    asked = {ask.code: ask.value for ask in target.asks}
    newest = _fresh().filter(standard=standard, layer=layer).order_by()
    place = Window(RowNumber(), partition_by=F("provider"), order_by=[F("made_at").desc(), F("pk").desc()])
    rows = newest.annotate(place=place).filter(place=1).select_related("provider")
    units = _parts(rows, asked)
    earlier = kept.filter(made_at__gte=now - REMEMBERED).values_list("document", flat=True)
    numbers = sector(units, map(_from_plain, earlier))
    if not numbers:
        return None
    row = SectorReport.objects.create(
        standard=standard, layer=layer, document=_plain(numbers, asked), made_at=now
    )
    payload = {"report": row.ref, "units": len(numbers), "layer": layer.value}
    subject = f"framework:{standard.identifier}"
    append(Event.SECTOR_REPORTED, actor=None, subject=subject, now=now, payload=payload, content=[row])
    return row


def waits_for(standard: FrameworkVersion, layer: Layer) -> int:
    """Return how many organisations more have to take part with a report of their own; 0 for enough."""
    there: int = (
        _fresh().filter(standard=standard, layer=layer).order_by().values("provider").distinct().count()
    )
    return max(0, FEWEST_TOGETHER - there)


def _taking_part() -> Any:
    newest = BenchmarkChoice.objects.filter(provider=OuterRef("pk")).order_by("-at", "-pk")
    return Provider.objects.alias(chosen=Subquery(newest.values("given")[:1])).filter(chosen=True)


def _fresh() -> Any:
    """Return the reports that may count now: over all teams together, not too old, of who takes part."""
    part = Exists(_taking_part().filter(pk=OuterRef("provider")))
    return TeamReport.objects.filter(part, per_team=False, made_at__gte=clock.now() - FRESH)


def _parts(rows: Iterable[TeamReport], asked: Mapping[str, str]) -> dict[str, list[Part]]:
    """Return by unit what each organisation brings to it, where its bands give one number."""
    units: dict[str, list[Part]] = {code: [] for code in asked}
    for row in rows:
        bands = from_plain(row.document).shown(ALL)
        for code in asked:
            point = _reach(bands, code, asked)
            if point is not None and point.exact:
                units[code].append(Part(row.provider.ref, row.ref, point.people, point.low))
    return units


def _reach(bands: Mapping[str, Any], unit: str, asked: Mapping[str, str]) -> Reach | None:
    return reach(bands[unit], asked[unit]) if unit in bands else None


def _plain(numbers: SectorNumbers, asked: Mapping[str, str]) -> dict[str, Any]:
    return {
        "asked": {one.unit: asked[one.unit] for one in numbers},
        "units": [
            [one.unit, [[part.organisation, part.report, part.people, part.at] for part in one.parts]]
            for one in numbers
        ],
    }


def _from_plain(document: Mapping[str, Any]) -> SectorNumbers:
    return tuple(SectorUnit(unit, tuple(Part(*part) for part in parts)) for unit, parts in document["units"])
