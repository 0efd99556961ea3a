"""Starting a deliberation and every move in it: one locked, audited write each.

Whoever writes waits for whoever writes at the same moment, so nothing gets lost; what is sent too late is
refused with the reason and never lands at another step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction

from bekwaam.domain.accounts.access import Action, Role
from bekwaam.domain.accounts.access import may as may_do
from bekwaam.domain.days import check_year
from bekwaam.domain.deliberation.answers import Answer
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.inviting import MAX_TEXT, SeatState, check_title, expiry
from bekwaam.domain.deliberation.plain import to_plain
from bekwaam.domain.deliberation.steps import Deliberation as State
from bekwaam.domain.deliberation.steps import Move, MoveKind, Phase, after, may
from bekwaam.domain.events import Event
from bekwaam.domain.faults import Fault
from bekwaam.services import clock
from bekwaam.services.errors import Invalid, insist
from bekwaam.services.reflection.looking import insist_looked, strings_in
from bekwaam.services.reflection.state import Seat, dilemmas, gather, lock_seat
from bekwaam.services.reflection.telling import tell_begun
from bekwaam.store.audit import append, drop_openings_of
from bekwaam.store.models import (
    Conclusion,
    Contribution,
    Deliberation,
    DeliberationReason,
    DeliberationSeat,
    Person,
    SharedStep,
)
from bekwaam.wording import N_

LED: Final = frozenset(
    {
        MoveKind.BEGIN,
        MoveKind.SHARE,
        MoveKind.CONCLUDE,
        MoveKind.GO_BACK,
        MoveKind.STOP,
        MoveKind.LET_GO,
    }
)


@dataclass(frozen=True, slots=True)
class MoveInput:
    """What somebody does; see :class:`bekwaam.domain.deliberation.steps.Move`.

    ``finish`` says that they have finished writing with it; ``looked`` that they looked at what in it looks
    like personal data.
    """

    kind: MoveKind
    at: tuple[Step, int] | None = None
    text: str = ""
    answer: Answer | None = None
    to: Step | None = None
    day: date | None = None
    whom: str = ""
    finish: bool = False
    looked: bool = False


@transaction.atomic
def start_deliberation(actor: Person, title: str, *, alone: bool = False) -> Deliberation:
    """Start a deliberation that ``actor`` leads; ``alone`` it begins at once. Raises Invalid."""
    insist(may_do(Action.WRITE_REFLECTION, {Role.OWNER}))
    faults = check_title(title)
    if faults:
        raise Invalid(faults)
    now = clock.now()
    phase = Phase.APART if alone else Phase.GATHERING
    row = Deliberation.objects.create(
        host=actor,
        title=title.strip(),
        phase=phase.value,
        step=Step.FACTS.value,
        started_at=now,
        changed_at=now,
    )
    DeliberationSeat.objects.create(
        deliberation=row,
        person=actor,
        name=actor.name,
        email=actor.email,
        language=actor.language,
        invited_at=now,
        sent_at=now,
        expires_at=expiry(now),
        joined_at=now,
    )
    append(
        Event.DELIBERATION_STARTED,
        actor=actor,
        subject=f"deliberation:{row.ref}",
        now=now,
        payload={"alone": alone},
        content=[row],
    )
    return row


def make_move(seat: Seat, given: MoveInput) -> None:
    """Make a move, or refuse it with the reason. The same text sent twice is kept once.

    Raises Invalid for a text that is too long or holds what nobody looked at, Refused for what the rules of
    the deliberation do not allow now.
    """
    _insist_sound(given)
    with transaction.atomic():
        seat = lock_seat(seat)
        insist(seat.standing.may(Action.LEAD_DELIBERATION if given.kind in LED else Action.TAKE_PART))
        state = _moved(seat, given, gather(seat.deliberation).state)
        if given.finish and given.kind is MoveKind.WRITE:
            state = _moved(seat, MoveInput(MoveKind.FINISH, given.at), state)
            if state.participants == (state.host,):  # alone there is nobody to wait for
                _moved(seat, MoveInput(MoveKind.SHARE, given.at), state)


def _insist_sound(given: MoveInput) -> None:
    plain = to_plain(given.answer) if given.answer is not None else {}
    texts = [given.text, *strings_in(plain)]
    if any(len(text) > MAX_TEXT for text in texts):
        too_long = N_("This is too long: 5,000 characters is the most.")
        raise Invalid((Fault("text", "too_long", too_long),))
    chooses = given.kind is MoveKind.CONCLUDE and given.at is not None and given.at[0] is Step.CHOICE
    if chooses and given.day is not None and given.day < clock.today():
        raise Invalid((Fault("day", "past", N_("Choose a day that is still to come.")),))
    if chooses and (faults := check_year("day", given.day, clock.today())):
        raise Invalid(faults)
    insist_looked(texts, looked=given.looked)


def _moved(seat: Seat, given: MoveInput, state: State) -> State:
    """Make one move under the lock, and return how the deliberation then stands."""
    move = Move(
        given.kind, seat.name, given.at, given.text.strip(), given.answer, given.to, given.day, given.whom
    )
    insist(may(state, move, dilemmas()))
    new = after(state, move, dilemmas())
    content, payload = _WRITES.get(given.kind, _nothing)(seat, move)
    _stand(seat, state, new)
    append(
        Event.DELIBERATION_LEFT if given.kind is MoveKind.LEAVE else Event.DELIBERATION_MOVED,
        actor=seat.actor,
        subject=f"deliberation:{seat.deliberation.ref}",
        now=clock.now(),
        payload={
            "move": given.kind.value,
            "seat": seat.row.ref,
            "step": state.step.value,
            "round": state.round,
            **payload,
        },
        content=content,
    )
    return new


def _stand(seat: Seat, before: State, new: State) -> None:
    """Write down where the deliberation stands after a move, and who has finished."""
    row = seat.deliberation
    row.phase, row.step, row.round = new.phase.value, new.step.value, new.round
    row.look_back_on, row.changed_at = new.look_back_on, clock.now()
    row.save()
    for ref in before.finished ^ new.finished:
        DeliberationSeat.objects.filter(deliberation=row, ref=ref).update(finished=ref in new.finished)


_Written = tuple[list[Any], dict[str, Any]]


def _nothing(seat: Seat, move: Move) -> _Written:
    return [], {}


def _begin(seat: Seat, move: Move) -> _Written:
    tell_begun(seat)
    return [], {}


def _join(seat: Seat, move: Move) -> _Written:
    DeliberationSeat.objects.filter(pk=seat.row.pk).update(joined_at=clock.now())
    return [], {}


def _leave(seat: Seat, move: Move) -> _Written:
    """Let somebody go, with what they wrote and had not shared yet."""
    row = seat.deliberation
    DeliberationSeat.objects.filter(pk=seat.row.pk).update(left_at=clock.now())
    shared = set(SharedStep.objects.filter(deliberation=row).values_list("step", "round"))
    own = Contribution.objects.filter(deliberation=row, seat=seat.row, added=False)
    keys = [one.pk for one in own if (one.step, one.round) not in shared]
    drop_openings_of(Contribution.__name__, keys)
    Contribution.objects.filter(pk__in=keys).delete()
    return [], {"erased": [{"table": Contribution.__name__, "row": key} for key in keys]}


def _let_go(seat: Seat, move: Move) -> _Written:
    """Go on without somebody. What they had not shared yet stays theirs alone to read."""
    rows = DeliberationSeat.objects.filter(deliberation=seat.deliberation, ref=move.whom)
    rows.update(left_at=clock.now())
    return [], {"whom": move.whom}


def _write(seat: Seat, move: Move, *, added: bool = False) -> _Written:
    row = seat.deliberation
    own = Contribution.objects.filter(
        deliberation=row, seat=seat.row, step=row.step, round=row.round, added=added
    )
    last = own.last()
    if last is not None and last.text == move.text:
        return [], {}
    written = Contribution.objects.create(
        deliberation=row,
        seat=seat.row,
        step=row.step,
        round=row.round,
        text=move.text,
        added=added,
        written_at=clock.now(),
    )
    return [written], {}


def _add(seat: Seat, move: Move) -> _Written:
    return _write(seat, move, added=True)


def _share(seat: Seat, move: Move) -> _Written:
    row = seat.deliberation
    SharedStep.objects.create(deliberation=row, step=row.step, round=row.round, shared_at=clock.now())
    return [], {}


def _conclude(seat: Seat, move: Move) -> _Written:
    row = seat.deliberation
    answer = to_plain(move.answer) if move.answer is not None else {}
    made = Conclusion.objects.create(
        deliberation=row, step=row.step, round=row.round, answer=answer, concluded_at=clock.now()
    )
    return [made], {}


def _reason(seat: Seat, move: Move) -> _Written:
    made = DeliberationReason.objects.create(
        deliberation=seat.deliberation, move=move.kind.value, text=move.text, given_at=clock.now()
    )
    return [made], {"to": move.to.value} if move.to else {}


_WRITES: Final[dict[MoveKind, Callable[[Seat, Move], _Written]]] = {
    MoveKind.JOIN: _join,
    MoveKind.BEGIN: _begin,
    MoveKind.LEAVE: _leave,
    MoveKind.LET_GO: _let_go,
    MoveKind.WRITE: _write,
    MoveKind.ADD: _add,
    MoveKind.SHARE: _share,
    MoveKind.CONCLUDE: _conclude,
    MoveKind.GO_BACK: _reason,
    MoveKind.STOP: _reason,
}


def may_still(seat: Seat) -> bool:
    """Tell whether somebody takes part now, and so can write."""
    return seat.state in (SeatState.HOST, SeatState.TAKES_PART)
