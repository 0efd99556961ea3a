"""Everything of somebody's own as one package: the document, and the files that go with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Sum

from bekwaam.domain.events import Event
from bekwaam.domain.takeout.document import FORMAT, FORMAT_VERSION, FrameworkKey, files_in, frameworks_in
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import frameworks_of
from bekwaam.services.takeout.knowledge_side import KNOWLEDGE, knowledge
from bekwaam.services.takeout.looked_back import looked_back
from bekwaam.services.takeout.others_side import feedback, procedures
from bekwaam.services.takeout.own_side import evidence, portfolios, rounds, team_goals, teams, unfinished
from bekwaam.services.takeout.plan_side import PART, development_plan
from bekwaam.services.takeout.shelf import Packed, Shelf
from bekwaam.store.audit import append
from bekwaam.store.models import (
    BroughtIn,
    Certificate,
    Evidence,
    FeedbackRequest,
    FrameworkVersion,
    KnowledgeNote,
    Person,
    PlanGoal,
    Procedure,
    SelfRound,
    StoredFile,
)
from bekwaam.store.models.shared import moment
from bekwaam.trust.canonical import hash_of

_PAGE: Final = 10_000


@dataclass(frozen=True, slots=True)
class Package:
    """What goes along: the document, the files beside it, and the frameworks it names that are known here."""

    document: Mapping[str, Any]
    files: tuple[Packed, ...]
    frameworks: Mapping[FrameworkKey, Framework]


@dataclass(frozen=True, slots=True)
class Estimate:
    """What would go along: how many of each, and about how many bytes the files are together."""

    pieces: int
    files: int
    size: int
    rounds: int
    goals: int
    knowledge: int
    referees: int
    procedures: int
    certificates: int

    @property
    def about(self) -> int:
        """Return about how many bytes the package will be: a page and its data are some ten kilobytes."""
        return self.size + _PAGE * (4 + self.pieces + self.rounds + 5 * self.procedures)


def estimate(person: Person) -> Estimate:
    """Return what somebody could take along now. Eight queries."""
    files = StoredFile.objects.filter(owner=person).aggregate(number=Count("pk"), size=Sum("size"))
    return Estimate(
        pieces=Evidence.objects.filter(owner=person).count(),
        files=files["number"],
        size=files["size"] or 0,
        rounds=SelfRound.objects.filter(owner=person).count(),
        goals=PlanGoal.objects.filter(owner=person).count(),
        knowledge=KnowledgeNote.objects.filter(owner=person).values("standard", "code").distinct().count(),
        referees=FeedbackRequest.objects.filter(owner=person).count(),
        procedures=Procedure.objects.filter(candidate=person).count(),
        certificates=Certificate.objects.filter(procedure__candidate=person).count(),
    )


@transaction.atomic
def take_along(actor: Person, language: str) -> Package:
    """Gather everything of one's own, and note in the chain that it was taken along.

    A fixed number of queries, however much there is: at most fifty, those for the chain among them.
    Nothing of a file is read here but of certificates, which are only handed out as they were issued.
    """
    package = gather(actor, language)
    append(
        Event.TAKEN_ALONG,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=clock.now(),
        payload={
            "sha256": hash_of(package.document),
            "evidence": len(package.document["evidence"]),
            "files": len(package.files),
        },
    )
    return package


def gather(person: Person, language: str) -> Package:
    """Return everything of somebody as a package."""
    shelf = Shelf()
    brought = list(
        BroughtIn.objects.filter(owner=person).order_by("brought_in_at", "pk").prefetch_related("files__file")
    )
    document: dict[str, Any] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "made_at": moment(clock.now()),
        "language": language,
        "owner": {"name": person.name, "email": person.email},
        "frameworks": [],
        "portfolios": portfolios(person, brought),
        "evidence": evidence(person, shelf),
        "self_assessment": rounds(person, brought),
        PART: development_plan(person, brought),
        KNOWLEDGE: knowledge(person, brought),
        "feedback": feedback(person),
        "procedures": procedures(person, shelf),
        "unfinished": unfinished(person),
        **looked_back(person, language),
        "teams": teams(person),
        **team_goals(person),
        "elsewhere": [entry for row in brought for entry in _entries(row, shelf)],
    }
    known, document["frameworks"] = _frameworks(document, brought)
    return Package(document, tuple(shelf.packed), known)


def _entries(row: BroughtIn, shelf: Shelf) -> list[dict[str, Any]]:
    """Return what was carried along, with its files under the names that they have this time."""
    kept = {carried.path: carried.file for carried in row.files.all()}
    found: list[dict[str, Any]] = row.rest.get("entries", [])
    for mention in files_in(found):
        file = kept.get(mention["path"])
        mention["path"] = (shelf.mention(file) or {}).get("path")
    return found


def _frameworks(
    document: Mapping[str, Any], brought: Sequence[BroughtIn]
) -> tuple[dict[FrameworkKey, Framework], list[dict[str, Any]]]:
    """Return the framework versions that a document names: those known here, and all as it lists them.

    Two queries at most.
    """
    wanted = dict.fromkeys(frameworks_in(document))
    rows = FrameworkVersion.objects.filter(identifier__in={key.identifier for key in wanted}).defer(
        "document"
    )
    here = {FrameworkKey(row.identifier, row.version): row for row in rows}
    here = {key: row for key, row in here.items() if key in wanted}
    listed = {
        FrameworkKey(one["identifier"], one["version"]): one
        for row in brought
        for one in row.rest.get("frameworks", ())
    }
    for key, row in here.items():
        names = {"identifier": row.identifier, "version": row.version, "kind": row.kind}
        listed[key] = {**names, "title": row.title, "sha256": row.sha256}
    read = frameworks_of((row.pk, row.sha256) for row in here.values())
    known = {key: read[row.pk] for key, row in here.items()}
    order = sorted((key for key in wanted if key in listed), key=lambda key: (key.identifier, key.version))
    return known, [listed[key] for key in order]
