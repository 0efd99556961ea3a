"""What is read of a portfolio: one's own, a dossier as it is, or a dossier as it was handed in.

Once a portfolio is handed in, everybody reads the snapshot; all have the same shape here, so that a screen
need not know which of them it shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count, QuerySet

from bekwaam.domain.portfolio.coverage import Counted, Usual
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind
from bekwaam.domain.portfolio.names import NameRole
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, State, Step
from bekwaam.services.errors import NotFound
from bekwaam.services.feedback.reads import Answered, confirmations
from bekwaam.services.portfolio.place import Place
from bekwaam.store.models import (
    Evidence,
    EvidenceTie,
    Procedure,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
    StepNote,
    StoredFile,
    Tip,
)

FROZEN_STATES: Final = frozenset({State.JUDGING, State.DECIDING, *OUTCOME_KNOWN})


@dataclass(frozen=True, slots=True)
class FileHead:
    """What a file is called and how big it is, in bytes.

    ``names`` is whose names it carries beside its text, by role: for its owner alone.
    """

    name: str
    media_type: str
    size: int
    sha256: str
    names: tuple[tuple[NameRole, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PieceHead:
    """A piece of evidence in a list, without its texts. ``ties`` maps codes to the candidate's why.

    ``contexts`` holds what was chosen per dimension; ``confirmed`` how often a referee confirmed it.
    """

    ref: str
    kind: EvidenceKind
    title: str
    dated_on: date | None
    until: date | None
    context: str
    contexts: Mapping[str, str]
    file: FileHead | None
    ties: Mapping[str, str]
    confirmed: int = 0

    def counted(self) -> Counted:
        """Return it as the coverage counts it."""
        return Counted(
            ref=self.ref,
            codes=frozenset(self.ties),
            kind=self.kind,
            dated_on=self.dated_on,
            until=self.until,
            spans=KINDS[self.kind].spans,
            contexts=self.contexts,
            context=self.context,
            confirmed=self.confirmed,
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence with everything it says. ``revision`` is 0 for one that was handed in."""

    head: PieceHead
    texts: Mapping[str, str]
    revision: int


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The snapshot that counts: the how-manieth, when, and the hash over all of it."""

    number: int
    at: datetime
    sha256: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """The pieces of a dossier, newest first; with ``handed_in`` as they were frozen, in that order."""

    pieces: tuple[PieceHead, ...]
    handed_in: HandedIn | None


@dataclass(frozen=True, slots=True)
class Advice:
    """A guide's tip; ``code`` is empty when it is about the whole."""

    code: str
    text: str
    author: str
    given_at: datetime


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Why a portfolio came back, by whom and when."""

    reason: str
    author: str
    at: datetime


def usual_at(place: Place) -> Usual:
    """Return what is usually asked there: by the provider, or in a portfolio of one's own by most."""
    if not isinstance(place, Procedure):
        return Usual()
    provider = place.provider
    return Usual(provider.usual_years, provider.usual_pieces, provider.usual_contexts)


def is_frozen(procedure: Procedure) -> bool:
    """Tell whether the portfolio of a procedure was handed in and not given back."""
    return State(procedure.state) in FROZEN_STATES


def dossier(place: Place) -> Dossier:
    """Return the pieces of a dossier, or of a portfolio, without their texts. At most three queries."""
    if not isinstance(place, Procedure) or not is_frozen(place):
        return Dossier(_open_heads(place), None)
    procedure = place
    snapshot = latest_snapshot(procedure)
    items = list(
        SnapshotItem.objects.filter(snapshot=snapshot).select_related("file").prefetch_related("ties")
    )
    handed_in = HandedIn(snapshot.number, snapshot.handed_in_at, snapshot.sha256)
    return Dossier(tuple(_frozen_head(item, _whys(item.ties.all())) for item in items), handed_in)


def tied_pieces(place: Place) -> Dossier | None:
    """Return the pieces that are tied to anything, for who only counts: no files, nothing confirmed.

    One query. None for what was handed in: there is nothing more to do, and nothing to count.
    """
    if isinstance(place, Procedure) and is_frozen(place):
        return None
    wanted = EvidenceTie.objects.filter(
        evidence__in=pieces_at(place).order_by().values("pk"), standard=place.standard_id
    )
    rows = wanted.select_related("evidence").defer("evidence__story", "evidence__details").order_by("code")
    ties: dict[int, dict[str, str]] = {}
    pieces: dict[int, Evidence] = {}
    for tie in rows:
        pieces[tie.evidence_id] = tie.evidence
        ties.setdefault(tie.evidence_id, {})[tie.code] = tie.why
    return Dossier(tuple(_head(piece, None, ties[pk]) for pk, piece in pieces.items()), None)


def _open_heads(place: Place) -> tuple[PieceHead, ...]:
    return heads_of(pieces_at(place), place.standard_id)


def heads_of(pieces: QuerySet[Evidence], standard: int) -> tuple[PieceHead, ...]:
    """Return pieces as a list, newest first, with their ties to one framework version. Three queries."""
    found = list(pieces.select_related("file").defer("story", "details").order_by("-added_at", "-pk"))
    ties: dict[int, dict[str, str]] = {piece.pk: {} for piece in found}
    wanted = EvidenceTie.objects.filter(evidence__in=pieces.order_by().values("pk"), standard=standard)
    for tie in wanted:
        ties.get(tie.evidence_id, {})[tie.code] = tie.why
    said_of = confirmations(pieces)
    return tuple(
        _open_head(piece, ties[piece.pk], sum(one.stands for one in said_of.get(piece.ref, ())))
        for piece in found
    )


