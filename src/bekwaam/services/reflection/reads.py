"""What somebody reads of their reflections, and of the deliberations at which they sit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import SeatState
from bekwaam.domain.deliberation.steps import Deliberation as State
from bekwaam.domain.deliberation.steps import Phase, readable
from bekwaam.domain.deliberation.telling import Concluded, concluded
from bekwaam.domain.reflection.kinds import ReflectionKind, Written
from bekwaam.services.errors import NotFound
from bekwaam.services.reflection.cases import Offer, offer_of
from bekwaam.services.reflection.state import Seat, dilemmas, gather, state_of_seat
from bekwaam.store.models import Contribution, DeliberationSeat, Person, Reflection


@dataclass(frozen=True, slots=True)
class ReflectionCard:
    """A reflection in a list."""

    ref: str
    kind: ReflectionKind
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DeliberationCard:
    """A deliberation in a list, as somebody sits at it."""

    ref: str
    title: str
    phase: Phase
    step: Step
    state: SeatState
    host: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SeatLine:
    """Somebody at the table."""

    ref: str
    name: str
    email: str
    state: SeatState
    finished: bool
    unsent: str
    me: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said; ``mine`` where it is the reader's own."""

    name: str
    text: str
    at: datetime
    step: Step
    round: int
    added: bool
    mine: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A deliberation as somebody who sits at it may read it.

    ``said`` is what was shared at the present step, ``before`` what was shared earlier, ``own`` what they
    wrote apart themselves; ``offer`` is what is offered to colleagues, None where nothing is.
    """

    state: State
    people: tuple[SeatLine, ...]
    said: tuple[Said, ...]
    before: tuple[Said, ...]
    own: str
    concluded: tuple[Concluded, ...]
    offer: Offer | None
    finished: bool

    @property
    def waits_for(self) -> tuple[str, ...]:
        """Return who has not finished writing yet."""
        here = set(self.state.participants) - self.state.finished
        return tuple(one.name for one in self.people if one.ref in here)


def own_reflections(person: Person) -> QuerySet[Reflection, Reflection]:
    """Return somebody's reflections, newest first, to be paged and given to :func:`reflection_card`."""
    return Reflection.objects.filter(owner=person).defer("texts")


def reflection_card(row: Reflection) -> ReflectionCard:
    """Return a reflection for a list. No query."""
    return ReflectionCard(row.ref, ReflectionKind(row.kind), row.title, row.written_at)


def own_reflection(person: Person, ref: str) -> tuple[ReflectionCard, Written]:
    """Return one of one's own. One query; NotFound for those of others."""
    row = Reflection.objects.filter(owner=person, ref=ref).first()
    if row is None:
        raise NotFound
    return reflection_card(row), Written(ReflectionKind(row.kind), row.title, row.texts, row.dated_on)


def own_deliberations(person: Person) -> tuple[DeliberationCard, ...]:
    """Return the deliberations that somebody leads, takes part in or is invited to, last changed first.

    One query. What they left is not among them, nor what they were invited to and did not come.
    """
    rows = DeliberationSeat.objects.filter(person=person, left_at=None, withdrawn_at=None)
    rows = rows.filter(Q(joined_at__isnull=False) | Q(deliberation__phase=Phase.GATHERING.value))
    found = rows.select_related("deliberation__host").order_by("-deliberation__changed_at", "-pk")
    return tuple(_card(row) for row in found)


def _card(row: DeliberationSeat) -> DeliberationCard:
    one = row.deliberation
    return DeliberationCard(
        ref=one.ref,
        title=one.title,
        phase=Phase(one.phase),
        step=Step(one.step),
        state=state_of_seat(row, one),
        host=one.host.name,
        at=one.changed_at,
    )


def concluded_at(seat: Seat, language: str) -> tuple[Concluded, ...]:
    """Return what was concluded so far, to who takes part. Five queries."""
    state = gather(seat.deliberation).state
    return concluded(state, dilemmas(), language) if seat.name in state.participants else ()


def table_of(seat: Seat, language: str) -> Table:
    """Return a deliberation as who sits at ``seat`` may read it. At most seven queries."""
    found = gather(seat.deliberation)
    state = found.state
    seats = {row.pk: row for row in found.seats}
    told = zip(found.contributions, state.contributions, strict=True)
    may_read = readable(state, seat.name)
    shared = [_said(row, seats[row.seat_id], seat) for row, one in told if one.shared and one in may_read]
    here = (state.step, state.round)
    own = state.written_now(seat.name)
    inside = seat.name in state.participants
    return Table(
        state=state,
        people=tuple(_line(row, seat) for row in found.seats if row.withdrawn_at is None and row.name),
        said=tuple(one for one in shared if (one.step, one.round) == here),
        before=tuple(one for one in shared if (one.step, one.round) != here),
        own=own.text if own else "",
        concluded=concluded(state, dilemmas(), language) if inside else (),
        offer=offer_of(seat, found),
        finished=seat.name in state.finished,
    )


def _said(one: Contribution, by: DeliberationSeat, reader: Seat) -> Said:
    return Said(
        name=by.name,
        text=one.text,
        at=one.written_at,
        step=Step(one.step),
        round=one.round,
        added=one.added,
        mine=by.pk == reader.row.pk,
    )


def _line(row: DeliberationSeat, reader: Seat) -> SeatLine:
    return SeatLine(
        ref=row.ref,
        name=row.name,
        email=row.email if reader.is_host else "",
        state=state_of_seat(row, reader.deliberation),
        finished=row.finished,
        unsent=row.unsent if reader.is_host else "",
        me=row.pk == reader.row.pk,
    )


def day_of(seat: Seat) -> date | None:
    """Return the day that is set for looking back. No query."""
    return seat.deliberation.look_back_on
