"""What a handed-in piece shares with others, word by word.

Of another dossier nobody reads more than the words that are the same and the few between them, and that only
within the provider. Elsewhere nothing of it is told: no name, no provider, no text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from bekwaam.domain.accounts.access import Action, Role, may
from bekwaam.domain.portfolio.kinds import KINDS, EvidenceKind
from bekwaam.domain.procedures.states import State
from bekwaam.domain.signs.dossier import Whose
from bekwaam.domain.signs.passages import Shared, Stretch, marked, shared_passages
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.errors import NotFound
from bekwaam.services.signs.counting import matches_of, whose
from bekwaam.services.signs.known import known_in
from bekwaam.services.signs.texts import texts_of
from bekwaam.store.models import Assignment, Membership, Person, Procedure, Snapshot, SnapshotItem


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage as it stands here, and as it stands there."""

    own: str
    other: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """Another piece that shares words with this one.

    ``beside`` is empty for what is elsewhere (it is not ``near``) and for what stands inside a file. ``ref``
    and ``number`` are those of the other procedure, for who may see that one; ``earlier`` says that it was
    handed in before this one.
    """

    whose: Whose
    percent: int
    earlier: bool
    beside: tuple[Beside, ...]
    ref: str
    number: str
    near: bool = True


@dataclass(frozen=True, slots=True)
class MarkedField:
    """A field of the piece (``label`` is a msgid), in parts, each with whether it stands elsewhere too."""

    label: str
    parts: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Overlap:
    """A handed-in piece with all that it shares; ``in_file`` tells that some of it stands in a file."""

    title: str
    fields: tuple[MarkedField, ...]
    meetings: tuple[Meeting, ...]
    in_file: bool = False


def overlap(procedure: Procedure, standing: Standing, person: Person, piece: str) -> Overlap:
    """Return what the piece with this reference shares. Three queries; NotFound where it shares nothing.

    For who may read the portfolio: the caller has asked for ``Action.SEE_SIGN_TEXTS``.
    """
    snapshots = Snapshot.objects.filter(procedure=procedure).defer("manifest").order_by("-number")
    snapshot = snapshots.first()
    found = matches_of(snapshot, piece) if snapshot else []
    if snapshot is None or not found:
        raise NotFound
    item, texts = found[0][0], texts_of(found[0][0])
    known = known_in(procedure)
    open_to = _open_to(person, standing, {theirs.snapshot.procedure for _mine, theirs, *_rest in found})
    meetings, stretches, in_file = [], [], False
    for theirs, percent in _once(found):
        other = texts_of(theirs)
        shared = shared_passages(texts, other, known)
        in_file = in_file or not shared  # no text has it, so what was found stands inside a file
        stretches += [one.own for one in shared]
        meetings.append(_meeting(item, theirs, percent, _beside(shared, texts, other), open_to))
    return Overlap(item.title, _fields(item, texts, stretches), tuple(meetings), in_file)


def _once(found: Iterable[tuple[SnapshotItem, SnapshotItem, int, int]]) -> list[tuple[SnapshotItem, int]]:
    """Return each piece of others once, however often it was handed in, with what is shared in percent."""
    others: dict[tuple[int, str], tuple[SnapshotItem, int]] = {}
    for _mine, theirs, shared, size in found:
        key = (theirs.snapshot.procedure_id, theirs.ref)
        others.setdefault(key, (theirs, min(100, round(100 * shared / size))))
    return list(others.values())


def _meeting(
    mine: SnapshotItem,
    theirs: SnapshotItem,
    percent: int,
    beside: tuple[Beside, ...],
    open_to: frozenset[int],
) -> Meeting:
    there = theirs.snapshot.procedure
    near = there.provider_id == mine.snapshot.procedure.provider_id
    named = near and there.pk in open_to
    return Meeting(
        whose=whose(mine, theirs),
        percent=percent,
        earlier=theirs.snapshot.handed_in_at < mine.snapshot.handed_in_at,
        beside=beside if near else (),
        ref=there.ref if named else "",
        number=there.number if named else "",
        near=near,
    )


def _beside(shared: Iterable[Shared], own: Mapping[str, str], other: Mapping[str, str]) -> tuple[Beside, ...]:
    return tuple(Beside(_cut(own, one.own), _cut(other, one.other)) for one in shared)


def _cut(texts: Mapping[str, str], stretch: Stretch) -> str:
    return texts[stretch.field][stretch.start : stretch.end]


def _fields(
    item: SnapshotItem, texts: Mapping[str, str], stretches: Iterable[Stretch]
) -> tuple[MarkedField, ...]:
    by_field: dict[str, list[tuple[int, int]]] = {name: [] for name in texts}
    for one in stretches:
        by_field[one.field].append((one.start, one.end))
    labels = {field.name: field.label for field in KINDS[EvidenceKind(item.kind)].fields}
    return tuple(MarkedField(labels[name], marked(text, by_field[name])) for name, text in texts.items())


def _open_to(person: Person, standing: Standing, procedures: set[Procedure]) -> frozenset[int]:
    """Return which of these procedures (by key) somebody may see; those of other providers never. One query.

    Who watches over this procedure watches over the others of its provider; who guides or judges does so in
    those to which they are assigned.
    """
    holding = Membership.objects.filter(
        person=person, provider=OuterRef("procedure__provider"), role=OuterRef("role"), until=None
    )
    mine = Assignment.objects.filter(Exists(holding), person=person, procedure__in=procedures, until=None)
    roles: dict[int, set[Role]] = {one.pk: set() for one in procedures}
    for key, role in mine.values_list("procedure", "role"):
        roles[key].add(Role(role))
    watches = standing.roles & {Role.COORDINATOR, Role.AUDITOR}
    return frozenset(
        one.pk
        for one in procedures
        if one.candidate_id != person.pk
        and may(Action.SEE_PROCEDURE, watches | roles[one.pk], State(one.state))
    )
