"""The rows of a table for research, read a thousand people at a time in the order of their codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from django.db.models import Q
from django.utils import timezone

from bekwaam.domain.growth.gap import Layer
from bekwaam.domain.procedures.states import OUTCOME_KNOWN
from bekwaam.domain.teams.analysis import Known, Said, Shape, Value, quarter_name
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import (
    DecisionRecord,
    FeedbackAnswer,
    FrameworkVersion,
    Provider,
    SelfRating,
    SelfRound,
)

AT_ONCE: Final = 1_000


@dataclass(slots=True)
class Table:
    """Of whom what may be in it: people and teams as codes. ``rows`` counts what was read so far."""

    provider: Provider
    allowed: Mapping[tuple[int, Layer], frozenset[int]]
    people: Mapping[int, str]
    teams: Mapping[int, str]
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Time:
    """One time that something was said of somebody: a round, an answer, a decision."""

    person: int
    version: int
    at: datetime
    key: int
    said: Iterable[Said]


def known_of(provider: Provider, people: Mapping[Layer, Collection[int]]) -> Known:
    """Return of whom something is known, by version and layer, of the product's and own standards. A query a
    layer.
    """
    versions = FrameworkVersion.objects.filter(Q(owner=None) | Q(owner=provider), kind="standard").values(
        "pk"
    )
    found: dict[tuple[int, Layer], set[int]] = {}
    for layer, who in people.items():
        rows, person, version = _SOURCES[layer]
        some = (
            rows().filter(**{f"{version}__in": versions}).order_by().values_list(version, person).distinct()
        )
        for where, one in some.iterator(5000):
            if one in who:
                found.setdefault((where, layer), set()).add(one)
    return {where: frozenset(those) for where, those in found.items()}


def rows_of(table: Table) -> Iterator[list[tuple[Value, ...]]]:
    """Yield the rows a thousand people at a time: a query a layer each time."""
    versions = FrameworkVersion.objects.in_bulk({version for version, _layer in table.allowed})
    shapes = {pk: Shape(framework_of(row)) for pk, row in versions.items()}
    order = sorted(table.people, key=table.people.__getitem__)
    layers = [layer for layer in Layer if any(one is layer for _version, one in table.allowed)]
    for at in range(0, len(order), AT_ONCE):
        some = order[at : at + AT_ONCE]
        rows: list[tuple[Value, ...]] = []
        for layer in layers:
            rows += _layer_rows(table, layer, some, versions, shapes)
        rows.sort(key=lambda row: row[0])  # type: ignore[arg-type,return-value]
        table.rows += len(rows)
        yield rows


def _layer_rows(
    table: Table,
    layer: Layer,
    people: Collection[int],
    versions: Mapping[int, FrameworkVersion],
    shapes: Mapping[int, Shape],
) -> Iterator[tuple[Value, ...]]:
    times = sorted(_TIMES[layer](people), key=lambda one: (one.person, one.version, one.at, one.key))
    for (person, version), of in groupby(times, key=lambda one: (one.person, one.version)):
        if person not in table.allowed.get((version, layer), ()):
            continue
        which = versions[version]
        head = (table.people[person], table.teams[person] or None, which.identifier, which.version)
        for number, time in enumerate(of, start=1):
            quarter = quarter_name(timezone.localdate(time.at))
            for said in time.said:
                row = shapes[version].row(said)
                if row is not None:
                    unit, dutch, english, cluster, value, rank, enough = row
                    yield (
                        *head, unit, dutch, english, cluster or None, layer.value, number, value, rank,
                        enough, quarter,
                    )  # fmt: skip


def _finished() -> Any:
    return SelfRound.objects.filter(finished_at__isnull=False)


def _answered() -> Any:
    return FeedbackAnswer.objects.exclude(ratings={})


def _decided() -> Any:
    return DecisionRecord.objects.filter(procedure__state__in=OUTCOME_KNOWN)


def _own(people: Collection[int]) -> Iterator[_Time]:
    rows = SelfRating.objects.filter(round__in=_finished().filter(owner__in=people).order_by().values("pk"))
    fields = ("round", "round__owner", "round__standard", "round__finished_at", "code", "value")
    found = rows.order_by("round").values_list(*fields).iterator(5000)
    for (key, person, version, at), of in groupby(found, key=lambda row: row[:4]):
        yield _Time(person, version, at, key, [Said(row[4], row[5]) for row in of])


def _feedback(people: Collection[int]) -> Iterator[_Time]:
    rows = _answered().filter(request__owner__in=people).order_by()
    fields = ("request__owner", "request__standard", "answered_at", "pk", "ratings")
    for person, version, at, key, ratings in rows.values_list(*fields).iterator(5000):
        yield _Time(person, version, at, key, [Said(code, value) for code, value in ratings.items()])


def _judged(people: Collection[int]) -> Iterator[_Time]:
    rows = _decided().filter(procedure__candidate__in=people).order_by()
    fields = ("procedure__candidate", "procedure__standard", "decided_at", "pk", "stages")
    for person, version, at, key, stages in rows.values_list(*fields).iterator(5000):
        yield _Time(person, version, at, key, [Said(code, value) for code, value in stages.items()])


_SOURCES: Final[dict[Layer, tuple[Callable[[], Any], str, str]]] = {
    Layer.SELF: (_finished, "owner", "standard"),
    Layer.FEEDBACK: (_answered, "request__owner", "request__standard"),
    Layer.JUDGEMENT: (_decided, "procedure__candidate", "procedure__standard"),
}
_TIMES: Final[dict[Layer, Callable[[Collection[int]], Iterator[_Time]]]] = {
    Layer.SELF: _own,
    Layer.FEEDBACK: _feedback,
    Layer.JUDGEMENT: _judged,
}
