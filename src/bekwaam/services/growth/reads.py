"""What somebody reads of their own self-assessment, with what assessors said beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet

from bekwaam.domain.procedures.states import OUTCOME_KNOWN
from bekwaam.frameworks.model import Text
from bekwaam.services.errors import NotFound
from bekwaam.store.models import DecisionRecord, FrameworkVersion, Person, SelfRating, SelfRound


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round without its ratings."""

    ref: str
    standard: FrameworkVersion
    started_at: datetime
    finished_at: datetime | None
    rated: int


@dataclass(frozen=True, slots=True)
class Rated:
    """One self-rating with its note."""

    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Round:
    """A round with everything in it; ``earlier`` is the finished round before it, if there is one."""

    head: RoundHead
    reflection: str
    ratings: Mapping[str, Rated]
    earlier: Round | None

    @property
    def values(self) -> dict[str, str]:
        """Return the ratings without their notes."""
        return {code: rating.value for code, rating in self.ratings.items()}


@dataclass(frozen=True, slots=True)
class JudgedPicture:
    """What assessors together said in one procedure: the stage per unit, None for not shown."""

    ref: str
    number: str
    provider: str
    at: datetime
    stages: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """A framework that somebody can rate themself on."""

    pk: int
    sha256: str
    identifier: str
    version: str
    kind: str
    title: Text


def own_rounds(person: Person) -> tuple[RoundHead, ...]:
    """Return somebody's rounds, newest first. One query."""
    found = SelfRound.objects.filter(owner=person).select_related("standard").defer("standard__document")
    rows = found.annotate(rated=Count("ratings")).order_by("-started_at", "-pk")
    return tuple(RoundHead(r.ref, r.standard, r.started_at, r.finished_at, r.rated) for r in rows)


def read_round(person: Person, ref: str) -> Round:
    """Return a round of one's own with the one before it. At most four queries; NotFound for others."""
    row = _rounds(person).filter(ref=ref).first()
    if row is None:
        raise NotFound
    before = (
        _rounds(person)
        .filter(standard=row.standard_id, started_at__lt=row.started_at)
        .exclude(finished_at=None)
        .order_by("-started_at", "-pk")
        .first()
    )
    return _round(row, _round(before, None) if before else None)


def finished_rounds(person: Person, standard: FrameworkVersion, most: int) -> tuple[Round, ...]:
    """Return the newest finished rounds on a version, oldest first, at most ``most``. Two queries."""
    rows = _rounds(person).filter(standard=standard).exclude(finished_at=None)
    newest = list(rows.prefetch_related("ratings").order_by("-started_at", "-pk")[:most])
    return tuple(_round(row, None) for row in reversed(newest))


def rounds_elsewhere(person: Person, standard: FrameworkVersion) -> tuple[tuple[str, datetime], ...]:
    """Return on which other versions of the same framework somebody finished a round, and when last.

    Newest first; one query. What was said there says nothing on this version, and is not counted here.
    """
    rows = SelfRound.objects.filter(owner=person, standard__identifier=standard.identifier)
    rows = rows.exclude(standard=standard).exclude(finished_at=None).order_by("finished_at", "pk")
    newest: dict[str, Any] = {}
    for version, finished in rows.values_list("standard__version", "finished_at"):
        newest.pop(version, None)  # the last time decides the place
        newest[version] = finished
    return tuple(reversed(newest.items()))


def newest_round(person: Person, standard: FrameworkVersion) -> Round | None:
    """Return the newest round on a version, also where it is still open; None without one. Two queries."""
    row = _rounds(person).filter(standard=standard).order_by("-started_at", "-pk").first()
    return _round(row, None) if row else None


def newest_finished(person: Person, standard: FrameworkVersion) -> Round | None:
    """Return the newest finished round on a version; None without one. Two queries."""
    found = finished_rounds(person, standard, 1)
    return found[0] if found else None


def newest_values(person: Person, standards: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return what somebody last said of themself on each of ``standards``, by its key. Two queries."""
    rounds = SelfRound.objects.filter(owner=person, standard__in=set(standards)).exclude(finished_at=None)
    newest = dict(rounds.order_by("started_at", "pk").values_list("standard", "pk"))
    found: dict[int, dict[str, str]] = {standard: {} for standard in newest}
    ratings = SelfRating.objects.filter(round__in=newest.values())
    for standard, code, value in ratings.values_list("round__standard", "code", "value"):
        found[standard][code] = value
    return found


def judged_pictures(person: Person, standard: FrameworkVersion) -> tuple[JudgedPicture, ...]:
    """Return the outcomes on a version that the person may see, oldest first. One query."""
    seen = DecisionRecord.objects.filter(
        procedure__candidate=person,
        procedure__standard=standard,
        procedure__state__in=OUTCOME_KNOWN,
    )
    rows = seen.select_related("procedure__provider").order_by("decided_at")
    return tuple(
        JudgedPicture(
            row.procedure.ref, row.procedure.number, row.procedure.provider.name, row.decided_at, row.stages
        )
        for row in rows
    )


def choices() -> tuple[Choice, ...]:
    """Return every published version, standards first, newest version of each first. One query."""
    rows = FrameworkVersion.objects.exclude(kind="module").defer("document")
    ordered = sorted(
        rows.order_by("identifier", "-published_at", "-pk"), key=lambda row: row.kind != "standard"
    )
    return tuple(Choice(r.pk, r.sha256, r.identifier, r.version, r.kind, Text(**r.title)) for r in ordered)


def _rounds(person: Person) -> QuerySet[SelfRound]:
    mine = SelfRound.objects.filter(owner=person)
    return mine.select_related("standard").defer("standard__document")


def _round(row: SelfRound, earlier: Round | None) -> Round:
    ratings: list[SelfRating] = list(row.ratings.all())
    return Round(
        head=RoundHead(row.ref, row.standard, row.started_at, row.finished_at, len(ratings)),
        reflection=row.reflection,
        ratings={rating.code: Rated(rating.value, rating.note) for rating in ratings},
        earlier=earlier,
    )
