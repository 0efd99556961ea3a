"""What a piece of evidence said after each of its changes, for its writer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bekwaam.domain.portfolio.evidence import words
from bekwaam.domain.portfolio.said import Said, said
from bekwaam.services.errors import NotFound
from bekwaam.services.portfolio.place import Place
from bekwaam.services.portfolio.reads import is_frozen, pieces_at
from bekwaam.store.models import EvidenceVersion, Procedure


@dataclass(frozen=True, slots=True)
class VersionHead:
    """An earlier or the present text of a piece. ``words`` is how many words its fields have together."""

    number: int
    saved_at: datetime
    title: str
    words: int


@dataclass(frozen=True, slots=True)
class Version:
    """What a piece said after one of its changes."""

    head: VersionHead
    said: Said


def versions(place: Place, ref: str) -> tuple[VersionHead, ...]:
    """Return the versions of an open piece, newest first. Two queries; NotFound without such a piece."""
    rows = EvidenceVersion.objects.filter(evidence=_open_key(place, ref))
    return tuple(_version_head(row) for row in rows)


def version(place: Place, ref: str, number: int) -> Version:
    """Return one version. Two queries; NotFound where there is none."""
    row = EvidenceVersion.objects.filter(evidence=_open_key(place, ref), number=number).first()
    if row is None:
        raise NotFound
    return Version(_version_head(row), said(row.texts))


def _open_key(place: Place, ref: str) -> int:
    if isinstance(place, Procedure) and is_frozen(place):
        raise NotFound
    key = pieces_at(place).filter(ref=ref).values_list("pk", flat=True).first()
    if key is None:
        raise NotFound
    return key


def _version_head(row: EvidenceVersion) -> VersionHead:
    texts = said(row.texts).texts
    return VersionHead(row.number, row.saved_at, row.texts["title"], sum(map(words, texts.values())))
