"""What somebody reads of the packages that they brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bekwaam.domain.takeout.document import FrameworkKey, files_in
from bekwaam.frameworks.model import Framework
from bekwaam.services import ports
from bekwaam.services.errors import NotFound
from bekwaam.services.portfolio.files import OpenFile
from bekwaam.services.takeout.knowledge_side import KNOWLEDGE
from bekwaam.services.takeout.plan_side import PART
from bekwaam.services.takeout.planning import frameworks_here
from bekwaam.store.models import BroughtIn, CarriedFile, Evidence, Person, UnplacedTie


@dataclass(frozen=True, slots=True)
class BroughtHead:
    """A package that was brought in: whose it says it is, when it says it was made, and when it came in."""

    ref: str
    name: str
    made_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What a piece is tied to and could not be tied to here."""

    ref: str
    title: str
    framework: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Brought:
    """A package that was brought in, with what came of it.

    ``told`` has the numbers, ``pieces`` the references and titles of what is still there; ``entries`` is what
    others said, in the form of the package: a file in it that was not kept has no path. ``known`` and
    ``titles`` are the frameworks that this names, those of here and the names of the others.
    """

    head: BroughtHead
    told: Mapping[str, Any]
    pieces: tuple[tuple[str, str], ...]
    unplaced: tuple[Unplaced, ...]
    rounds: Sequence[Mapping[str, Any]]
    goals: Sequence[Mapping[str, Any]]
    knowledge: Sequence[Mapping[str, Any]]
    entries: Sequence[Mapping[str, Any]]
    known: Mapping[FrameworkKey, Framework]
    titles: Sequence[Mapping[str, Any]]


def brought_in(person: Person) -> tuple[BroughtHead, ...]:
    """Return the packages that somebody brought in, newest first. One query."""
    return tuple(_head(row) for row in BroughtIn.objects.filter(owner=person).defer("rest", "told"))


def _head(row: BroughtIn) -> BroughtHead:
    return BroughtHead(row.ref, row.name, row.made_at, row.brought_in_at)


def read_brought(person: Person, ref: str) -> Brought:
    """Return one of one's own. At most six queries; NotFound for those of others."""
    row = BroughtIn.objects.filter(owner=person, ref=ref).first()
    if row is None:
        raise NotFound
    pieces = Evidence.objects.filter(owner=person, ref__in=row.told["pieces"]).order_by("added_at", "pk")
    titles = dict(pieces.values_list("ref", "title"))
    ties = UnplacedTie.objects.filter(evidence__owner=person, evidence__ref__in=row.told["pieces"])
    rest = row.rest
    files = set(row.files.values_list("path", flat=True))
    for mention in files_in(rest.get("entries", [])):
        mention["path"] = mention["path"] if mention["path"] in files else None
    return Brought(
        head=_head(row),
        told=row.told,
        pieces=tuple(titles.items()),
        unplaced=tuple(
            Unplaced(
                tie.evidence.ref, tie.evidence.title, f"{tie.identifier} {tie.version}", tie.code, tie.why
            )
            for tie in ties.select_related("evidence")
        ),
        rounds=rest.get("self_assessment", ()),
        goals=rest.get(PART, ()),
        knowledge=rest.get(KNOWLEDGE, ()),
        entries=rest.get("entries", ()),
        known=frameworks_here([rest]).read,
        titles=rest.get("frameworks", ()),
    )


def carried_file(person: Person, ref: str, path: str) -> OpenFile:
    """Open a file that was carried along. One query; NotFound where there is none, or it was lost."""
    found = CarriedFile.objects.filter(brought_in__owner=person, brought_in__ref=ref, path=path)
    carried = found.select_related("file").first()
    if carried is None:
        raise NotFound
    try:
        return OpenFile(carried.file.name, carried.file.media_type, ports.files().open(carried.file.key))
    except FileNotFoundError as error:
        raise NotFound from error
