"""What somebody reads of what they know. Nobody else reads it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber

from bekwaam.domain.growth.knowledge import Known, Note, knowledge_items
from bekwaam.frameworks.library import builtin_ids
from bekwaam.frameworks.model import Framework
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.growth.reads import choices
from bekwaam.store.models import (
    FrameworkVersion,
    KnowledgeNote,
    Person,
    PlanGoal,
    SelfRating,
)

MOST_EARLIER = 5


@dataclass(frozen=True, slots=True)
class Body:
    """A published framework version with items of knowledge."""

    pk: int
    identifier: str
    version: str
    framework: Framework

    @property
    def key(self) -> str:
        """Return how an address names it."""
        return f"{self.identifier}@{self.version}"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of an item at one moment."""

    known: Known | None
    where: str
    review_on: date | None
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Rated:
    """What somebody last said of an item in a finished self-assessment: a step, and when."""

    value: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ItemRead:
    """What there is of one item: what was said, newest first, and what else of one's own is about it.

    ``goals`` are references and words of open goals on it.
    """

    said: tuple[Said, ...]
    rated: Rated | None
    goals: tuple[tuple[str, str], ...]

    @property
    def newest(self) -> Said | None:
        """Return what counts now; None where nothing was said."""
        return self.said[0] if self.said else None


@dataclass(frozen=True, slots=True)
class ReviewDay:
    """A day on which somebody looks again at what they know, with the items of one framework."""

    on: date
    framework: Framework
    codes: tuple[str, ...]
    changed_at: datetime


# Which versions have items of knowledge, so that the others are read once and no more. By hash too: a row
# that was changed is another one.
_has_knowledge: dict[tuple[int, str], bool] = {}


def bodies() -> tuple[Body, ...]:
    """Return every published version with items of knowledge, those of the product first.

    One query, and two more at most for versions that this process did not read yet.
    """
    found = {(one.pk, one.sha256): one for one in choices()}
    unread = found.keys() - _has_knowledge.keys()
    if unread:
        read = frameworks_of(unread)
        _has_knowledge.update({(pk, sha256): bool(knowledge_items(read[pk])) for pk, sha256 in unread})
    wanted = {key: one for key, one in found.items() if _has_knowledge[key]}
    known = frameworks_of(list(wanted))
    rows = [Body(one.pk, one.identifier, one.version, known[one.pk]) for one in wanted.values()]
    return tuple(sorted(rows, key=lambda body: body.identifier not in builtin_ids()))


def chosen_body(found: Iterable[Body], key: str, noted: int | None = None) -> Body | None:
    """Return the version that ``key`` names; else the one that was last ``noted`` on, else the first one."""
    known = {body.key: body for body in found}
    last = (body for body in known.values() if body.pk == noted)
    return known.get(key) or next(last, None) or next(iter(known.values()), None)


def last_noted(person: Person) -> int | None:
    """Return the key of the version on which somebody last said something. One query."""
    rows = KnowledgeNote.objects.filter(owner=person).order_by("-said_at", "-pk")
    return rows.values_list("standard", flat=True).first()


def newest_rows(people: Any) -> QuerySet[KnowledgeNote]:
    """Return what each of ``people`` (keys, or a query) last said of every item, as a query."""
    latest = Window(
        RowNumber(),
        partition_by=[F("owner"), F("standard"), F("code")],
        order_by=[F("said_at").desc(), F("pk").desc()],
    )
    rows = KnowledgeNote.objects.filter(owner__in=people)
    return rows.order_by().alias(place=latest).filter(place=1)


def newest_notes(person: Person, standard: int) -> dict[str, Note]:
    """Return what somebody last said on a version by code, without where they find it. One query."""
    rows = newest_rows([person.pk]).filter(standard=standard)
    return {code: note(known, day) for code, known, day in rows.values_list("code", "known", "review_on")}


def newest_by_version(person: Person) -> dict[int, dict[str, Note]]:
    """Return as :func:`newest_notes`, on every version, by its key. One query."""
    found: dict[int, dict[str, Note]] = {}
    columns = ("standard", "code", "known", "review_on")
    for standard, code, known, day in newest_rows([person.pk]).values_list(*columns):
        found.setdefault(standard, {})[code] = note(known, day)
    return found


def note(known: str, review_on: date | None) -> Note:
    """Return a row as the rules take it."""
    return Note(Known(known) if known else None, review_on)


def read_item(person: Person, standard: FrameworkVersion, code: str) -> ItemRead:
    """Return what there is of one item of one's own. Three queries."""
    rows = KnowledgeNote.objects.filter(owner=person, standard=standard, code=code)
    said = rows.order_by("-said_at", "-pk")[: MOST_EARLIER + 1]
    rated = SelfRating.objects.filter(
        round__owner=person, round__standard=standard, round__finished_at__isnull=False, code=code
    )
    newest = rated.order_by("-round__started_at", "-round__pk").values_list("value", "round__finished_at")
    goals = PlanGoal.objects.filter(owner=person, standard=standard, closed_at=None)
    return ItemRead(
        said=tuple(
            Said(Known(row.known) if row.known else None, row.where, row.review_on, row.said_at)
            for row in said
        ),
        rated=next((Rated(value, at) for value, at in newest[:1] if at), None),
        goals=tuple((goal.ref, goal.words) for goal in goals if code in goal.codes),
    )


def review_days(person: Person) -> tuple[ReviewDay, ...]:
    """Return the days on which somebody looks again, in their order. One query, one more for frameworks."""
    rows = newest_rows([person.pk]).filter(review_on__isnull=False).exclude(known="")
    columns = ("review_on", "standard", "standard__sha256", "code", "said_at")
    found = list(rows.values_list(*columns))
    known = frameworks_of({(standard, sha256) for _on, standard, sha256, _code, _at in found})
    days: dict[tuple[date, int], dict[str, datetime]] = {}
    for on, standard, _sha256, code, at in found:
        days.setdefault((on, standard), {})[code] = at
    return tuple(
        ReviewDay(on, known[standard], _in_order(known[standard], codes), max(codes.values()))
        for (on, standard), codes in sorted(days.items())
    )


def _in_order(framework: Framework, codes: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(item.code for item in knowledge_items(framework) if item.code in codes)
