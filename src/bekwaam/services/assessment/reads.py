"""What an assessor reads: the portfolio as handed in, the sessions held, and their own judgements.

Nothing here returns a judgement of somebody else; that is :mod:`bekwaam.services.assessment.comparing`,
for after the reveal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from bekwaam.domain.assessment.findings import Finding
from bekwaam.domain.assessment.instruments import Session
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.procedures.states import Need
from bekwaam.services import ports
from bekwaam.services.assessment.findings import as_finding
from bekwaam.services.assessment.judging import reveal_needs
from bekwaam.services.assessment.sessions import as_session, follow
from bekwaam.services.drafts import draft_keys
from bekwaam.services.errors import NotFound
from bekwaam.services.signs.pace import is_open
from bekwaam.store.models import (
    Draft,
    HeldSession,
    Judgement,
    JudgementPace,
    Person,
    Procedure,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
    StoredFile,
)


@dataclass(frozen=True, slots=True)
class PieceFile:
    """The file of a piece as handed in; ``size`` in bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as handed in. ``ties`` maps codes of the standard to the candidate's why.

    ``confirmations`` are what referees said of it: "said", "name", "function", "text" and "at" (a day).
    """

    ref: str
    kind: EvidenceKind
    title: str
    dated_on: date | None
    until: date | None
    context: str
    contexts: Mapping[str, str]
    texts: Mapping[str, str]
    file: PieceFile | None
    ties: Mapping[str, str]
    confirmations: tuple[Mapping[str, str], ...] = ()

    def tied_to(self, codes: frozenset[str]) -> bool:
        """Tell whether the candidate tied it to any of ``codes``."""
        return not codes.isdisjoint(self.ties)


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A portfolio as handed in, with the hash over all of it.

    ``key`` is that of the snapshot; ``is_open`` tells whether the assessor who was asked about has the unit
    open to judge, ``has_draft`` whether they began to write about it.
    """

    number: int
    handed_in_at: datetime
    sha256: str
    pieces: tuple[Piece, ...]
    key: int = 0
    is_open: bool = False
    has_draft: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement that stands, and when it was made.

    ``seconds`` is how long the first judgement on the unit took, for its author's eyes; None when it was
    never opened on a screen.
    """

    finding: Finding
    made_at: datetime
    seconds: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedSession:
    """A session that was held, with who recorded it."""

    session: Session
    recorded_by: str
    recorded_at: datetime
    corrected: bool


@dataclass(frozen=True, slots=True)
class Sessions:
    """The sessions of a procedure that stand. ``now`` maps every reference ever given to a standing one."""

    standing: tuple[RecordedSession, ...]
    now: Mapping[str, str]

    def current(self, refs: tuple[str, ...]) -> tuple[str, ...]:
        """Return references with those of corrected sessions replaced by what stands in their place."""
        return tuple(dict.fromkeys(self.now.get(ref, ref) for ref in refs))


@dataclass(frozen=True, slots=True)
class FrozenFile:
    """A file of a snapshot, ready to be sent. ``sound`` is false when it is not what was handed in."""

    name: str
    media_type: str
    key: str
    sound: bool


def latest(procedure: Procedure) -> QuerySet[Snapshot, int]:
    """Return the key of the snapshot that counts, to be used inside another query."""
    newest = Snapshot.objects.filter(procedure=procedure).order_by("-number")
    return newest.values_list("pk", flat=True)[:1]


def handed_in(procedure: Procedure, opened: tuple[Person, str] | None = None) -> HandedIn:
    """Return the portfolio as handed in last. Two queries; NotFound when nothing was.

    ``opened`` asks along whether that assessor has that unit open to judge, and a draft of a judgement on it.
    """
    rows: QuerySet[Any, Any] = _items(procedure).prefetch_related("ties")
    if opened:
        person, unit = opened
        drafts = Draft.objects.filter(person=person, key=draft_key(procedure, unit))
        rows = rows.annotate(is_open=is_open(person, unit), has_draft=Exists(drafts))
    items = list(rows)
    return _portfolio([_piece(item, {t.code: t.why for t in item.ties.all()}) for item in items], items)


def handed_in_about(
    procedure: Procedure, codes: frozenset[str], drafted: tuple[Person, str] | None = None
) -> HandedIn:
    """Return the same with, of each piece, at most one tie: one to any of ``codes``. One query.

    ``drafted`` asks along whether that person has a draft under that key.
    """
    ties = SnapshotTie.objects.filter(item=OuterRef("pk"), code__in=codes).order_by("code")
    rows: QuerySet[Any, Any] = _items(procedure).annotate(
        tied=Subquery(ties.values("code")[:1]), tied_why=Subquery(ties.values("why")[:1])
    )
    if drafted:
        person, key = drafted
        rows = rows.annotate(has_draft=Exists(Draft.objects.filter(person=person, key=key)))
    items = list(rows)
    return _portfolio([_piece(i, {i.tied: i.tied_why} if i.tied else {}) for i in items], items)


def _items(procedure: Procedure) -> QuerySet[SnapshotItem, SnapshotItem]:
    rows = SnapshotItem.objects.filter(snapshot__in=latest(procedure)).select_related("snapshot", "file")
    return rows.defer("snapshot__manifest").order_by("position")


def _portfolio(pieces: list[Piece], items: list[SnapshotItem]) -> HandedIn:
    if not items:
        raise NotFound
    snapshot = items[0].snapshot
    return HandedIn(
        number=snapshot.number,
        handed_in_at=snapshot.handed_in_at,
        sha256=snapshot.sha256,
        pieces=tuple(pieces),
        key=snapshot.pk,
        is_open=bool(getattr(items[0], "is_open", False)),
        has_draft=bool(getattr(items[0], "has_draft", False)),
    )


def _piece(item: SnapshotItem, ties: dict[str, str]) -> Piece:
    says = said(item.content)
    return Piece(
        ref=item.ref,
        kind=EvidenceKind(item.kind),
        title=item.title,
        dated_on=says.dated_on,
        until=says.until,
        context=says.context,
        contexts=says.contexts,
        texts=says.texts,
        file=_file(item.file),
        ties=ties,
        confirmations=tuple(item.content.get("confirmations", ())),
    )


def _file(file: StoredFile | None) -> PieceFile | None:
    return PieceFile(file.name, file.media_type, file.size, file.sha256) if file else None


def frozen_file(procedure: Procedure, piece: str) -> FrozenFile:
    """Return the file of a piece as handed in, checked against the hash that was frozen. One query.

    Raises NotFound when the piece is not in the snapshot or has no file.
    """
    item = (
        SnapshotItem.objects.filter(snapshot__in=latest(procedure), ref=piece).select_related("file").first()
    )
    if item is None or item.file is None:
        raise NotFound
    try:
        sound = ports.files().sha256(item.file.key) == item.content["file"]
    except FileNotFoundError:
        sound = False
    return FrozenFile(item.file.name, item.file.media_type, item.file.key, sound)


def own_judgements(procedure: Procedure, person: Person) -> dict[str, Judged]:
    """Return somebody's own judgements that stand, by unit. One query."""
    pace = JudgementPace.objects.filter(
        judgement__snapshot=OuterRef("snapshot"),
        judgement__assessor=OuterRef("assessor"),
        judgement__unit=OuterRef("unit"),
    )
    rows: QuerySet[Any, Any] = Judgement.objects.filter(
        snapshot__in=latest(procedure), assessor=person, replaced_by=None
    ).annotate(seconds=Subquery(pace.values("seconds")[:1]))
    return {row.unit: Judged(as_finding(row), row.made_at, row.seconds) for row in rows}


