"""Bringing in a package: one's own word becomes one's own again, and the word of others is carried along.

Everything in the database happens in one transaction. What is here already is known by what it says, so the
same package twice brings nothing new. A reference is never taken over: every piece gets one of this site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from bekwaam.domain.events import Event
from bekwaam.domain.takeout.document import FrameworkKey, files_in, framework_key
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.keeping import forget_unless_recorded
from bekwaam.services.portfolio.jobs import look_soon
from bekwaam.services.portfolio.receiving import receive
from bekwaam.services.portfolio.resuming import forget_upload, whole
from bekwaam.services.takeout.knowledge_side import KNOWLEDGE, write_knowledge
from bekwaam.services.takeout.opening import CheckedFile, Opened, check_files, opened
from bekwaam.services.takeout.plan_side import PART, write_plan
from bekwaam.services.takeout.planning import Plan, plan
from bekwaam.store.audit import append
from bekwaam.store.models import (
    BroughtIn,
    CarriedFile,
    Evidence,
    EvidenceTie,
    EvidenceVersion,
    KeptMark,
    OwnPortfolio,
    Person,
    SelfRating,
    SelfRound,
    StoredFile,
    UnplacedTie,
    WavedAway,
)
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class Preview:
    """A package that is sound, and what of it would come in. ``name`` and ``made_at`` are its own words."""

    name: str
    made_at: datetime
    plan: Plan


@contextmanager
def _package(actor: Person, ref: str) -> Iterator[tuple[Opened, dict[str, CheckedFile]]]:
    """Open a package that came in whole, with its files checked. NotFound where it is not there."""
    found = whole(actor, ref)
    if found is None:
        raise NotFound
    try:
        with opened(found.file) as package:
            yield package, check_files(package)
    finally:
        found.file.close()


def preview(actor: Person, ref: str) -> Preview:
    """Return what a package would bring in. At most nine queries; nothing is written.

    Raises Invalid with the reasons for one that is not sound, NotFound where nothing came in by that name.
    """
    with _package(actor, ref) as (package, files):
        document = package.document
        return Preview(
            document["owner"]["name"],
            datetime.fromisoformat(document["made_at"]),
            plan(actor, document, files),
        )


def bring_in(actor: Person, ref: str) -> BroughtIn | None:
    """Bring in a package that came in under ``ref``; return what tells of it, None when all was here already.

    The files are looked at and stored first, as every file that comes in; if the rest fails they go again.
    Raises Invalid and NotFound as :func:`preview` does.
    """
    kept = _Files()
    with _package(actor, ref) as (package, checked):
        expected = plan(actor, package.document, checked)
        try:
            _receive(actor, package, checked, expected, kept)
            brought = _write(actor, package, checked, kept)
        except BaseException:
            _forget(kept.all())
            raise
        _forget(file for file in kept.all() if file.pk is None)  # here already by the time it was written
    forget_upload(actor, ref)
    return brought


@dataclass(slots=True)
class _Files:
    """Files that were received: for pieces (by their reference in the package), and to be carried."""

    pieces: dict[str, StoredFile] = field(default_factory=dict)
    carried: dict[str, StoredFile] = field(default_factory=dict)

    def all(self) -> list[StoredFile]:
        """Return all of them."""
        return [*self.pieces.values(), *self.carried.values()]


def _forget(files: Iterable[StoredFile]) -> None:
    for file in files:
        forget_unless_recorded(file.key)


def _receive(
    actor: Person, package: Opened, checked: Mapping[str, CheckedFile], expected: Plan, kept: _Files
) -> None:
    def received(mention: Mapping[str, Any]) -> StoredFile:
        with package.file(mention) as content:
            return receive(actor, content)

    shared: set[str] = set()
    for piece in expected.pieces:
        if piece["file"] is not None:
            kept.pieces[piece["ref"]] = received(piece["file"])
            shared.add(piece["file"]["path"])
    for mention in files_in(list(expected.entries)):
        path = mention["path"]
        wanted = path is not None and path not in shared and path not in kept.carried
        if wanted and checked[path].fault is None:
            kept.carried[path] = received(mention)


@transaction.atomic
def _write(
    actor: Person, package: Opened, checked: Mapping[str, CheckedFile], kept: _Files
) -> BroughtIn | None:
    Person.objects.select_for_update().get(pk=actor.pk)  # of two at once, the second sees what the first did
    found = plan(actor, package.document, checked)
    if found.nothing:
        return None
    if any(piece["file"] is not None and piece["ref"] not in kept.pieces for piece in found.pieces):
        message = N_("Something was removed from your portfolio meanwhile. Look again at what comes in.")
        raise Refused(refused("meanwhile", message))
    now = clock.now()
    pieces = _pieces(actor, found, kept, now)
    rounds = _rounds(actor, found)
    goals, agreements = write_plan(
        actor, found.goals, found.here.rows, found.here.read, _by_package_ref(actor, found, pieces)
    )
    notes = write_knowledge(actor, found.knowledge, found.here.rows)
    portfolios = _portfolios(actor, found, package.document)
    brought = BroughtIn.objects.create(
        owner=actor,
        package_sha256=package.sha256,
        made_at=datetime.fromisoformat(package.document["made_at"]),
        name=package.document["owner"]["name"],
        told=_told(found, pieces, portfolios),
        rest=_rest(found),
        brought_in_at=now,
    )
    _carry(brought, found, kept)
    append(
        Event.BROUGHT_IN,
        actor=actor,
        subject=f"person:{actor.ref}",
        now=now,
        payload={
            "brought_in": brought.ref,
            "evidence": [piece.ref for piece in pieces],
            "rounds": [one.ref for one in rounds],
            "goals": [one.ref for one in goals],
            "knowledge": [one.ref for one in notes],
            "portfolios": [one.ref for one in portfolios],
        },
        content=[brought, *pieces, *rounds, *goals, *agreements, *notes, *portfolios],
    )
    for piece in pieces:
        look_soon(piece)
    return brought


def _pieces(actor: Person, found: Plan, kept: _Files, now: datetime) -> list[Evidence]:
    """Write the new pieces with all that hangs on them; a fixed number of queries but for their files."""
    for piece in found.pieces:
        file = kept.pieces.get(piece["ref"])
        if file is not None and file.pk is None:
            file.save()
    rows = Evidence.objects.bulk_create(
        Evidence(
            owner=actor,
            kind=piece["kind"],
            title=piece["title"],
            dated_on=_day(piece["dated_on"]),
            until=_day(piece["until"]),
            context=piece["context"],
            contexts=piece["contexts"],
            story=piece["story"],
            details=piece["details"],
            file=kept.pieces.get(piece["ref"]),
            added_at=now,
            changed_at=now,
        )
        for piece in found.pieces
    )
    told = list(zip(rows, found.pieces, strict=True))
    _ties(told, found)
    EvidenceVersion.objects.bulk_create(
        EvidenceVersion(
            evidence=row, number=one["number"], texts=one["texts"], saved_at=_moment(one["saved_at"])
        )
        for row, piece in told
        for one in piece["versions"]
    )
    KeptMark.objects.bulk_create(
        KeptMark(
            evidence=row, field=one["field"], text_sha256=one["text_sha256"], kept_at=_moment(one["kept_at"])
        )
        for row, piece in told
        for one in piece["kept_marks"]
    )
    prefetch_related_objects(rows, "ties")
    return rows


def _ties(told: Sequence[tuple[Evidence, Mapping[str, Any]]], found: Plan) -> None:
    """Tie the pieces to what is known here; keep, by name, what they are tied to elsewhere."""
    placed, unplaced, waved = [], [], []
    for row, piece in told:
        for tie in piece["ties"]:
            standard, key = found.here.places(tie), framework_key(tie["framework"])
            if standard is not None:
                placed.append(EvidenceTie(evidence=row, standard=standard, code=tie["code"], why=tie["why"]))
            else:
                names = {**key.plain(), "code": tie["code"], "why": tie["why"]}
                unplaced.append(UnplacedTie(evidence=row, **names))
        for one in piece["waved_away"]:
            standard = found.here.places(one)
            if standard is not None:
                at = _moment(one["waved_at"])
                waved.append(WavedAway(evidence=row, standard=standard, code=one["code"], waved_at=at))
    EvidenceTie.objects.bulk_create(placed)
    UnplacedTie.objects.bulk_create(unplaced)
    WavedAway.objects.bulk_create(waved)


def _rounds(actor: Person, found: Plan) -> list[SelfRound]:
    rows = SelfRound.objects.bulk_create(
        SelfRound(
            owner=actor,
            standard=found.here.rows[framework_key(one["framework"])],
            reflection=one["reflection"],
            started_at=_moment(one["started_at"]),
            finished_at=_moment(one["finished_at"]) if one["finished_at"] else None,
        )
        for one in found.rounds
    )
    SelfRating.objects.bulk_create(
        SelfRating(round=row, code=rating["code"], value=rating["value"], note=rating["note"])
        for row, one in zip(rows, found.rounds, strict=True)
        for rating in one["ratings"]
    )
    prefetch_related_objects(rows, "ratings")
    return rows


def _by_package_ref(actor: Person, found: Plan, pieces: Sequence[Evidence]) -> dict[str, Evidence]:
    """Return pieces by their reference in the package: those that came in, and those that never left."""
    there = {one["evidence"] for goal in found.goals.goals for one in goal["activities"] if one["evidence"]}
    known = {row.ref: row for row in Evidence.objects.filter(owner=actor, ref__in=there)}
    return {**known, **{piece["ref"]: row for row, piece in zip(pieces, found.pieces, strict=True)}}


def _portfolios(actor: Person, found: Plan, document: Mapping[str, Any]) -> list[OwnPortfolio]:
    """Lay the evidence beside the frameworks that it was laid beside, where they are known here."""
    there = set(OwnPortfolio.objects.filter(owner=actor).values_list("standard", flat=True))
    wanted: dict[FrameworkKey, Mapping[str, Any]] = {}
    for one in document["portfolios"]:
        wanted.setdefault(framework_key(one["framework"]), one)
    return OwnPortfolio.objects.bulk_create(
        OwnPortfolio(owner=actor, standard=row, started_at=_moment(wanted[key]["started_at"]))
        for key, row in found.here.rows.items()
        if key in wanted and row.pk not in there
    )


def _carry(brought: BroughtIn, found: Plan, kept: _Files) -> None:
    """Keep the files that are named in what is carried along; a piece's own file is kept once."""
    own = {
        piece["file"]["path"]: kept.pieces[piece["ref"]]
        for piece in found.pieces
        if piece["file"] is not None and piece["ref"] in kept.pieces
    }
    paths = dict.fromkeys(mention["path"] for mention in files_in(list(found.entries)))
    files = {path: file for path in paths if path and (file := own.get(path) or kept.carried.get(path))}
    for file in files.values():
        if file.pk is None:
            file.save()
    CarriedFile.objects.bulk_create(
        CarriedFile(brought_in=brought, path=path, file=file) for path, file in files.items()
    )


def _told(found: Plan, pieces: Sequence[Evidence], portfolios: Sequence[OwnPortfolio]) -> dict[str, Any]:
    """Return in numbers and references what came in, as it is kept to be told again."""
    return {
        "pieces": [piece.ref for piece in pieces],
        "files": found.files,
        "known": len(found.known),
        "left_out": [title for title, _ in found.left_out],
        "rounds": len(found.rounds),
        "known_rounds": found.known_rounds,
        "goals": len(found.goals.goals),
        "knowledge": len(found.knowledge.notes),
        "portfolios": len(portfolios),
        "unplaced": found.unplaced,
    }


def _rest(found: Plan) -> dict[str, Any]:
    """Return what has no place of its own here, in the form of the package; nothing where there is none."""
    rest = {
        "portfolios": list(found.carried_portfolios),
        "self_assessment": list(found.carried_rounds),
        PART: list(found.goals.carried),
        KNOWLEDGE: list(found.knowledge.carried),
        "entries": list(found.entries),
        "frameworks": list(found.unknown),
    }
    return {name: value for name, value in rest.items() if value}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


_moment: Callable[[str], datetime] = datetime.fromisoformat
