"""Taking pieces from one's portfolio into the dossier of a procedure, and leaving one out again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.domain.procedures.states import State
from bekwaam.services import clock
from bekwaam.services.accounts.standing import lock
from bekwaam.services.errors import Invalid, NotFound
from bekwaam.services.portfolio.evidence import lacks
from bekwaam.services.portfolio.place import insist_may_write, subject_of
from bekwaam.store.audit import append
from bekwaam.store.models import DossierItem, Evidence, Person, Procedure
from bekwaam.wording import N_

_UNFINISHED: Final = N_(
    "Not finished yet: {titles}. Open it in your portfolio and fill in what is empty; then it can come along."
)


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """A dossier that can still change and that a piece is in. ``handed_in`` when it is frozen now."""

    ref: str
    number: str
    provider: str


@transaction.atomic
def take_into_dossier(actor: Person, procedure: Procedure, refs: Collection[str]) -> int:
    """Put pieces of one's own portfolio in a dossier; return how many were not in it yet.

    They stay in the portfolio: it is the same piece, and what it is tied to goes along where that is the
    procedure's own standard. Raises Invalid when nothing is chosen or something is not finished (what came
    from another system may lack parts), NotFound for a piece of somebody else.
    """
    procedure = lock(procedure)
    insist_may_write(actor, procedure)
    if not refs:
        raise Invalid((Fault("pieces", "empty", N_("Choose at least one piece.")),))
    # Locked in one order, so that two that take the same pieces wait for each other and not for ever.
    mine = Evidence.objects.filter(owner=actor, ref__in=set(refs)).select_for_update().order_by("pk")
    pieces = list(mine)
    if len(pieces) != len(set(refs)):
        raise NotFound
    if unfinished := [piece.title for piece in pieces if lacks(piece)]:
        raise Invalid((Fault("pieces", "unfinished", _UNFINISHED, {"titles": " · ".join(unfinished)}),))
    there = set(
        DossierItem.objects.filter(procedure=procedure, evidence__in=pieces).values_list(
            "evidence", flat=True
        )
    )
    new = [piece for piece in pieces if piece.pk not in there]
    now = clock.now()
    DossierItem.objects.bulk_create(
        DossierItem(procedure=procedure, evidence=piece, added_at=now) for piece in new
    )
    if new:
        append(
            Event.EVIDENCE_TAKEN,
            actor=actor,
            subject=subject_of(procedure),
            now=now,
            payload={"evidence": [piece.ref for piece in new]},
        )
    return len(new)


@transaction.atomic
def leave_out(actor: Person, procedure: Procedure, ref: str) -> None:
    """Take a piece out of a dossier. It stays in the portfolio of who it belongs to."""
    procedure = lock(procedure)
    insist_may_write(actor, procedure)
    items = DossierItem.objects.filter(procedure=procedure, evidence__owner=actor, evidence__ref=ref)
    gone, _ = items.delete()
    if not gone:
        raise NotFound
    append(
        Event.EVIDENCE_LEFT_OUT,
        actor=actor,
        subject=subject_of(procedure),
        now=clock.now(),
        payload={"evidence": ref},
    )


def open_dossiers(actor: Person, ref: str) -> tuple[OpenDossier, ...]:
    """Return the dossiers that are open and that a piece of ``actor`` is in. One query."""
    rows = Procedure.objects.filter(
        Exists(DossierItem.objects.filter(procedure=OuterRef("pk"), evidence__ref=ref)),
        candidate=actor,
        state=State.PORTFOLIO.value,
    ).select_related("provider")
    return tuple(OpenDossier(row.ref, row.number, row.provider.name) for row in rows)