def pieces_at(place: Place) -> QuerySet[Evidence]:
    """Return what is in a dossier, or all that the owner of a portfolio has, as it is now."""
    if isinstance(place, Procedure):
        return Evidence.objects.filter(dossier_items__procedure=place)
    return Evidence.objects.filter(owner=place.owner_id)


def takeable(procedure: Procedure) -> tuple[PieceHead, ...]:
    """Return the candidate's pieces that are not in the dossier yet, newest first. Three queries."""
    mine = Evidence.objects.filter(owner=procedure.candidate_id)
    there = Evidence.objects.filter(dossier_items__procedure=procedure).values("pk")
    return heads_of(mine.exclude(pk__in=there), procedure.standard_id)


def pieces_by_code(procedure: Procedure) -> dict[str, int]:
    """Return how many pieces of the dossier are tied to each item that any is tied to. One query."""
    if is_frozen(procedure):
        newest = Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]
        frozen = SnapshotTie.objects.filter(item__snapshot__in=newest)
        return dict(frozen.order_by().values_list("code").annotate(number=Count("pk")))
    ties = EvidenceTie.objects.filter(
        evidence__dossier_items__procedure=procedure, standard=procedure.standard_id
    )
    return dict(ties.order_by().values_list("code").annotate(number=Count("pk")))


def latest_snapshot(procedure: Procedure) -> Snapshot:
    """Return the snapshot that counts, without its manifest; NotFound where nothing was handed in."""
    found = Snapshot.objects.filter(procedure=procedure).defer("manifest").order_by("-number").first()
    if found is None:
        raise NotFound
    return found


def _open_head(piece: Evidence, ties: Mapping[str, str], confirmed: int = 0) -> PieceHead:
    return _head(piece, _file_head(piece.file), ties, confirmed)


def _head(piece: Evidence, file: FileHead | None, ties: Mapping[str, str], confirmed: int = 0) -> PieceHead:
    return PieceHead(
        ref=piece.ref,
        kind=EvidenceKind(piece.kind),
        title=piece.title,
        dated_on=piece.dated_on,
        until=piece.until,
        context=piece.context,
        contexts=piece.contexts,
        file=file,
        ties=ties,
        confirmed=confirmed,
    )


def _frozen_head(item: SnapshotItem, ties: Mapping[str, str]) -> PieceHead:
    says = said(item.content)
    return PieceHead(
        ref=item.ref,
        kind=EvidenceKind(item.kind),
        title=item.title,
        dated_on=says.dated_on,
        until=says.until,
        context=says.context,
        contexts=says.contexts,
        file=_file_head(item.file),
        ties=ties,
        confirmed=len(item.content.get("confirmations", ())),
    )


def _whys(ties: QuerySet[EvidenceTie] | QuerySet[SnapshotTie]) -> dict[str, str]:
    return {tie.code: tie.why for tie in ties}


def _file_head(file: StoredFile | None) -> FileHead | None:
    if file is None:
        return None
    names = tuple((NameRole(role), name) for role, name in file.names)
    return FileHead(file.name, file.media_type, file.size, file.sha256, names)


def piece(place: Place, ref: str, tied: Dossier | None = None) -> Piece:
    """Return one piece with its texts. Two queries; NotFound where there is none.

    Where :func:`tied_pieces` were read already, they give its ties and save a query.
    """
    if isinstance(place, Procedure) and is_frozen(place):
        item = _frozen_item(place, ref)
        return Piece(_frozen_head(item, _whys(item.ties.all())), said(item.content).texts, 0)
    found = _open_piece(place, ref)
    if tied is None:
        ties = _whys(found.ties.filter(standard=place.standard_id).order_by("code"))
    else:
        ties = dict(next((one.ties for one in tied.pieces if one.ref == ref), {}))
    return Piece(_open_head(found, ties), {**found.story, **found.details}, found.revision)


def _open_piece(place: Place, ref: str) -> Evidence:
    found = pieces_at(place).filter(ref=ref).select_related("file").first()
    if found is None:
        raise NotFound
    return found


def _frozen_item(procedure: Procedure, ref: str) -> SnapshotItem:
    newest = Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]
    items = SnapshotItem.objects.filter(snapshot__in=newest, ref=ref).select_related("file")
    found = items.prefetch_related("ties").first()
    if found is None:
        raise NotFound
    return found


def confirmations_of(place: Place, ref: str) -> tuple[Answered, ...]:
    """Return what referees said of a piece as it is now, oldest first. One query."""
    return confirmations(pieces_at(place).filter(ref=ref)).get(ref, ())


def piece_file(place: Place, ref: str) -> StoredFile:
    """Return the file of a piece: of the snapshot once handed in. NotFound where there is none."""
    found: SnapshotItem | Evidence
    if isinstance(place, Procedure) and is_frozen(place):
        found = _frozen_item(place, ref)
    else:
        found = _open_piece(place, ref)
    if found.file is None:
        raise NotFound
    return found.file


def tips(procedure: Procedure, code: str | None = None) -> tuple[Advice, ...]:
    """Return the tips given in a procedure, newest first; with ``code`` those on one item. One query."""
    found = Tip.objects.filter(procedure=procedure).select_related("author")
    if code is not None:
        found = found.filter(code=code)
    return tuple(Advice(tip.code, tip.text, tip.author.name, tip.given_at) for tip in found)


def given_back(procedure: Procedure) -> GivenBack | None:
    """Return why the portfolio came back last, while the candidate has it again. At most one query."""
    if State(procedure.state) is not State.PORTFOLIO:
        return None
    notes = StepNote.objects.filter(procedure=procedure, step=Step.GIVE_BACK.value)
    note = notes.select_related("author").first()
    return GivenBack(note.text, note.author.name, note.written_at) if note else None
