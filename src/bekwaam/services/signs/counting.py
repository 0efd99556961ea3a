"""Counting what stands out, at the two moments that matter: handing in, and finishing judging."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from bekwaam.domain.assessment.asked import asked_stage
from bekwaam.domain.portfolio.coverage import Counted, Usual
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind
from bekwaam.domain.portfolio.said import said
from bekwaam.domain.procedures.scope import judged_units
from bekwaam.domain.procedures.states import OUTCOME_KNOWN, State
from bekwaam.domain.signs.dossier import Alike, Confirmation, Whose, old_evidence, one_referee, text_signs
from bekwaam.domain.signs.judging import Reasoned, is_no, never_no, quick_judgements, same_reasons
from bekwaam.domain.signs.sign import ABOUT_DOSSIER, ABOUT_JUDGING, TEXT_CODES, Sign, SignCode
from bekwaam.services import clock
from bekwaam.services.frameworks.versions import framework_of
from bekwaam.services.signs.pace import forget_openings
from bekwaam.services.signs.settings import settings_of
from bekwaam.services.signs.texts import remember_texts
from bekwaam.store.models import (
    FeedbackAnswer,
    FoundSign,
    Judgement,
    Person,
    Procedure,
    Snapshot,
    SnapshotItem,
    TextMatch,
)

REVEALED: Final = (State.DECIDING, *OUTCOME_KNOWN)
_SHOWING: Final = (State.JUDGING, *REVEALED)


def count_dossier(snapshot: Snapshot) -> None:
    """Look for signs about what was just handed in. In the caller's transaction, after its audit entry.

    Dossiers that turn out to share text with it are counted anew: it is to be seen from both sides.
    """
    remember_texts(snapshot)
    procedure = snapshot.procedure
    items = list(SnapshotItem.objects.filter(snapshot=snapshot))
    usual = Usual(
        procedure.provider.usual_years, procedure.provider.usual_pieces, procedure.provider.usual_contexts
    )
    handed_in = timezone.localdate(snapshot.handed_in_at)
    share = settings_of(procedure.provider).referee_share
    found = [
        *_text_signs(snapshot),
        old_evidence([_counted(item) for item in items], usual, handed_in),
        one_referee(_confirmations(procedure, items), share),
    ]
    _put(snapshot, None, ABOUT_DOSSIER, found)
    for other in _touched(snapshot):
        _put(other, None, TEXT_CODES, _text_signs(other))


def count_judging(snapshot: Snapshot, assessor: Person) -> None:
    """Look for signs in the judging that an assessor just finished. In the caller's transaction.

    Whether there ever is a no is counted over dossiers that were revealed, so that nothing can be worked out
    about this one.
    """
    procedure = snapshot.procedure
    found = [*judging_now(snapshot, assessor), _never_no(procedure, assessor)]
    _put(snapshot, assessor, ABOUT_JUDGING, found)
    forget_openings(snapshot, assessor)


def judging_now(snapshot: Snapshot, assessor: Person) -> tuple[Sign, ...]:
    """Return what stands out in somebody's own judgements as they are now. Two queries."""
    place = {unit: at for at, unit in enumerate(_units(snapshot.procedure))}
    mine = Judgement.objects.filter(snapshot=snapshot, assessor=assessor)
    paces = dict(mine.filter(pace__isnull=False).values_list("unit", "pace__seconds"))
    seconds = {unit: paces[unit] for unit in sorted(paces, key=lambda unit: place.get(unit, 0))}
    standing = mine.filter(replaced_by=None).values_list("unit", "observed", "why")
    reasoned = [Reasoned(*row) for row in sorted(standing, key=lambda row: place.get(row[0], 0))]
    settings = settings_of(snapshot.procedure.provider)
    both = (quick_judgements(seconds, settings), same_reasons(reasoned))
    return tuple(sign for sign in both if sign)


def _units(procedure: Procedure) -> tuple[str, ...]:
    return judged_units(framework_of(procedure.standard), procedure.scope)


def _never_no(procedure: Procedure, assessor: Person) -> Sign | None:
    settings = settings_of(procedure.provider)
    rows = Judgement.objects.filter(
        assessor=assessor,
        replaced_by=None,
        procedure__provider=procedure.provider_id,
        procedure__state__in=REVEALED,
    ).exclude(procedure=procedure)
    rows = rows.select_related("procedure__standard").defer("procedure__standard__document")
    last = rows.order_by("-made_at", "-pk")[: settings.yes_in_a_row]
    return never_no([_said_no(row) for row in last], settings)


def _said_no(row: Judgement) -> bool:
    framework = framework_of(row.procedure.standard)
    asked = asked_stage(framework, row.unit) if row.unit in framework.by_code else None
    return is_no(framework, asked, row.stage)


