"""Personal data of others in a piece of evidence: found, shown to its writer, replaced at one click.

The writer decides. What they let stand is not shown again; what they replace goes from the earlier texts of
the piece as well, for a history that still holds the name would make the replacing idle. What can be told by
its form is found while the page is made; names and what is in files by :mod:`.looking`, in the background.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction

from bekwaam.domain.events import Event
from bekwaam.domain.portfolio.kinds import EvidenceKind
from bekwaam.domain.privacy.looked import Looked, names_looked, text_hash
from bekwaam.domain.privacy.marks import Mark, MarkKind, replaced, settled
from bekwaam.domain.privacy.names import is_own_name, marks_of
from bekwaam.domain.privacy.patterns import find_by_form
from bekwaam.domain.verdict import refused
from bekwaam.services import clock, ports
from bekwaam.services.errors import NotFound, Refused
from bekwaam.services.portfolio.evidence import rewrite
from bekwaam.services.portfolio.file_marks import FILE, FileSeen, file_seen, mark_hash
from bekwaam.services.portfolio.looking import carry_over
from bekwaam.services.portfolio.place import Place
from bekwaam.services.portfolio.reads import pieces_at
from bekwaam.services.portfolio.told import put_text, told_fields, told_texts
from bekwaam.store.models import Evidence, EvidenceVersion, KeptMark, Person, TextLook
from bekwaam.wording import N_

_AROUND: Final = 60
_GONE: Final = N_("This text was changed meanwhile. Look at the piece again.")


@dataclass(frozen=True, slots=True)
class PieceMark:
    """A mark in one field of a piece; ``label`` is the msgid of the field, the rest the text around it."""

    field: str
    label: str
    mark: Mark
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class PieceSeen:
    """What was found in an open piece and its writer has not let stand, and how far looking is.

    ``names`` says so of names in its texts; ``file`` is None for a piece without one.
    """

    marks: tuple[PieceMark, ...]
    names: Looked
    file: FileSeen | None

    @property
    def number(self) -> int:
        """Return how many marks there are, in texts and file."""
        return len(self.marks) + (len(self.file.marks) if self.file else 0)

    @property
    def waits(self) -> bool:
        """Whether there is something that is still being looked at."""
        return Looked.WAITING in (self.names, self.file.looked if self.file else Looked.DONE)


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece with at least one mark that nobody looked at yet."""

    ref: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class PlaceSeen:
    """What to look at before handing in: pieces with marks, oldest first, and how many are still looked at.

    ``names`` says whether this installation finds names at all.
    """

    marked: tuple[MarkedPiece, ...]
    waiting: int
    names: bool


def piece_seen(place: Place, ref: str) -> PieceSeen:
    """Return what was found in an open piece. Two queries; NotFound where there is none."""
    found = _looked_at(place).filter(ref=ref).first()
    if found is None:
        raise NotFound
    return _seen(found)


def place_seen(place: Place) -> PlaceSeen:
    """Return what was found in all pieces of a place. Two queries."""
    rows = [(piece, _seen(piece)) for piece in _looked_at(place).order_by("added_at", "pk")]
    return PlaceSeen(
        marked=tuple(MarkedPiece(piece.ref, piece.title, seen.number) for piece, seen in rows if seen.number),
        waiting=sum(seen.waits for _piece, seen in rows),
        names=bool(ports.person_finder_name()),
    )


def _looked_at(place: Place) -> Any:
    return pieces_at(place).select_related("owner", "look", "file__look").prefetch_related("kept_marks")


def keep_mark(actor: Person, place: Place, ref: str, field: str, text: str) -> None:
    """Let a stretch of text stand: the writer looked at it. It is not shown again. Twice changes nothing."""
    _keep(_own(actor, place, ref), field, [text])


@transaction.atomic
def keep_file(actor: Person, place: Place, ref: str, sha256: str) -> None:
    """Let stand all that was found in the file of a piece.

    Raises Refused where that is not the file with this hash any more.
    """
    piece = _own(actor, place, ref)
    if piece.file is None or piece.file.sha256 != sha256:
        raise Refused(refused("text_changed", _GONE))
    seen = file_seen(piece.file, frozenset(), piece.owner.name)
    _keep(piece, FILE, [mark.text for mark in seen.marks])


def _keep(piece: Evidence, field: str, texts: list[str]) -> None:
    for text in texts:
        KeptMark.objects.get_or_create(
            evidence=piece, field=field, text_sha256=mark_hash(text), defaults={"kept_at": clock.now()}
        )


def _own(actor: Person, place: Place, ref: str) -> Evidence:
    found = pieces_at(place).filter(owner=actor, ref=ref).select_related("owner", "file__look").first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def replace_mark(
    actor: Person, place: Place, ref: str, field: str, start: int, text: str, instead: str
) -> Evidence:
    """Put ``instead`` in place of the marked ``text`` that begins at ``start`` of a field.

    Raises Refused where that text no longer stands there; nothing is then changed.
    """
    mark = Mark(start, start + len(text), MarkKind.NAME, text)

    def change(piece: Evidence) -> None:
        now = told_texts(piece).get(field)
        if now is None or not text:
            raise Refused(refused("text_changed", _GONE))
        try:
            new = replaced(now, mark, instead)
        except ValueError as error:
            raise Refused(refused("text_changed", _GONE)) from error
        put_text(piece, field, new)
        carry_over(piece, field, now, mark)

    piece = rewrite(actor, place, ref, change, Event.MARK_REPLACED)
    _clean_history(piece, field, text, instead)
    return piece


def _seen(piece: Evidence) -> PieceSeen:
    kept = {(mark.field, mark.text_sha256) for mark in piece.kept_marks.all()}
    look: TextLook | None = getattr(piece, "look", None)
    seen: Mapping[str, Any] = look.seen if look is not None else {}
    texts = told_texts(piece)
    hashes = {field: there["sha256"] for field, there in seen.items()}
    by = look.finder if look is not None else ""
    kept_in_file = frozenset(digest for field, digest in kept if field == FILE)
    return PieceSeen(
        marks=tuple(_open_marks(piece, texts, seen, kept)),
        names=names_looked(ports.person_finder_name(), texts, hashes, by),
        file=file_seen(piece.file, kept_in_file, piece.owner.name) if piece.file else None,
    )


def _open_marks(
    piece: Evidence, texts: Mapping[str, str], seen: Mapping[str, Any], kept: set[tuple[str, str]]
) -> Iterator[PieceMark]:
    for field, label in told_fields(EvidenceKind(piece.kind)).items():
        text, there = texts[field], seen.get(field, {})
        spans = there["spans"] if there.get("sha256") == text_hash(text) else ()
        names = marks_of(text, ((start, end) for start, end in spans))
        for mark in settled([*find_by_form(text), *names]):
            if mark.kind is MarkKind.NAME and is_own_name(mark.text, piece.owner.name):
                continue
            if (field, mark_hash(mark.text)) not in kept:
                before = text[max(0, mark.start - _AROUND) : mark.start]
                yield PieceMark(field, label, mark, before, text[mark.end : mark.end + _AROUND])


def _clean_history(piece: Evidence, field: str, text: str, instead: str) -> None:
    """Take a replaced text out of the same field of the earlier versions too."""
    changed = []
    for version in EvidenceVersion.objects.filter(evidence=piece):
        texts: dict[str, Any] = version.texts
        for holder in (texts, texts.get("story", {}), texts.get("details", {})):
            if text in str(holder.get(field, "")):
                holder[field] = holder[field].replace(text, instead)
                changed.append(version)
    EvidenceVersion.objects.bulk_update(dict.fromkeys(changed), ["texts"])
