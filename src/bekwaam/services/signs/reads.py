"""What is read of the signs: those of a procedure that somebody may see, with what was found about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from bekwaam.domain.accounts.access import Action, Condition, Role
from bekwaam.domain.signs.showing import Seen, may_look
from bekwaam.domain.signs.sign import GOOD_TO_KNOW, Sign, SignCode
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.signs.counting import judging_now
from bekwaam.store.models import FoundSign, Person, Procedure, SignLook, Snapshot, SnapshotItem

_CODES = frozenset(code.value for code in SignCode)


@dataclass(frozen=True, slots=True)
class Look:
    """What somebody found about a sign."""

    author: str
    text: str
    looked_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A sign as somebody sees it; ``person`` is whose judging it is about, empty for the dossier's.

    ``open`` says that nobody wrote anything since it was counted, and that it is something to weigh;
    ``mine`` that it is about the visitor's own judging.
    """

    ref: str
    sign: Sign
    person: str
    mine: bool
    found_at: datetime
    looks: tuple[Look, ...]
    open: bool
    may_look: bool


@dataclass(frozen=True, slots=True)
class PieceName:
    """What to call a handed-in piece: the how-manieth it is, and its title for who may read that."""

    position: int
    title: str


def seen_by(standing: Standing, person: Person) -> Seen:
    """Return what somebody with this standing at a procedure may see of its signs. No query."""
    return Seen(
        person=person.pk,
        dossier=bool(standing.may(Action.SEE_SIGNS)),
        judging=bool(standing.may(Action.SEE_JUDGING_SIGNS)),
        writes=bool(standing.may(Action.LOOK_AT_SIGN)),
        blind=Role.ASSESSOR in standing.roles and Condition.NOT_JUDGING_BLIND not in standing.holds,
    )


def signs_of(
    procedure: Procedure, standing: Standing, person: Person, *, with_looks: bool = True
) -> tuple[Shown, ...]:
    """Return the signs of the snapshot that counts, those about the dossier first. At most two queries.

    Without what was found about them one query; none for who may see none.
    """
    seen = seen_by(standing, person)
    if not seen.dossier:
        return ()
    newest = Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]
    rows = FoundSign.objects.filter(snapshot__in=newest, code__in=_CODES).select_related("person")
    shown = [row for row in rows.annotate(looked=Exists(_since(seen))) if seen.sees(row.person_id)]
    looks = _looks(shown, seen) if with_looks else {}
    shown.sort(key=lambda row: (row.person_id is not None, row.person.name if row.person else "", row.pk))
    return tuple(_shown(row, seen, looks.get(row.pk, ())) for row in shown)


def _since(seen: Seen) -> QuerySet[SignLook]:
    """Return what was written since a sign was counted, as far as this visitor reads it."""
    looks = SignLook.objects.filter(sign=OuterRef("pk"), looked_at__gte=OuterRef("found_at"))
    return looks.filter(author=seen.person) if seen.blind else looks


def _looks(rows: Sequence[FoundSign], seen: Seen) -> Mapping[int, tuple[Look, ...]]:
    """Return what was found about each sign, newest first, as far as this visitor reads it."""
    if not rows:
        return {}
    found: dict[int, tuple[Look, ...]] = {}
    for look in SignLook.objects.filter(sign__in=[row.pk for row in rows]).select_related("author"):
        if seen.reads_look(look.author_id):
            one = Look(look.author.name, look.text, look.looked_at)
            found[look.sign_id] = (*found.get(look.sign_id, ()), one)
    return found


def _shown(row: Any, seen: Seen, looks: tuple[Look, ...]) -> Shown:
    code = SignCode(row.code)
    return Shown(
        ref=row.ref,
        sign=Sign(code, row.values),
        person=row.person.name if row.person else "",
        mine=row.person_id == seen.person,
        found_at=row.found_at,
        looks=looks,
        open=not row.looked and code not in GOOD_TO_KNOW,
        may_look=bool(may_look(seen, row.person_id)),
    )


def own_signs_now(procedure: Procedure, person: Person) -> tuple[Sign, ...]:
    """Return what stands out in one's own judgements before one finishes. Three queries at most."""
    snapshots = Snapshot.objects.filter(procedure=procedure).defer("manifest").order_by("-number")
    snapshot = snapshots.first()
    if snapshot is None:
        return ()
    snapshot.procedure = procedure
    return judging_now(snapshot, person)


def piece_names(procedure: Procedure, *, with_titles: bool) -> dict[str, PieceName]:
    """Return what to call the pieces that were handed in last, by reference. One query."""
    newest = Snapshot.objects.filter(procedure=procedure).order_by("-number").values("pk")[:1]
    rows = SnapshotItem.objects.filter(snapshot__in=newest).values_list("ref", "position", "title")
    return {ref: PieceName(position, title if with_titles else "") for ref, position, title in rows}
