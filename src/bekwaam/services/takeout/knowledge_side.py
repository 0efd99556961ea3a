"""What somebody knows in a package: how it stands in the document, what of it comes in, and writing that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from bekwaam.domain.growth.knowledge import knowledge_items
from bekwaam.domain.takeout.document import FrameworkKey, framework_key, knowledge_print
from bekwaam.frameworks.model import Framework
from bekwaam.store.models import BroughtIn, FrameworkVersion, KnowledgeNote, Person
from bekwaam.store.models.shared import moment

KNOWLEDGE: Final = "knowledge"


@dataclass(frozen=True, slots=True)
class KnowledgeIn:
    """What of somebody's knowledge would come in, what is here already, and what is only carried along."""

    notes: tuple[Mapping[str, Any], ...] = ()
    known: int = 0
    carried: tuple[Mapping[str, Any], ...] = ()


def knowledge(person: Person, brought: Iterable[BroughtIn]) -> list[dict[str, Any]]:
    """Return all that somebody said of what they know, oldest first. One query."""
    rows = KnowledgeNote.objects.filter(owner=person).select_related("standard")
    own = [_plain(row) for row in rows.defer("standard__document")]
    carried = [one for row in brought for one in row.rest.get(KNOWLEDGE, ())]
    return sorted([*own, *carried], key=lambda one: (one["said_at"], one["code"]))


def _plain(row: KnowledgeNote) -> dict[str, Any]:
    return {
        "ref": row.ref,
        "framework": {"identifier": row.standard.identifier, "version": row.standard.version},
        "code": row.code,
        "known": row.known,
        "where": row.where,
        "review_on": row.review_on.isoformat() if row.review_on else None,
        "said_at": moment(row.said_at),
    }


def knowledge_in(
    person: Person, document: Mapping[str, Any], read: Mapping[FrameworkKey, Framework]
) -> KnowledgeIn:
    """Return what of the knowledge in a document would come in. Two queries; none where it says nothing.

    What is about a version that is not known here, or about what is no knowledge in it, is carried along.
    """
    found = document.get(KNOWLEDGE, ())
    if not found:
        return KnowledgeIn()
    brought = BroughtIn.objects.filter(owner=person)
    here = {knowledge_print(one) for one in knowledge(person, brought)}
    fresh = [one for one in found if knowledge_print(one) not in here]
    return KnowledgeIn(
        notes=tuple(one for one in fresh if _fits(one, read)),
        known=len(found) - len(fresh),
        carried=tuple(one for one in fresh if not _fits(one, read)),
    )


def _fits(one: Mapping[str, Any], read: Mapping[FrameworkKey, Framework]) -> bool:
    framework = read.get(framework_key(one["framework"]))
    return framework is not None and one["code"] in {item.code for item in knowledge_items(framework)}


def write_knowledge(
    actor: Person, found: KnowledgeIn, rows: Mapping[FrameworkKey, FrameworkVersion]
) -> list[KnowledgeNote]:
    """Write what comes in, with references of this site and its own moments. One query.

    What was said here later goes on to count: of an item the newest does.
    """
    return KnowledgeNote.objects.bulk_create(
        KnowledgeNote(
            owner=actor,
            standard=rows[framework_key(one["framework"])],
            code=one["code"],
            known=one["known"],
            where=one["where"],
            review_on=date.fromisoformat(one["review_on"]) if one["review_on"] else None,
            said_at=datetime.fromisoformat(one["said_at"]),
        )
        for one in found.notes
    )
