"""Somebody's own word as a document has it: evidence, portfolios, rounds, what is unfinished."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet

from bekwaam.domain.takeout.document import texts_of
from bekwaam.services.takeout.shelf import Shelf
from bekwaam.store.models import (
    BroughtIn,
    Draft,
    Evidence,
    EvidenceTie,
    FrameworkVersion,
    OwnPortfolio,
    Person,
    SelfRound,
    TeamGoal,
    TeamMember,
    WavedAway,
)
from bekwaam.store.models.shared import moment


def framework_plain(row: FrameworkVersion) -> dict[str, str]:
    """Return how the document names a framework version."""
    return {"identifier": row.identifier, "version": row.version}


def evidence(person: Person, shelf: Shelf) -> list[dict[str, Any]]:
    """Return every piece, oldest first, with its ties, versions and marks. Six queries."""
    rows = Evidence.objects.filter(owner=person).select_related("file").order_by("added_at", "pk")
    rows = rows.prefetch_related(
        Prefetch("ties", _with_standard(EvidenceTie.objects.all())),
        Prefetch("waved_away", _with_standard(WavedAway.objects.order_by("pk"))),
        "versions",
        "kept_marks",
        "unplaced_ties",
    )
    return [_piece(row, shelf) for row in rows]


def _with_standard(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("standard").defer("standard__document")


def _piece(row: Evidence, shelf: Shelf) -> dict[str, Any]:
    waved = [
        {"framework": framework_plain(one.standard), "code": one.code, "waved_at": moment(one.waved_at)}
        for one in row.waved_away.all()
    ]
    marks = [
        {"field": mark.field, "text_sha256": mark.text_sha256, "kept_at": moment(mark.kept_at)}
        for mark in sorted(row.kept_marks.all(), key=lambda mark: (mark.kept_at, mark.pk))
    ]
    versions = [
        {"number": one.number, "saved_at": moment(one.saved_at), "texts": texts_of(one.texts)}
        for one in row.versions.all()
    ]
    return {
        "ref": row.ref,
        "kind": row.kind,
        **texts_of(row.texts()),
        "file": shelf.mention(row.file),
        "added_at": moment(row.added_at),
        "changed_at": moment(row.changed_at),
        "ties": _ties(row),
        "versions": versions,
        "kept_marks": marks,
        "waved_away": waved,
    }


def _ties(row: Evidence) -> list[dict[str, Any]]:
    """Return what a piece is tied to, whether that is known here or was only carried along."""
    placed = [(framework_plain(tie.standard), tie.code, tie.why) for tie in row.ties.all()]
    carried = [
        ({"identifier": tie.identifier, "version": tie.version}, tie.code, tie.why)
        for tie in row.unplaced_ties.all()
    ]
    found = sorted([*placed, *carried], key=lambda tie: (*tie[0].values(), tie[1], tie[2]))
    return [{"framework": framework, "code": code, "why": why} for framework, code, why in found]


def portfolios(person: Person, brought: Iterable[BroughtIn]) -> list[dict[str, Any]]:
    """Return what the evidence is collected against, oldest first. One query."""
    rows = OwnPortfolio.objects.filter(owner=person).select_related("standard").defer("standard__document")
    own = [
        {"ref": row.ref, "framework": framework_plain(row.standard), "started_at": moment(row.started_at)}
        for row in rows
    ]
    return _oldest_first([*own, *(one for row in brought for one in row.rest.get("portfolios", ()))])


def rounds(person: Person, brought: Iterable[BroughtIn]) -> list[dict[str, Any]]:
    """Return the rounds of self-assessment, oldest first. Two queries."""
    rows = SelfRound.objects.filter(owner=person).select_related("standard").defer("standard__document")
    own = [
        {
            "ref": row.ref,
            "framework": framework_plain(row.standard),
            "started_at": moment(row.started_at),
            "finished_at": moment(row.finished_at),
            "reflection": row.reflection,
            "ratings": [
                {"code": rating.code, "value": rating.value, "note": rating.note}
                for rating in sorted(row.ratings.all(), key=lambda rating: rating.code)
            ],
        }
        for row in rows.prefetch_related("ratings")
    ]
    return _oldest_first([*own, *(one for row in brought for one in row.rest.get("self_assessment", ()))])


def _oldest_first(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(found, key=lambda one: (one["started_at"], *one["framework"].values()))


def teams(person: Person) -> list[dict[str, Any]]:
    """Return the places that somebody has or had in teams, with every choice what to share. Two queries."""
    rows = TeamMember.objects.filter(person=person).select_related("team__provider")
    return [
        {
            "name": row.team.name,
            "organisation": row.team.provider.name,
            "invited_at": moment(row.invited_at),
            "joined_at": moment(row.joined_at),
            "left_at": moment(row.left_at),
            "choices": [
                {"layer": one.layer, "given": one.given, "at": moment(one.at)} for one in row.consents.all()
            ],
        }
        for row in rows.prefetch_related("consents")
    ]


def team_goals(person: Person) -> dict[str, Any]:
    """Return the part with the goals that somebody set for teams they led; none without any. One query.

    The goals stay the team's; what they wrote goes along.
    """
    rows = TeamGoal.objects.filter(set_by=person).select_related("team__provider", "standard")
    found = [
        {
            "team": row.team.name,
            "organisation": row.team.provider.name,
            "framework": framework_plain(row.standard),
            "codes": row.codes,
            "words": row.words,
            "way": row.way,
            "doing": row.doing,
            "by": row.by.isoformat() if row.by else None,
            "set_at": moment(row.set_at),
            "closed_at": moment(row.closed_at),
            "looking_back": row.looking_back,
        }
        for row in rows.defer("standard__document")
    ]
    return {"team_goals": found} if found else {}


def unfinished(person: Person) -> list[dict[str, Any]]:
    """Return what was typed in a form and not saved. One query."""
    rows = Draft.objects.filter(person=person).order_by("key")
    return [{"form": row.key, "saved_at": moment(row.saved_at), "fields": row.fields} for row in rows]
