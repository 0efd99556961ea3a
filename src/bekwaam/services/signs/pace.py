"""How long a judgement took: from opening the competence to saving. Only the seconds are kept."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from bekwaam.services import clock
from bekwaam.store.models import Judgement, JudgementPace, Person, Snapshot, UnitOpened


def is_open(assessor: Person, unit: str) -> Exists:
    """Return whether an assessor has a unit open to judge, for a query on rows that belong to a snapshot."""
    return Exists(UnitOpened.objects.filter(snapshot=OuterRef("snapshot"), assessor=assessor, unit=unit))


def open_unit(assessor: Person, snapshot: int, unit: str) -> None:
    """Remember that an assessor has a unit of a snapshot (by key) open to judge. One query.

    Opening it again changes nothing: the time runs from the first.
    """
    row = UnitOpened(snapshot_id=snapshot, assessor=assessor, unit=unit, opened_at=clock.now())
    UnitOpened.objects.bulk_create([row], ignore_conflicts=True)


def keep_pace(judgement: Judgement) -> None:
    """Keep how long a first judgement took, and forget when its unit was opened. In the caller's transaction.

    Where it was never opened on a screen, nothing is kept.
    """
    found = UnitOpened.objects.filter(
        snapshot=judgement.snapshot_id, assessor=judgement.assessor_id, unit=judgement.unit
    )
    opened = found.values_list("opened_at", flat=True).first()
    if opened is None:
        return
    if judgement.replaces_id is None:
        seconds = max(0, int((judgement.made_at - opened).total_seconds()))
        JudgementPace.objects.create(judgement=judgement, seconds=seconds)
    found.delete()


def forget_openings(snapshot: Snapshot, assessor: Person | None = None) -> None:
    """Forget what was opened of a snapshot and never judged: by one assessor, or by all."""
    found = UnitOpened.objects.filter(snapshot=snapshot)
    (found.filter(assessor=assessor) if assessor else found).delete()
