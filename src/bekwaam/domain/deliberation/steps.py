"""The state machine of a moral deliberation: who may do what when, and what follows. Pure.

At every step each participant first writes apart, unseen by the others; only when all have finished is it
shared. What was shared is never changed: who thinks again adds to it, and going back makes a new round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from bekwaam.domain.deliberation.answers import Answer, Options, will_do
from bekwaam.domain.deliberation.asking import Step, comes_before, following
from bekwaam.domain.verdict import ALLOWED, Verdict, refused
from bekwaam.frameworks.model import Framework


class Phase(StrEnum):
    """Where a deliberation stands within its step."""

    GATHERING = "gathering"
    APART = "apart"
    SHARED = "shared"
    WAITING = "waiting"
    CLOSED = "closed"
    STOPPED = "stopped"


class MoveKind(StrEnum):
    """What somebody can do."""

    JOIN = "join"
    LEAVE = "leave"
    LET_GO = "let_go"
    BEGIN = "begin"
    WRITE = "write"
    FINISH = "finish"
    TAKE_BACK = "take_back"
    SHARE = "share"
    ADD = "add"
    CONCLUDE = "conclude"
    GO_BACK = "go_back"
    LOOK_BACK = "look_back"
    STOP = "stop"


class Who(StrEnum):
    """Who makes a move: the one who leads, a participant (also the leader), or somebody who is none yet."""

    HOST = "host"
    PARTICIPANT = "participant"
    GUEST = "guest"


class Need(StrEnum):
    """What must hold before a move."""

    HERE = "here"
    TEXT = "text"
    WROTE = "wrote"
    NOT_FINISHED = "not_finished"
    FINISHED = "finished"
    ALL_FINISHED = "all_finished"
    WILL_DO = "will_do"
    EARLIER = "earlier"
    NOT_HOST = "not_host"
    TAKES_PART = "takes_part"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: in which phases, by whom, and what must hold."""

    phases: frozenset[Phase]
    who: Who
    needs: tuple[Need, ...] = ()


_UNDER_WAY: Final = frozenset({Phase.GATHERING, Phase.APART, Phase.SHARED, Phase.WAITING})
_APART: Final = frozenset({Phase.APART})
_SHARED: Final = frozenset({Phase.SHARED})

