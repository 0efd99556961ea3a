"""A development plan: set, done, agreed on and closed by its owner alone, and the chain vouches for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bekwaam.services import clock
from bekwaam.services.audit import broken_contents, walk_chain
from bekwaam.services.errors import Invalid, NotFound, Refused
from bekwaam.services.growth.activities import (
    ActivityInput,
    change_activity,
    drop_activity,
    finish_activity,
    plan_activity,
    tie_evidence_back,
)
from bekwaam.services.growth.agreeing import agree
from bekwaam.services.growth.goals import GoalInput, change_goal, close_goal, drop_goal, set_goal
from bekwaam.services.growth.plan_reads import Goal, read_activity, read_goal, read_plan
from bekwaam.services.growth.rounds import finish_round, rate, start_round
from bekwaam.services.portfolio.evidence import add_evidence, remove_evidence
from bekwaam.services.portfolio.own import start_portfolio
from bekwaam.store.models import AuditEntry, PlanActivity, PlanAgreement, PlanGoal
from tests.cast import Cast, story

GIVEN = GoalInput(("1.1", "1.2"), "vakvolwassen", "Eerder doorvragen.", target="stadium-vakvolwassen")
TALK = ActivityInput("peer_consultation", "Elke maand.")


def said(cast: Cast, value: str) -> None:
    ref = start_round(cast.candidate, cast.standard).ref
    rate(cast.candidate, ref, "1.1", {"1.1": value})
    finish_round(cast.candidate, ref)


def made(cast: Cast) -> tuple[str, str]:
    goal = set_goal(cast.candidate, cast.standard, GIVEN)
    return goal.ref, plan_activity(cast.candidate, goal.ref, TALK).ref


def the_goal(cast: Cast) -> Goal:
    (goal,) = read_plan(cast.candidate).open
    return goal


def test_a_goal_keeps_what_one_said_then_and_shows_what_one_says_now(cast: Cast) -> None:
    said(cast, "startbekwaam")
    made(cast)
    said(cast, "vakbekwaam")
    goal = the_goal(cast)
    assert (goal.before, goal.now) == ({"1.1": "startbekwaam"}, {"1.1": "vakbekwaam"})
    assert (goal.codes, goal.value, goal.target) == (("1.1", "1.2"), "vakvolwassen", "stadium-vakvolwassen")


def test_the_same_sent_twice_is_there_once(cast: Cast) -> None:
    assert made(cast) == made(cast)
    agree(cast.candidate, "Nel", clock.today())
    agree(cast.candidate, "Nel", clock.today())
    assert (PlanGoal.objects.count(), PlanActivity.objects.count(), PlanAgreement.objects.count()) == (
        1,
        1,
        1,
    )


def test_a_target_that_means_nothing_is_left_out_and_a_fault_writes_nothing(cast: Cast) -> None:
    assert (
        set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Ja.", target="x")).target
        == ""
    )
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Invalid) as refused:
        set_goal(cast.candidate, cast.standard, GoalInput(("1.1",), "vakbekwaam", "Nee.", yesterday))
    assert [fault.name for fault in refused.value.faults] == ["by"]
    assert PlanGoal.objects.count() == 1


def test_a_day_that_passed_meanwhile_may_stay(cast: Cast) -> None:
    soon = clock.today() + timedelta(days=1)
    goal, act = made(cast)
    change_goal(cast.candidate, goal, GoalInput(("1.1",), "vakbekwaam", "Doorvragen.", soon))
    change_activity(cast.candidate, act, ActivityInput("supervision", "", soon))
    with clock.at(clock.now() + timedelta(days=9)):
        change_goal(cast.candidate, goal, GoalInput(("1.1",), "vakbekwaam", "Beter doorvragen.", soon))
        change_activity(cast.candidate, act, ActivityInput("guidance", "", soon))
        found = the_goal(cast)
        assert (found.phase, found.activities[0].phase, found.words) == (
            "overdue",
            "overdue",
            "Beter doorvragen.",
        )


def test_done_with_evidence_counts_and_the_evidence_may_go_again(cast: Cast) -> None:
    _goal, act = made(cast)
    finish_activity(cast.candidate, act, clock.today(), "Ik wacht langer.")
    own = start_portfolio(cast.candidate, cast.standard.pk)
    piece = add_evidence(cast.candidate, own, story("Buurtkamer", ["1.1"]))
    tie_evidence_back(cast.candidate, act, piece.ref)
    goal = the_goal(cast)
    assert (goal.progress.done, goal.progress.with_evidence, goal.portfolio) == (1, 1, own.ref)
    remove_evidence(cast.candidate, own, piece.ref)
    goal = the_goal(cast)
    assert (goal.progress.done, goal.progress.with_evidence) == (1, 0)
    assert walk_chain().whole and not list(broken_contents())


def test_evidence_of_somebody_else_cannot_be_tied(cast: Cast) -> None:
    _goal, act = made(cast)
    theirs = start_portfolio(cast.guide, cast.standard.pk)
    piece = add_evidence(cast.guide, theirs, story("Buurtkamer", ["1.1"]))
    with pytest.raises(Invalid):
        tie_evidence_back(cast.candidate, act, piece.ref)


def test_an_agreement_keeps_the_plan_as_it_was_and_a_change_shows(cast: Cast) -> None:
    with pytest.raises(Refused):
        agree(cast.candidate, "Nel", clock.today())
    goal, act = made(cast)
    assert not the_goal(cast).agreed
    agree(cast.candidate, "Nel", clock.today())
    finish_activity(cast.candidate, act, clock.today(), "Gedaan zoals afgesproken.")
    assert the_goal(cast).agreed and not the_goal(cast).changed_since
    change_activity(cast.candidate, act, ActivityInput("supervision"))
    assert the_goal(cast).changed_since
    assert PlanAgreement.objects.get().goals[0]["activities"][0]["way"] == "peer_consultation"
    agree(cast.candidate, "Nel", clock.today())
    assert not the_goal(cast).changed_since and len(read_plan(cast.candidate).agreements) == 2
    PlanAgreement.objects.filter(goals__0__ref=goal).update(name="Iemand anders")
    assert {found.table for found in broken_contents()} == {"PlanAgreement"}


def test_a_closed_goal_stays_as_it_is_and_can_only_go_as_a_whole(cast: Cast) -> None:
    goal, act = made(cast)
    close_goal(cast.candidate, goal, "Het lukt.")
    for write in (
        lambda: change_goal(cast.candidate, goal, GIVEN),
        lambda: close_goal(cast.candidate, goal),
        lambda: plan_activity(cast.candidate, goal, TALK),
        lambda: change_activity(cast.candidate, act, TALK),
        lambda: finish_activity(cast.candidate, act, clock.today()),
        lambda: drop_activity(cast.candidate, act),
    ):
        with pytest.raises(Refused):
            write()
    PlanActivity.objects.update(words="Nooit gezegd.")
    assert [found.table for found in broken_contents()] == ["PlanGoal"]
    drop_goal(cast.candidate, goal)
    assert not PlanGoal.objects.exists() and not PlanActivity.objects.exists()
    assert walk_chain().whole and not list(broken_contents())


def test_an_activity_can_be_taken_out_while_the_goal_is_open(cast: Cast) -> None:
    _goal, act = made(cast)
    drop_activity(cast.candidate, act)
    assert the_goal(cast).activities == () and not list(broken_contents())


def test_a_plan_is_not_found_by_anybody_else(cast: Cast) -> None:
    goal, act = made(cast)
    for somebody in (cast.guide, cast.coordinator, cast.operator):
        assert read_plan(somebody).open == ()
        for look in (
            lambda who: read_goal(who, goal),
            lambda who: read_activity(who, act),
            lambda who: change_goal(who, goal, GIVEN),
            lambda who: drop_goal(who, goal),
            lambda who: plan_activity(who, goal, TALK),
            lambda who: finish_activity(who, act, clock.today()),
        ):
            with pytest.raises(NotFound):
                look(somebody)


def test_the_chain_holds_no_word_of_the_plan(cast: Cast) -> None:
    goal, act = made(cast)
    finish_activity(cast.candidate, act, clock.today(), "Ik wacht langer.")
    agree(cast.candidate, "Nel van Buiten", clock.today())
    close_goal(cast.candidate, goal, "Dat lukt me nu.")
    told = " ".join(AuditEntry.objects.values_list("payload", flat=True))
    assert not [words for words in ("doorvragen", "langer", "Nel", "lukt") if words in told]


def test_a_plan_takes_as_many_queries_for_one_goal_as_for_many(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    said(cast, "vakbekwaam")
    made(cast)
    for number in range(3):
        with django_assert_num_queries(6):
            assert len(read_plan(cast.candidate).open) == number + 1
        goal = set_goal(cast.candidate, cast.standard, GoalInput(("1.3",), "vakbekwaam", f"Meer {number}."))
        plan_activity(cast.candidate, goal.ref, TALK)