def matches_of(snapshot: Snapshot, piece: str = "") -> list[tuple[SnapshotItem, SnapshotItem, int, int]]:
    """Return (own piece, other piece, shared prints, own prints) of a snapshot, the most shared first.

    With ``piece`` (a reference) of that piece alone. Dossiers that were stopped are left out: they are their
    owner's alone again. One query.
    """
    rows = TextMatch.objects.select_related("item__sketch", "other__sketch")
    for side in ("item", "other"):
        rows = rows.select_related(f"{side}__snapshot__procedure__provider", f"{side}__file")
        rows = rows.exclude(**{f"{side}__snapshot__procedure__state": State.WITHDRAWN})
        rows = rows.defer(f"{side}__snapshot__manifest")
    found = []
    for row in rows.filter(Q(item__snapshot=snapshot) | Q(other__snapshot=snapshot)).order_by("-shared"):
        mine, theirs = (row.item, row.other) if row.item.snapshot_id == snapshot.pk else (row.other, row.item)
        if piece in ("", mine.ref) and not _same_line(mine, theirs):
            found.append((mine, theirs, row.shared, max(1, mine.sketch.prints)))
    return found


def _same_line(mine: SnapshotItem, theirs: SnapshotItem) -> bool:
    """Tell whether one dossier follows the other: then the same work comes back, and that is no sign."""
    here, there = mine.snapshot.procedure, theirs.snapshot.procedure
    return (here.first_id or here.pk) == (there.first_id or there.pk) and here.pk != there.pk


def whose(mine: SnapshotItem, theirs: SnapshotItem) -> Whose:
    """Tell where another text is, seen from one's own piece."""
    here, there = mine.snapshot.procedure, theirs.snapshot.procedure
    if here.candidate_id == there.candidate_id:
        return Whose.OWN
    return Whose.HERE if here.provider_id == there.provider_id else Whose.ELSEWHERE


def _text_signs(snapshot: Snapshot) -> tuple[Sign, ...]:
    alike = [
        Alike(mine.ref, whose(mine, theirs), min(100, round(100 * shared / size)))
        for mine, theirs, shared, size in matches_of(snapshot)
    ]
    return text_signs(alike, SnapshotItem.objects.filter(snapshot=snapshot).count() if alike else 0)


def _touched(snapshot: Snapshot) -> QuerySet[Snapshot]:
    """Return the snapshots that count of the dossiers that share text with this one."""
    mine = Q(snapshots__items__matched_by__item__snapshot=snapshot)
    procedures = Procedure.objects.filter(mine, state__in=_SHOWING).exclude(pk=snapshot.procedure_id)
    newest = Snapshot.objects.filter(procedure__in=procedures.values("pk"))
    later = Q(procedure__snapshots__number__gt=F("number"))
    return newest.exclude(later).select_related("procedure__provider")


def _counted(item: SnapshotItem) -> Counted:
    says = said(item.content)
    kind = EvidenceKind(item.kind)
    return Counted(
        ref=item.ref,
        codes=frozenset(),
        kind=kind,
        dated_on=says.dated_on,
        until=says.until,
        spans=KINDS[kind].spans,
    )


def _confirmations(procedure: Procedure, items: Sequence[SnapshotItem]) -> list[Confirmation]:
    """Return who confirmed what, as handed in; the mailboxes come from the answers themselves."""
    given = [(item.ref, one["name"]) for item in items for one in item.content.get("confirmations", ())]
    if not given:
        return []
    answers = FeedbackAnswer.objects.filter(
        request__owner=procedure.candidate_id, request__evidence_ref__in={ref for ref, _name in given}
    )
    boxes = {
        (ref, name): mailbox
        for ref, name, mailbox in answers.values_list("request__evidence_ref", "name", "mailbox")
    }
    return [Confirmation(ref, name, boxes.get((ref, name), "")) for ref, name in given]


def _put(
    snapshot: Snapshot, person: Person | None, codes: Iterable[SignCode], signs: Iterable[Sign | None]
) -> None:
    """Keep what was found now among ``codes``. What was looked into stays, also when it is over."""
    found = {sign.code: dict(sign.values) for sign in signs if sign}
    rows = FoundSign.objects.filter(snapshot=snapshot, person=person, code__in=[str(code) for code in codes])
    kept: dict[str, Any] = {row.code: row for row in rows}
    now = clock.now()
    for code, values in found.items():
        row = kept.pop(code.value, None)
        if row is None:
            FoundSign.objects.create(
                procedure_id=snapshot.procedure_id,
                snapshot=snapshot,
                code=code.value,
                person=person,
                values=values,
                found_at=now,
            )
        elif row.values != values:
            row.values, row.found_at = values, now
            row.save(update_fields=["values", "found_at"])
    FoundSign.objects.filter(pk__in=[row.pk for row in kept.values()], looks=None).delete()
