"""The machine of a deliberation: who does what when; apart first and then shared; nothing shared changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bekwaam.domain.deliberation.answers import (
    Answer,
    Choice,
    Concerned,
    FromCode,
    Option,
    Options,
    Recognition,
    Resembles,
    Somebody,
    Told,
    Values,
)
from bekwaam.domain.deliberation.asking import Step
from bekwaam.domain.deliberation.keeping import may_keep
from bekwaam.domain.deliberation.steps import (
    MOVES,
    Deliberation,
    Move,
    MoveKind,
    Phase,
    after,
    may,
    opened_by,
    readable,
)
from bekwaam.frameworks.library import load_builtin

DILEMMAS = load_builtin("dilemmas-sociaal-werk")
ANSWERS: dict[Step, Answer] = {
    Step.FACTS: Told("Hij doet niet open."),
    Step.CONCERNED: Concerned((Somebody("de bewoner", Recognition.YES),)),
    Step.VALUES: Values(("rust", "veiligheid")),
    Step.RESEMBLES: Resembles(("D1.1",)),
    Step.CODE: FromCode((), "Geen artikel gaat hierover."),
    Step.OPTIONS: Options((Option("Bellen", "Tijd"), Option("Wachten", "Onrust"))),
    Step.CHOICE: Choice((0,), "Zo houden we contact."),
    Step.LOOKING_BACK: Told("Het ging goed."),
}
K = MoveKind


def do(deliberation: Deliberation, kind: MoveKind, by: str = "host", **more: object) -> Deliberation:
    here = (deliberation.step, deliberation.round)
    return after(deliberation, Move(kind, by, **{"at": here, **more}), DILEMMAS)  # type: ignore[arg-type]


def reason(deliberation: Deliberation, kind: MoveKind, by: str = "host", **more: object) -> str:
    here = (deliberation.step, deliberation.round)
    return may(deliberation, Move(kind, by, **{"at": here, **more}), DILEMMAS).reason  # type: ignore[arg-type]


def begun(*others: str) -> Deliberation:
    found = opened_by("host")
    for other in others:
        found = do(found, K.JOIN, other)
    return do(found, K.BEGIN)


def all_wrote(found: Deliberation) -> Deliberation:
    for person in found.participants:
        found = do(do(found, K.WRITE, person, text=f"van {person}"), K.FINISH, person)
    return found


def passed(found: Deliberation) -> Deliberation:
    return do(do(all_wrote(found), K.SHARE), K.CONCLUDE, answer=ANSWERS[found.step], day=date(2027, 1, 5))


def at(step: Step, *others: str) -> Deliberation:
    found = begun(*others)
    while found.step is not step:
        found = do(found, K.LOOK_BACK) if found.phase is Phase.WAITING else passed(found)
    return found


PHASES: dict[Phase, Deliberation] = {
    Phase.GATHERING: do(opened_by("host"), K.JOIN, "mia"),
    Phase.APART: begun("mia"),
    Phase.SHARED: do(all_wrote(at(Step.CONCERNED, "mia")), K.SHARE),
    Phase.WAITING: passed(at(Step.CHOICE, "mia")),
    Phase.CLOSED: passed(at(Step.LOOKING_BACK, "mia")),
    Phase.STOPPED: do(begun("mia"), K.STOP, text="Het is opgelost."),
}

# By phase: what the leader, a participant and somebody else can do then, given all that it takes.
EXPECTED: dict[Phase, tuple[set[MoveKind], set[MoveKind], set[MoveKind]]] = {
    Phase.GATHERING: ({K.BEGIN, K.STOP, K.LET_GO}, {K.LEAVE}, {K.JOIN}),
    Phase.APART: ({K.WRITE, K.STOP, K.LET_GO}, {K.WRITE, K.LEAVE}, set()),
    Phase.SHARED: ({K.ADD, K.CONCLUDE, K.GO_BACK, K.STOP, K.LET_GO}, {K.ADD, K.LEAVE}, set()),
    Phase.WAITING: ({K.LOOK_BACK, K.STOP, K.LET_GO}, {K.LOOK_BACK, K.LEAVE}, set()),
    Phase.CLOSED: (set(), set(), set()),
    Phase.STOPPED: (set(), set(), set()),
}


@pytest.mark.parametrize("phase", list(Phase))
def test_who_can_do_what_when(phase: Phase) -> None:
    found = PHASES[phase]
    assert found.phase is phase
    more = {"text": "Want.", "answer": ANSWERS[found.step], "to": Step.FACTS, "whom": "mia"}
    can = tuple(
        {kind for kind in MoveKind if not reason(found, kind, by, **more)} for by in ("host", "mia", "x")
    )
    assert can == EXPECTED[phase]


def test_every_move_stands_in_the_table() -> None:
    assert set(MOVES) == set(MoveKind)


@pytest.mark.parametrize("others", [(), ("mia",), ("mia", "tom")])
def test_it_runs_to_its_end_alone_and_with_others(others: tuple[str, ...]) -> None:
    found = passed(at(Step.LOOKING_BACK, *others))
    assert found.phase is Phase.CLOSED
    assert [conclusion.step for conclusion in found.conclusions] == list(Step)
    assert found.look_back_on == date(2027, 1, 5)
    assert len(found.contributions) == 8 * (1 + len(others))


# ---- apart first, then shared


def test_what_is_written_apart_is_read_by_nobody_else_until_all_have_finished() -> None:
    found = do(begun("mia", "tom"), K.WRITE, "mia", text="Ik twijfel.")
    assert [one.text for one in readable(found, "mia")] == ["Ik twijfel."]
    assert readable(found, "host") == readable(found, "tom") == ()
    assert reason(do(found, K.FINISH, "mia"), K.SHARE) == "still_writing"
    shared = do(all_wrote(found), K.SHARE)
    assert {one.by for one in readable(shared, "tom")} == {"host", "mia", "tom"}
    assert readable(shared, "stranger") == ()


def test_what_was_finished_is_taken_back_before_it_is_written_anew() -> None:
    found = do(do(begun("mia"), K.WRITE, "mia", text="Eerst."), K.FINISH, "mia")
    assert reason(found, K.WRITE, "mia", text="Nog eens.") == "finished"
    again = do(do(found, K.TAKE_BACK, "mia"), K.WRITE, "mia", text="Nog eens.")
    assert [one.text for one in readable(again, "mia")] == ["Nog eens."]
    assert reason(again, K.TAKE_BACK, "mia") == "not_finished"


def test_nobody_finishes_without_a_word() -> None:
    assert reason(begun("mia"), K.FINISH, "mia") == "nothing_written"
    assert reason(begun("mia"), K.WRITE, "mia", text=" ") == "empty"


def test_what_was_shared_stays_as_it_was_and_later_thoughts_are_added() -> None:
    shared = do(all_wrote(begun("mia")), K.SHARE)
    assert reason(shared, K.WRITE, "mia", text="Anders.") == "wrong_moment"
    added = do(shared, K.ADD, "mia", text="Ik zie het nu anders.")
    assert added.contributions[:-1] == shared.contributions
    assert added.contributions[-1].added and added.contributions[-1].shared


def test_what_comes_too_late_does_not_land_at_the_next_step() -> None:
    before = begun("mia")
    late = (before.step, before.round)
    found = passed(before)
    for kind in (K.WRITE, K.FINISH, K.TAKE_BACK, K.SHARE):
        assert reason(found, kind, "host", text="Te laat.", at=late) == "moved_on"
    shared = do(all_wrote(found), K.SHARE)
    assert reason(shared, K.CONCLUDE, answer=ANSWERS[Step.FACTS], at=late) == "moved_on"
    assert reason(shared, K.CONCLUDE, answer=ANSWERS[Step.FACTS]) == "moved_on"


def test_ten_who_write_at_once_leave_the_same_whatever_the_order() -> None:
    people = [f"p{number}" for number in range(10)]
    start = begun(*people)
    results = set()
    for order in (people, people[::-1], people[5:] + people[:5]):
        found = start
        for person in order:
            found = do(do(found, K.WRITE, person, text=f"van {person}"), K.FINISH, person)
        results.add((found.finished, frozenset(found.contributions)))
    assert len(results) == 1


def test_writing_and_finishing_of_three_comes_out_the_same_in_every_order() -> None:
    people = ["host", "mia", "tom"]
    ends = set()
    for order in permutations(people):
        found = begun("mia", "tom")
        for person in order:
            found = do(found, K.WRITE, person, text=person)
        for person in reversed(order):
            found = do(found, K.FINISH, person)
        ends.add(frozenset(do(found, K.SHARE).contributions))
    assert len(ends) == 1


# ---- recognition, going back, leaving


def test_where_somebody_does_not_recognise_themselves_it_goes_back_to_the_facts() -> None:
    found = do(all_wrote(at(Step.CONCERNED, "mia")), K.SHARE)
    wrong = Concerned((Somebody("de bewoner", Recognition.NO),))
    assert reason(found, K.CONCLUDE, answer=wrong) == "not_recognised"
    assert reason(found, K.GO_BACK, to=Step.FACTS) == "empty"  # with a reason only
    again = do(found, K.GO_BACK, to=Step.FACTS, text="De bewoner ziet het anders.")
    assert (again.step, again.phase, again.round, again.finished) == (Step.FACTS, Phase.APART, 2, frozenset())
    assert again.contributions == found.contributions  # nothing shared is lost
    told = do(do(all_wrote(again), K.SHARE), K.CONCLUDE, answer=Told("Hij sliep."))
    assert [conclusion.answer for conclusion in told.conclusions if conclusion.step is Step.FACTS] == [
        ANSWERS[Step.FACTS],
        Told("Hij sliep."),
    ]
    assert told.concluded(Step.FACTS) == Told("Hij sliep.")
    assert told.why == ("De bewoner ziet het anders.",)


@pytest.mark.parametrize("to", [Step.VALUES, Step.CHOICE, None])
def test_back_is_back(to: Step | None) -> None:
    found = do(all_wrote(at(Step.VALUES)), K.SHARE)
    assert reason(found, K.GO_BACK, to=to, text="Want.") == "not_earlier"


def test_a_choice_that_was_looked_back_on_is_not_made_again() -> None:
    found = do(all_wrote(at(Step.LOOKING_BACK)), K.SHARE)
    assert reason(found, K.GO_BACK, to=Step.CHOICE, text="Toch anders.") == "not_earlier"


def test_who_leaves_takes_along_what_was_not_shared_and_leaves_what_was() -> None:
    second = do(passed(begun("mia", "tom")), K.WRITE, "mia", text="Nog niet gedeeld.")
    left = do(second, K.LEAVE, "mia")
    assert left.participants == ("host", "tom")
    assert [one.text for one in left.contributions if one.by == "mia"] == ["van mia"]
    assert do(all_wrote(left), K.SHARE).phase is Phase.SHARED  # nobody waits for who left
    assert [one.by for one in readable(left, "mia")] == ["mia"]
    assert reason(second, K.LEAVE, "host") == "host"


def test_who_does_not_come_any_more_is_let_go_and_holds_up_nobody() -> None:
    waits = do(do(begun("mia", "tom"), K.WRITE, "host", text="Ik."), K.FINISH)
    waits = do(do(waits, K.WRITE, "mia", text="Ik ook."), K.FINISH, "mia")
    assert reason(waits, K.SHARE) == "still_writing"
    for nobody in ("host", "x", ""):
        assert reason(waits, K.LET_GO, whom=nobody) == "not_there"
    assert reason(waits, K.LET_GO, "mia", whom="tom") == "wrong_person"
    assert do(do(waits, K.LET_GO, whom="tom"), K.SHARE).phase is Phase.SHARED


# ---- the library


@pytest.mark.parametrize(
    ("phase", "agreed", "names", "why"),
    [
        (Phase.CLOSED, {"host", "mia"}, True, ""),
        (Phase.WAITING, {"host", "mia"}, True, "not_closed"),
        (Phase.STOPPED, {"host", "mia"}, True, "not_closed"),
        (Phase.CLOSED, {"host"}, True, "no_consent"),
        (Phase.CLOSED, {"host", "mia"}, False, "names"),
    ],
)
def test_it_is_kept_for_others_only_when_all_agree_and_nobody_can_be_recognised(
    phase: Phase, agreed: set[str], names: bool, why: str
) -> None:
    assert may_keep(PHASES[phase], agreed, names_checked=names).reason == why


def test_who_left_and_had_shared_something_has_to_agree_too() -> None:
    left = replace(PHASES[Phase.CLOSED], participants=("host",))
    assert may_keep(left, {"host"}, names_checked=True).reason == "no_consent"


# ---- whatever anybody tries


class Deliberating(RuleBasedStateMachine):
    """Random moves by anybody at any moment; what is refused changes nothing."""

    @initialize()
    def open(self) -> None:
        self.found = opened_by("host")
        self.shared: list[object] = []

    @rule(
        kind=st.sampled_from([*MoveKind, K.WRITE, K.FINISH, K.SHARE, K.CONCLUDE]),
        by=st.sampled_from(["host", "mia", "x"]),
        to=st.sampled_from([Step.FACTS, Step.VALUES]),
        stop=st.integers(0, 9),
    )
    def move(self, kind: MoveKind, by: str, to: Step, stop: int) -> None:
        if kind is K.STOP and stop:
            return
        here = (self.found.step, self.found.round)
        made = Move(kind, by, here, "woord", ANSWERS[self.found.step], to, whom="mia")
        if may(self.found, made, DILEMMAS):
            self.found = after(self.found, made, DILEMMAS)
        else:
            with pytest.raises(ValueError, match=r"\w"):
                after(self.found, made, DILEMMAS)

    @invariant()
    def nothing_shared_is_lost_or_changed(self) -> None:
        shared = [one for one in self.found.contributions if one.shared]
        assert all(one in shared for one in self.shared)
        self.shared = list(shared)

    @invariant()
    def nobody_reads_what_another_has_not_shared(self) -> None:
        for reader in ("host", "mia", "x"):
            for one in readable(self.found, reader):
                assert one.by == reader or (one.shared and reader in self.found.participants)

    @invariant()
    def it_holds_together(self) -> None:
        assert self.found.host in self.found.participants
        assert self.found.finished <= set(self.found.participants)
        assert len(set(self.found.participants)) == len(self.found.participants)
        if self.found.phase is Phase.CLOSED:
            assert {one.step for one in self.found.conclusions} == set(Step)


Deliberating.TestCase.settings = settings(max_examples=25, stateful_step_count=60, deadline=None)
TestDeliberating = Deliberating.TestCase
