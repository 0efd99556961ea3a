"""A deliberation as the rules know it, read from its rows; and who sits at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.deliberation import steps
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import SeatState, may_enter, seat_state
from bekwaam.domain.deliberation.plain import from_plain
from bekwaam.domain.deliberation.steps import Phase
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework
from bekwaam.services import clock
from bekwaam.services.accounts.standing import Standing
from bekwaam.services.errors import NotFound, insist
from bekwaam.services.feedback.asking import token_hash
from bekwaam.store.models import (
    ClosedLink,
    Conclusion,
    Contribution,
    Deliberation,
    DeliberationReason,
    DeliberationSeat,
    Person,
    SharedStep,
)

DILEMMAS: Final = "dilemmas-sociaal-werk"


def dilemmas() -> Framework:
    """Return the categories and cases that a deliberation is laid beside."""
    return load_builtin(DILEMMAS)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody at a deliberation: the row, the deliberation itself, and how the seat stands.

    ``token`` is the personal link by which they came in; empty for who is logged in.
    """

    row: DeliberationSeat
    deliberation: Deliberation
    state: SeatState
    token: str = ""

    @property
    def is_host(self) -> bool:
        """Tell whether they lead it."""
        return self.state is SeatState.HOST

    @property
    def standing(self) -> Standing:
        """Return what they are to the deliberation, for the access table."""
        return Standing(frozenset({Role.FACILITATOR if self.is_host else Role.PARTICIPANT}))

    @property
    def name(self) -> str:
        """Return by which name the rules know them."""
        return self.row.ref

    @property
    def actor(self) -> Person | None:
        """Return whom the audit chain names; nobody for who has no account."""
        return None if self.token else self.row.person


def find_seat(person: Person, ref: str) -> Seat:
    """Return the seat of somebody with an account. One query; NotFound for who was not invited."""
    rows = DeliberationSeat.objects.filter(person=person, deliberation__ref=ref)
    row = rows.select_related("deliberation", "person").order_by("-pk").first()
    if row is None:
        raise NotFound
    seat = _seat(row)
    insist(may_enter(seat.state, None, clock.now()))
    insist(seat.standing.may(Action.TAKE_PART))
    return seat


def seat_behind(token: str) -> Seat:
    """Return the seat that a personal link is of. One query.

    Raises NotFound for no such link, Refused with the reason where it opens nothing any more.
    """
    rows = DeliberationSeat.objects.filter(token_sha256=token_hash(token))
    row = rows.select_related("deliberation", "person").first()
    if row is None:
        raise NotFound
    seat = _seat(row, token)
    insist(may_enter(seat.state, row.expires_at, clock.now()))
    insist(seat.standing.may(Action.TAKE_PART))
    return seat


def host_gone(token: str) -> bool:
    """Tell whether a link that opens nothing was of a deliberation that its leader had erased. One query."""
    return ClosedLink.objects.filter(token_sha256=token_hash(token), until__gt=clock.now()).exists()


def language_behind(token: str) -> str:
    """Return the language in which somebody was invited; Dutch where there is no such link. One query."""
    found = DeliberationSeat.objects.filter(token_sha256=token_hash(token)).values_list("language", flat=True)
    return found.first() or "nl"


def state_of_seat(row: DeliberationSeat, deliberation: Deliberation) -> SeatState:
    """Return how a seat stands."""
    return seat_state(
        Phase(deliberation.phase),
        host=row.person_id == deliberation.host_id,
        joined=row.joined_at is not None,
        left=row.left_at is not None,
        withdrawn=row.withdrawn_at is not None,
        unsent=bool(row.unsent),
    )


def lock_seat(seat: Seat) -> Seat:
    """Return a seat as it is now, with its deliberation locked until the transaction ends."""
    found = Deliberation.objects.select_for_update(of=("self",)).filter(pk=seat.deliberation.pk).first()
    if found is None:
        raise NotFound
    row = DeliberationSeat.objects.select_related("person").get(pk=seat.row.pk)
    return Seat(row, found, state_of_seat(row, found), seat.token)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The rows of a deliberation, and what the rules make of them."""

    state: steps.Deliberation
    seats: tuple[DeliberationSeat, ...]
    contributions: tuple[Contribution, ...]


def gather(row: Deliberation) -> Gathered:
    """Return a deliberation with all that was said in it. Five queries."""
    seats = tuple(DeliberationSeat.objects.filter(deliberation=row))
    shared = _shared_at(row)
    written = tuple(Contribution.objects.filter(deliberation=row))
    conclusions = tuple(
        steps.Conclusion(Step(one.step), one.round, from_plain(Step(one.step), one.answer))
        for one in Conclusion.objects.filter(deliberation=row)
    )
    by_key = {seat.pk: seat for seat in seats}
    counted = tuple(one for one in _counted(written) if not went_along(one, by_key[one.seat_id], shared))
    here = [seat for seat in seats if seat.joined_at is not None and seat.left_at is None]
    state = steps.Deliberation(
        host=next(seat.ref for seat in seats if seat.person_id == row.host_id),
        participants=tuple(seat.ref for seat in here),
        phase=Phase(row.phase),
        step=Step(row.step),
        round=row.round,
        contributions=tuple(_contribution(one, by_key[one.seat_id].ref, shared) for one in counted),
        finished=frozenset(seat.ref for seat in here if seat.finished),
        conclusions=conclusions,
        look_back_on=row.look_back_on,
        why=tuple(DeliberationReason.objects.filter(deliberation=row).values_list("text", flat=True)),
    )
    return Gathered(state, seats, counted)


def kept_to_oneself(seat: Seat) -> tuple[str, ...]:
    """Return what was never shared of somebody who was let go, to read back. Two queries."""
    shared = _shared_at(seat.deliberation)
    own = _counted(Contribution.objects.filter(seat=seat.row))
    return tuple(one.text for one in own if went_along(one, seat.row, shared))


def _shared_at(row: Deliberation) -> dict[tuple[str, int], datetime]:
    return {(one.step, one.round): one.shared_at for one in SharedStep.objects.filter(deliberation=row)}


def _counted(written: Iterable[Contribution]) -> tuple[Contribution, ...]:
    """Return what counts: of what somebody wrote apart at a step the last, and all that was added later."""
    last: dict[tuple[object, ...], Contribution] = {}
    for one in written:
        last[(one.pk,) if one.added else (one.seat_id, one.step, one.round)] = one
    return tuple(sorted(last.values(), key=lambda one: one.pk))


def went_along(row: Contribution, seat: DeliberationSeat, shared: Mapping[tuple[str, int], datetime]) -> bool:
    """Tell whether a contribution is of somebody who was gone before it was shared: it is theirs alone."""
    if seat.left_at is None or row.added:
        return False
    at = shared.get((row.step, row.round))
    return at is None or at > seat.left_at


def _contribution(
    row: Contribution, by: str, shared: Mapping[tuple[str, int], datetime]
) -> steps.Contribution:
    seen = row.added or (row.step, row.round) in shared
    return steps.Contribution(Step(row.step), row.round, by, row.text, shared=seen, added=row.added)


def _seat(row: DeliberationSeat, token: str = "") -> Seat:
    return Seat(row, row.deliberation, state_of_seat(row, row.deliberation), token)