MOVES: Final[Mapping[MoveKind, Row]] = MappingProxyType(
    {
        MoveKind.JOIN: Row(frozenset({Phase.GATHERING}), Who.GUEST),
        MoveKind.LEAVE: Row(_UNDER_WAY, Who.PARTICIPANT, (Need.NOT_HOST,)),
        MoveKind.LET_GO: Row(_UNDER_WAY, Who.HOST, (Need.TAKES_PART,)),
        MoveKind.BEGIN: Row(frozenset({Phase.GATHERING}), Who.HOST),
        MoveKind.WRITE: Row(_APART, Who.PARTICIPANT, (Need.HERE, Need.TEXT, Need.NOT_FINISHED)),
        MoveKind.FINISH: Row(_APART, Who.PARTICIPANT, (Need.HERE, Need.NOT_FINISHED, Need.WROTE)),
        MoveKind.TAKE_BACK: Row(_APART, Who.PARTICIPANT, (Need.HERE, Need.FINISHED)),
        MoveKind.SHARE: Row(_APART, Who.HOST, (Need.HERE, Need.ALL_FINISHED)),
        MoveKind.ADD: Row(_SHARED, Who.PARTICIPANT, (Need.HERE, Need.TEXT)),
        MoveKind.CONCLUDE: Row(_SHARED, Who.HOST, (Need.HERE, Need.WILL_DO)),
        MoveKind.GO_BACK: Row(_SHARED, Who.HOST, (Need.HERE, Need.EARLIER, Need.TEXT)),
        MoveKind.LOOK_BACK: Row(frozenset({Phase.WAITING}), Who.PARTICIPANT),
        MoveKind.STOP: Row(_UNDER_WAY, Who.HOST, (Need.TEXT,)),
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """Something that ``by`` does: with a ``text``, an ``answer`` that concludes, or a step ``to`` go back to.

    ``whom`` is who is let go: somebody who does not come any more would hold up all others.
    ``at`` is the step and round that they had before them: what comes too late does not land at the next.
    ``day`` is when to look back, given with the choice.
    """

    kind: MoveKind
    by: str
    at: tuple[Step, int] | None = None
    text: str = ""
    answer: Answer | None = None
    to: Step | None = None
    day: date | None = None
    whom: str = ""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one participant wrote at a step. ``shared``: all may read it; ``added``: it came after that."""

    step: Step
    round: int
    by: str
    text: str
    shared: bool = False
    added: bool = False


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What all concluded at a step; a later round of the same step comes after it and leaves it standing."""

    step: Step
    round: int
    answer: Answer


@dataclass(frozen=True)
class Deliberation:
    """One deliberation. ``host`` leads it and is a participant; alone is a deliberation of one.

    ``round`` counts how often it began at an earlier step anew. ``finished`` are those who have finished
    writing apart. ``why`` holds the reasons for going back and for stopping, oldest first.
    """

    host: str
    participants: tuple[str, ...]
    phase: Phase = Phase.GATHERING
    step: Step = Step.FACTS
    round: int = 1
    contributions: tuple[Contribution, ...] = ()
    finished: frozenset[str] = frozenset()
    conclusions: tuple[Conclusion, ...] = ()
    look_back_on: date | None = None
    why: tuple[str, ...] = ()

    def concluded(self, step: Step) -> Answer | None:
        """Return what was last concluded at a step."""
        return next((found.answer for found in reversed(self.conclusions) if found.step is step), None)

    def written_now(self, by: str) -> Contribution | None:
        """Return what somebody wrote apart at the step where it stands."""
        return next((one for one in self.contributions if _is_now(self, one) and one.by == by), None)


def opened_by(host: str) -> Deliberation:
    """Return a new deliberation with only its leader."""
    return Deliberation(host, (host,))


def readable(deliberation: Deliberation, reader: str) -> tuple[Contribution, ...]:
    """Return what somebody may read: their own, and for participants all that was shared."""
    inside = reader in deliberation.participants
    return tuple(one for one in deliberation.contributions if one.by == reader or (inside and one.shared))


def may(deliberation: Deliberation, move: Move, dilemmas: Framework) -> Verdict:
    """Tell whether a move can be made now, with the first reason why not."""
    row = MOVES[move.kind]
    if deliberation.phase not in row.phases:
        return refused("wrong_moment", "This cannot be done at this moment of the deliberation.")
    if not _is(deliberation, row.who, move.by):
        return refused("wrong_person", "This is not for you to do in this deliberation.")
    for need in row.needs:
        verdict = _holds(deliberation, move, need, dilemmas)
        if not verdict:
            return verdict
    return ALLOWED


def after(deliberation: Deliberation, move: Move, dilemmas: Framework) -> Deliberation:
    """Return the deliberation after a move. Raises ValueError with the reason where :func:`may` refuses."""
    verdict = may(deliberation, move, dilemmas)
    if not verdict:
        raise ValueError(verdict.reason)
    match move.kind:
        case MoveKind.JOIN:
            return replace(deliberation, participants=(*deliberation.participants, move.by))
        case MoveKind.LEAVE:
            return _without(deliberation, move.by)
        case MoveKind.LET_GO:
            return _without(deliberation, move.whom)
        case MoveKind.WRITE:
            return _written(deliberation, move)
        case MoveKind.FINISH:
            return replace(deliberation, finished=deliberation.finished | {move.by})
        case MoveKind.TAKE_BACK:
            return replace(deliberation, finished=deliberation.finished - {move.by})
        case MoveKind.ADD:
            added = Contribution(
                deliberation.step, deliberation.round, move.by, move.text, shared=True, added=True
            )
            return replace(deliberation, contributions=(*deliberation.contributions, added))
        case MoveKind.SHARE:
            return _shared(deliberation)
        case MoveKind.CONCLUDE:
            return _concluded(deliberation, move)
        case MoveKind.STOP:
            return replace(deliberation, phase=Phase.STOPPED, why=(*deliberation.why, move.text))
        case MoveKind.BEGIN:
            return _at(deliberation, Step.FACTS)
        case MoveKind.LOOK_BACK:
            return _at(deliberation, Step.LOOKING_BACK)
        case MoveKind.GO_BACK:
            again = replace(deliberation, round=deliberation.round + 1, why=(*deliberation.why, move.text))
            return _at(again, move.to or deliberation.step)


def _is(deliberation: Deliberation, who: Who, person: str) -> bool:
    inside = person in deliberation.participants
    return {Who.HOST: person == deliberation.host, Who.PARTICIPANT: inside, Who.GUEST: not inside}[who]


def _holds(deliberation: Deliberation, move: Move, need: Need, dilemmas: Framework) -> Verdict:
    if need is Need.WILL_DO:
        return _may_conclude(deliberation, move, dilemmas)
    finished = move.by in deliberation.finished
    holds = {
        Need.HERE: move.at == (deliberation.step, deliberation.round),
        Need.TEXT: bool(move.text.strip()),
        Need.WROTE: deliberation.written_now(move.by) is not None,
        Need.NOT_FINISHED: not finished,
        Need.FINISHED: finished,
        Need.ALL_FINISHED: deliberation.finished >= set(deliberation.participants),
        Need.EARLIER: _is_earlier(deliberation, move.to),
        Need.NOT_HOST: move.by != deliberation.host,
        Need.TAKES_PART: move.whom in deliberation.participants and move.whom != deliberation.host,
    }[need]
    return ALLOWED if holds else _REFUSALS[need]


_REFUSALS: Final[Mapping[Need, Verdict]] = MappingProxyType(
    {
        Need.HERE: refused("moved_on", "The deliberation has moved on. Look where it stands now."),
        Need.TEXT: refused("empty", "Write something here."),
        Need.WROTE: refused("nothing_written", "Write something first, and then say that you have finished."),
        Need.NOT_FINISHED: refused("finished", "You have finished here. Take that back first."),
        Need.FINISHED: refused("not_finished", "You have not finished here yet."),
        Need.ALL_FINISHED: refused("still_writing", "Not everybody has finished writing yet."),
        Need.EARLIER: refused("not_earlier", "Choose a step that comes earlier."),
        Need.TAKES_PART: refused("not_there", "Choose somebody who takes part."),
        Need.NOT_HOST: refused("host", "Who leads the deliberation can stop it, but not leave it."),
    }
)


def _may_conclude(deliberation: Deliberation, move: Move, dilemmas: Framework) -> Verdict:
    if move.answer is None:
        return _REFUSALS[Need.TEXT]
    options = deliberation.concluded(Step.OPTIONS)
    found = options if isinstance(options, Options) else None
    return will_do(deliberation.step, move.answer, found, dilemmas)


def _is_earlier(deliberation: Deliberation, to: Step | None) -> bool:
    """Tell whether one may go back there; the choice, once looked back on, has been made."""
    looking_back = deliberation.step is Step.LOOKING_BACK
    return to is not None and comes_before(to, deliberation.step) and not looking_back


def _is_now(deliberation: Deliberation, one: Contribution) -> bool:
    here = (deliberation.step, deliberation.round)
    return (one.step, one.round) == here and not one.added


def _at(deliberation: Deliberation, step: Step) -> Deliberation:
    return replace(deliberation, phase=Phase.APART, step=step, finished=frozenset())


def _without(deliberation: Deliberation, person: str) -> Deliberation:
    """Return the deliberation without somebody: what they had not shared yet goes with them."""
    return replace(
        deliberation,
        participants=tuple(one for one in deliberation.participants if one != person),
        finished=deliberation.finished - {person},
        contributions=tuple(one for one in deliberation.contributions if one.shared or one.by != person),
    )


def _written(deliberation: Deliberation, move: Move) -> Deliberation:
    """Put what somebody writes apart in the place of what they wrote there before: nobody saw that yet."""
    others = tuple(
        one for one in deliberation.contributions if not (_is_now(deliberation, one) and one.by == move.by)
    )
    new = Contribution(deliberation.step, deliberation.round, move.by, move.text)
    return replace(deliberation, contributions=(*others, new))


def _shared(deliberation: Deliberation) -> Deliberation:
    contributions = tuple(
        replace(one, shared=True) if _is_now(deliberation, one) else one for one in deliberation.contributions
    )
    return replace(deliberation, phase=Phase.SHARED, contributions=contributions)


def _concluded(deliberation: Deliberation, move: Move) -> Deliberation:
    if move.answer is None:
        raise ValueError("empty")
    conclusion = Conclusion(deliberation.step, deliberation.round, move.answer)
    kept = replace(deliberation, conclusions=(*deliberation.conclusions, conclusion))
    following_step = following(deliberation.step)
    if following_step is None:
        return replace(kept, phase=Phase.CLOSED)
    if following_step is Step.LOOKING_BACK:
        return replace(kept, phase=Phase.WAITING, look_back_on=move.day, finished=frozenset())
    return _at(kept, following_step)
