"""Handing in: the portfolio frozen as a snapshot, and giving it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from bekwaam.domain.accounts.access import Action
from bekwaam.domain.events import Event
from bekwaam.domain.portfolio.snapshot import FrozenPiece, manifest
from bekwaam.domain.procedures.states import Need, Step
from bekwaam.domain.verdict import refused
from bekwaam.services import clock
from bekwaam.services.accounts.standing import insist_at_procedure, lock
from bekwaam.services.errors import Refused
from bekwaam.services.feedback.reads import Answered, confirmations
from bekwaam.services.procedures.employers import find_conflicts
from bekwaam.services.procedures.letters import tell_given_back, tell_handed_in
from bekwaam.services.procedures.steps import take_step
from bekwaam.services.signs.counting import count_dossier
from bekwaam.services.signs.jobs import look_into_files_soon
from bekwaam.services.signs.pace import forget_openings
from bekwaam.store.audit import append
from bekwaam.store.models import (
    Evidence,
    EvidenceTie,
    JudgingFinished,
    Person,
    Procedure,
    Snapshot,
    SnapshotItem,
    SnapshotTie,
)
from bekwaam.trust.canonical import hash_of
from bekwaam.wording import N_


@transaction.atomic
def hand_in(actor: Person, procedure: Procedure) -> Snapshot:
    """Freeze the dossier and let the judging begin.

    Everything happens in one transaction: a crash leaves the portfolio open and untouched. Pieces that
    are tied to nothing go along too; they are part of what the candidate collected.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.HAND_IN, actor, procedure)
    evidence = _dossier(procedure)
    said_of = confirmations(Evidence.objects.filter(dossier_items__procedure=procedure))
    pieces = tuple(_freeze(piece, procedure, said_of.get(piece.ref, ())) for piece in evidence)
    holds = frozenset({Need.EVIDENCE}) if any(piece.ties for piece in pieces) else frozenset()
    now = clock.now()
    number = Snapshot.objects.filter(procedure=procedure).count() + 1
    listed = manifest(procedure.ref, number, procedure.standard.sha256, pieces)
    take_step(actor, procedure, Step.HAND_IN, holds)
    snapshot = Snapshot.objects.create(
        procedure=procedure, number=number, manifest=listed, sha256=hash_of(listed), handed_in_at=now
    )
    items = SnapshotItem.objects.bulk_create(
        SnapshotItem(
            snapshot=snapshot,
            position=position,
            ref=frozen.ref,
            kind=piece.kind,
            title=piece.title,
            content=frozen.content,
            content_sha256=frozen.content_sha256,
            file=piece.file,
        )
        for position, (piece, frozen) in enumerate(zip(evidence, pieces, strict=True), start=1)
    )
    SnapshotTie.objects.bulk_create(
        SnapshotTie(item=item, code=code, why=why)
        for item, frozen in zip(items, pieces, strict=True)
        for code, why in frozen.ties
    )
    prefetch_related_objects(items, "ties")
    append(
        Event.HANDED_IN,
        actor=actor,
        subject=f"procedure:{procedure.ref}",
        now=now,
        payload={"snapshot": snapshot.ref, "sha256": snapshot.sha256},
        content=[snapshot, *items],
    )
    find_conflicts(actor, procedure)
    count_dossier(snapshot)
    look_into_files_soon(snapshot)
    tell_handed_in(procedure)
    return snapshot


def _dossier(procedure: Procedure) -> list[Evidence]:
    """Return the pieces, locked in the order of their keys: each may be open in a portfolio as well."""
    found = Evidence.objects.filter(dossier_items__procedure=procedure).select_for_update(of=("self",))
    pieces = list(found.select_related("file").prefetch_related("ties").order_by("pk"))
    return sorted(pieces, key=lambda piece: (piece.added_at, piece.pk))


def _freeze(piece: Evidence, procedure: Procedure, answers: Iterable[Answered]) -> FrozenPiece:
    """Return a piece as it goes to the assessors, with what referees said of it as it is now."""
    ties: list[EvidenceTie] = [t for t in piece.ties.all() if t.standard_id == procedure.standard_id]
    return FrozenPiece(
        ref=piece.ref,
        content={**piece.content(), **_confirmed(answers)},
        ties=tuple((tie.code, tie.why) for tie in ties),
        file=piece.file.sha256 if piece.file else None,
    )


def _confirmed(answers: Iterable[Answered]) -> dict[str, Any]:
    """Return the answers that stand, as plain JSON; nothing where there are none."""
    standing = [
        {
            "said": str(one.said),
            "name": one.name,
            "function": one.function,
            "text": one.text,
            "at": timezone.localdate(one.at).isoformat(),
        }
        for one in answers
        if one.stands
    ]
    return {"confirmations": standing} if standing else {}


@transaction.atomic
def give_back(actor: Person, procedure: Procedure, reason: str) -> Procedure:
    """Give a handed-in portfolio back to the candidate, as long as no assessor has finished.

    Judgements made so far stay on record with the snapshot they were about.
    """
    procedure = lock(procedure)
    insist_at_procedure(Action.GIVE_BACK, actor, procedure)
    if procedure.is_rejudging:
        message = N_("Here an objection is judged, on what was handed in before. It stays as it is.")
        raise Refused(refused("objection", message))
    snapshot = Snapshot.objects.filter(procedure=procedure).last()
    finished = JudgingFinished.objects.filter(procedure=procedure, snapshot=snapshot)
    holds = frozenset() if finished.exists() else frozenset({Need.NOT_YET_JUDGED})
    procedure = take_step(actor, procedure, Step.GIVE_BACK, holds, reason)
    if snapshot is not None:
        forget_openings(snapshot)
    tell_given_back(procedure)
    return procedure
