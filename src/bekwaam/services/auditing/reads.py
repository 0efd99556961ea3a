"""What auditors and coordinators read of samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from bekwaam.domain.auditing.sampling import Criteria, criteria_from, fingerprint, list_hash
from bekwaam.domain.procedures.states import State
from bekwaam.services.errors import NotFound
from bekwaam.services.listing import Listing
from bekwaam.store.models import (
    AuditEntry,
    AuditNote,
    FrameworkVersion,
    Procedure,
    Provider,
    Sample,
    Snapshot,
)


@dataclass(frozen=True, slots=True)
class SampleHead:
    """A sample without its lists. ``drawn_at`` is None while it was only announced."""

    ref: str
    auditor: str
    auditor_pk: int
    criteria: Criteria
    announced_at: datetime
    drawn_at: datetime | None
    number: int


@dataclass(frozen=True, slots=True)
class SampleRead:
    """A sample with all that makes it checkable.

    ``program_half``, ``own_half`` and ``seed`` are empty until it is drawn. ``entries`` are the numbers and
    hashes of what the chain says about it: the announcement, and the draw.
    """

    head: SampleHead
    fingerprint: str
    program_half: str
    own_half: str
    seed: str
    total: int
    list_sha256: str
    drawn: tuple[str, ...]
    entries: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A dossier of a sample. ``notes`` counts the findings about it in this sample that stand."""

    ref: str
    number: str
    candidate: str
    standard: dict[str, str]
    state: State
    since: datetime
    notes: int


@dataclass(frozen=True, slots=True)
class NoteRead:
    """A finding, with the earlier texts that it stands in the place of, newest first."""

    ref: str
    author: str
    author_pk: int
    written_at: datetime
    text: str
    earlier: tuple[NoteRead, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """Something of a dossier that has a hash of its own, and when it was made."""

    what: str
    number: str
    at: datetime
    sha256: str


def samples(provider: Provider) -> Listing[SampleHead]:
    """Return a provider's samples, newest first. One query a page, and one to count."""
    found = Sample.objects.filter(provider=provider).select_related("auditor").defer("population")
    return Listing(found, lambda page: [_head(row) for row in page])


def standards_used(provider: Provider) -> list[FrameworkVersion]:
    """Return the versions of standards that a provider's procedures are pinned to. One query."""
    pinned = Procedure.objects.filter(provider=provider).values("standard")
    found = FrameworkVersion.objects.filter(pk__in=pinned).defer("document")
    return list(found.order_by("identifier", "-published_at"))


def read_sample(provider: Provider, ref: str) -> SampleRead:
    """Return one sample. Two queries; NotFound for one of another provider."""
    row = Sample.objects.filter(provider=provider, ref=ref).select_related("auditor").first()
    if row is None:
        raise NotFound
    known = AuditEntry.objects.filter(subject=f"provider:{provider.ref}", payload__contains=f'"{row.ref}"')
    entries = tuple(known.order_by("sequence").values_list("sequence", "hash"))
    done = row.drawn_at is not None
    return SampleRead(
        head=_head(row),
        fingerprint=fingerprint(row.program_half),
        program_half=row.program_half if done else "",
        own_half=row.own_half,
        seed=row.seed,
        total=len(row.population),
        list_sha256=list_hash(row.population) if done else "",
        drawn=tuple(row.drawn),
        entries=entries,
    )


def drawn_rows(sample: str, refs: Sequence[str]) -> list[DrawnRow]:
    """Return the dossiers of these references, in their order. One query."""
    standing = Q(audit_notes__sample__ref=sample, audit_notes__replaced_by=None)
    found = Procedure.objects.filter(ref__in=refs).select_related("candidate", "standard")
    rows = found.defer("standard__document").annotate(noted=Count("audit_notes", filter=standing))
    by_ref = {row.ref: row for row in rows.order_by()}
    return [_drawn(by_ref[ref]) for ref in refs if ref in by_ref]


def sample_of(procedure: Procedure, sample: str) -> SampleHead:
    """Return the sample that a dossier was drawn in; NotFound where it was not drawn in it. One query."""
    found = Sample.objects.filter(provider=procedure.provider_id, ref=sample).select_related("auditor")
    row = found.defer("population").first()
    if row is None or procedure.ref not in row.drawn:
        raise NotFound
    return _head(row)


def notes_about(procedure: Procedure, sample: str = "") -> tuple[NoteRead, ...]:
    """Return the findings about a dossier that stand, oldest first, of one sample or of all. One query."""
    found = AuditNote.objects.filter(procedure=procedure).select_related("author")
    rows = list(found.filter(sample__ref=sample) if sample else found)
    by_pk = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    return tuple(_note(row, by_pk) for row in rows if row.pk not in replaced)


def papers(procedure: Procedure) -> tuple[Paper, ...]:
    """Return what of a dossier has a hash: every portfolio handed in, and the certificate. One query."""
    rows = Snapshot.objects.filter(procedure=procedure).defer("manifest").order_by("number")
    certificate = {
        "paper_number": F("procedure__certificate__number"),
        "paper_at": F("procedure__certificate__issued_at"),
        "paper_hash": F("procedure__certificate__file__sha256"),
    }
    found: list[Any] = list(rows.annotate(**certificate))
    listed = [Paper("snapshot", str(row.number), row.handed_in_at, row.sha256) for row in found]
    if found and found[-1].paper_number:
        last = found[-1]
        listed.append(Paper("certificate", last.paper_number, last.paper_at, last.paper_hash))
    return tuple(listed)


def _head(row: Sample) -> SampleHead:
    return SampleHead(
        ref=row.ref,
        auditor=row.auditor.name,
        auditor_pk=row.auditor_id,
        criteria=criteria_from(row.criteria),
        announced_at=row.announced_at,
        drawn_at=row.drawn_at,
        number=len(row.drawn),
    )


def _drawn(row: Procedure) -> DrawnRow:
    return DrawnRow(
        ref=row.ref,
        number=row.number,
        candidate=row.candidate.name,
        standard=row.standard.title,
        state=State(row.state),
        since=row.state_since,
        notes=row.noted,  # type: ignore[attr-defined]
    )


def _note(row: AuditNote, known: dict[int, AuditNote]) -> NoteRead:
    earlier, before = [], known.get(row.replaces_id or 0)
    while before is not None:
        earlier.append(_plain(before))
        before = known.get(before.replaces_id or 0)
    return replace(_plain(row), earlier=tuple(earlier))


def _plain(row: AuditNote) -> NoteRead:
    return NoteRead(row.ref, row.author.name, row.author_id, row.written_at, row.text)