def judged_by(procedure: Procedure, person: Person) -> frozenset[str]:
    """Return the units that somebody has judged themself. One query."""
    rows = Judgement.objects.filter(snapshot__in=latest(procedure), assessor=person, replaced_by=None)
    return frozenset(rows.values_list("unit", flat=True))


def draft_key(procedure: Procedure, unit: str = "") -> str:
    """Return the key of somebody's draft of a judgement; without a unit, what all those keys begin with."""
    return f"judge:{procedure.ref}:{unit}"


def drafted_by(procedure: Procedure, person: Person) -> frozenset[str]:
    """Return the units on which somebody has a draft of their own. One query."""
    prefix = draft_key(procedure)
    return frozenset(key.removeprefix(prefix) for key in draft_keys(person, prefix))


def sessions_of(procedure: Procedure) -> Sessions:
    """Return the sessions held. One query."""
    rows = list(HeldSession.objects.filter(procedure=procedure).select_related("recorded_by"))
    replaced = {row.replaces_id for row in rows}
    standing = tuple(
        RecordedSession(as_session(row), row.recorded_by.name, row.recorded_at, row.replaces_id is not None)
        for row in rows
        if row.pk not in replaced
    )
    return Sessions(standing, follow(rows))


def what_reveal_needs(procedure: Procedure) -> frozenset[Need]:
    """Return which needs of the reveal hold now. Four queries."""
    snapshot = Snapshot.objects.filter(procedure=procedure).last()
    return reveal_needs(procedure, snapshot) if snapshot else frozenset()
