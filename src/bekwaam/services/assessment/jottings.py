"""An assessor's own desk: notes, the VRAAK checklist of a piece, what was seen of an indicator.

None of it is in the audit chain: like a draft it is nobody's business. Notes stay with their author. The
checklists are shown to the other assessors after the reveal, and are fixed once their author has finished.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.assessment.jottings import (
    MAX_NOTE,
    MAX_QUOTE,
    MAX_REMARK,
    SEEN,
    JottingKind,
    Vraak,
    one_line,
    passage_hash,
    stands_in,
)
from bekwaam.domain.faults import Fault
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.assessment.findings import insist_no_faults, latest_snapshot
from bekwaam.services.errors import NotFound
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.store.models import Jotting, Person, Procedure, Snapshot
from bekwaam.wording import N_


@dataclass(frozen=True, slots=True)
class Note:
    """A note of one's own; ``piece`` is a reference or empty, ``quote`` the passage it marks."""

    ref: str
    unit: str
    piece: str
    text: str
    quote: str
    quote_sha256: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """The marks and remark of one assessor about one piece, or about one indicator."""

    marks: frozenset[str] = frozenset()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one assessor jotted down: notes, checklists by piece, and what was seen by indicator."""

    notes: tuple[Note, ...] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)
    indicators: Mapping[str, Check] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NoteInput:
    """What was written: a text, the piece it is about and the passage in it."""

    text: str
    piece: str = ""
    quote: str = ""


def desk_of(procedure: Procedure, snapshot: int, person: Person) -> Desk:
    """Return what somebody jotted down about a procedure. One query.

    Notes stay when the portfolio was given back and handed in anew; checklists are about what was handed in
    as the snapshot with that key.
    """
    rows = list(Jotting.objects.filter(procedure=procedure, author=person))
    now = [row for row in rows if row.snapshot_id == snapshot]
    return Desk(
        notes=tuple(
            Note(row.ref, row.unit, row.about, row.text, row.quote, row.quote_sha256, row.written_at)
            for row in rows
            if row.kind == JottingKind.NOTE
        ),
        checks={row.about: _check(row) for row in now if row.kind == JottingKind.CHECK},
        indicators={row.about: _check(row) for row in now if row.kind == JottingKind.INDICATOR},
    )


def checks_of_all(snapshot: int, people: Collection[int]) -> dict[str, list[tuple[str, Check]]]:
    """Return the checklists of ``people`` (by key) by piece, with the name of whose it is. One query.

    Only for after the reveal: the caller has seen to it (``Action.SEE_BOTH_JUDGEMENTS``), and leaves out
    whoever came in later and is still judging.
    """
    rows = Jotting.objects.filter(snapshot=snapshot, kind=JottingKind.CHECK, author__in=people)
    rows = rows.select_related("author")
    found: dict[str, list[tuple[str, Check]]] = {}
    for row in rows.order_by("author__name", "author"):
        found.setdefault(row.about, []).append((row.author.name, _check(row)))
    return found


def _check(row: Jotting) -> Check:
    return Check(frozenset(row.marks), row.text)


@transaction.atomic
def write_note(actor: Person, procedure: Procedure, unit: str, given: NoteInput) -> str:
    """Keep a note for its author alone; returns its reference.

    Raises Invalid when it is empty or when the passage does not stand in the piece as handed in; NotFound
    for a unit or a piece that is not in this dossier.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.WRITE_NOTE, actor, procedure)
    _insist_unit(procedure, unit)
    snapshot = latest_snapshot(procedure)
    text, quote = given.text.strip(), one_line(given.quote)
    insist_no_faults(_note_faults(snapshot, text, quote, given.piece))
    row = Jotting.objects.create(
        procedure=procedure,
        snapshot=snapshot,
        author=actor,
        kind=JottingKind.NOTE,
        unit=unit,
        about=given.piece,
        text=text,
        quote=quote,
        quote_sha256=passage_hash(quote) if quote else "",
        written_at=clock.now(),
    )
    return row.ref


def _note_faults(snapshot: Snapshot, text: str, quote: str, piece: str) -> tuple[Fault, ...]:
    faults = []
    if not text and not quote:
        faults.append(Fault("text", "empty", N_("Write something down, or mark a passage.")))
    for name, value, most in (("text", text, MAX_NOTE), ("quote", quote, MAX_QUOTE)):
        if len(value) > most:
            message = N_("This is too long: {most} characters is the most.")
            faults.append(Fault(name, "too_long", message, {"most": most}))
    item = snapshot.items.filter(ref=piece).first() if piece else None
    if piece and item is None:
        raise NotFound
    if quote and item is None:
        faults.append(Fault("piece", "no_piece", N_("Choose the evidence that this passage comes from.")))
    elif quote and item and not stands_in(quote, [item.title, *said(item.content).texts.values()]):
        message = N_("This does not stand in “{title}”. Mark a passage within one part of the text.")
        faults.append(Fault("quote", "elsewhere", message, {"title": item.title}))
    return tuple(faults)


@transaction.atomic
def drop_note(actor: Person, procedure: Procedure, ref: str) -> None:
    """Throw away a note of one's own; NotFound for any other."""
    insist_at_procedure(Action.WRITE_NOTE, actor, procedure)
    gone, _each = Jotting.objects.filter(
        procedure=procedure, author=actor, kind=JottingKind.NOTE, ref=ref
    ).delete()
    if not gone:
        raise NotFound


@transaction.atomic
def keep_checks(
    actor: Person,
    procedure: Procedure,
    pieces: Mapping[str, Check],
    indicators: Mapping[str, Check],
) -> None:
    """Keep one's checklists by piece and what one saw by indicator; an empty one is taken away.

    What is not named stays as it is. Marks that do not exist are left out; Invalid for a remark that is
    too long; NotFound for a piece or an indicator that is not in this dossier.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.JUDGE, actor, procedure)
    snapshot = latest_snapshot(procedure)
    framework = framework_of(procedure.standard)
    if not set(pieces) <= set(snapshot.items.values_list("ref", flat=True)):
        raise NotFound
    if not set(indicators) <= set(framework.by_code):
        raise NotFound
    for kind, given, known in (
        (JottingKind.CHECK, pieces, frozenset(Vraak)),
        (JottingKind.INDICATOR, indicators, frozenset({SEEN})),
    ):
        _keep(actor, snapshot, kind, given, known)


def _keep(
    actor: Person, snapshot: Snapshot, kind: JottingKind, given: Mapping[str, Check], known: Iterable[str]
) -> None:
    before = {
        row.about: _check(row) for row in Jotting.objects.filter(snapshot=snapshot, author=actor, kind=kind)
    }
    for about, wanted in given.items():
        check = Check(wanted.marks.intersection(known), wanted.remark.strip())
        if len(check.remark) > MAX_REMARK:
            message = N_("This is too long: {most} characters is the most.")
            insist_no_faults((Fault("remark", "too_long", message, {"most": MAX_REMARK}),))
        if check == before.get(about, Check()):
            continue
        mine: dict[str, Any] = {"snapshot": snapshot, "author": actor, "kind": kind, "about": about}
        if check == Check():
            Jotting.objects.filter(**mine).delete()
            continue
        values: dict[str, Any] = {
            "marks": sorted(check.marks),
            "text": check.remark,
            "written_at": clock.now(),
        }
        Jotting.objects.update_or_create(**mine, defaults={**values, "procedure_id": snapshot.procedure_id})


def _insist_unit(procedure: Procedure, unit: str) -> None:
    if unit not in judged_units(framework_of(procedure.standard), procedure.scope):
        raise NotFound
