"""What goes and what stays when somebody has their account erased."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.accounts.erasing import (
    OF_PROCEDURE,
    RULES,
    Facts,
    Fate,
    Office,
    OwnProcedure,
    What,
    is_due,
    plan,
    years_after,
)
from bekwaam.domain.procedures.states import UNDER_WAY, State

TODAY = date(2026, 11, 26)
EVERYBODY = {What.ACCOUNT, What.PORTFOLIO, What.REFEREE, What.LOG}


def _procedure(state: State, issued_on: date | None = None, years: int = 5) -> OwnProcedure:
    return OwnProcedure("abc", "2026-0001", "EVC Huis", state, issued_on, years)


#  state      issued       what        fate
PROCEDURES = """
intake     -            under_way   goes
portfolio  -            under_way   goes
judging    -            under_way   goes
deciding   -            under_way   goes
withdrawn  -            stopped     goes
issued     2026-11-20   finished    stays
issued     2021-11-26   finished    stays
issued     2021-11-25   over        goes
closed     2024-02-29   finished    stays
closed     2019-01-01   over        goes
"""


@pytest.mark.parametrize(
    ("state", "issued", "what", "fate"), [r.split() for r in PROCEDURES.split("\n") if r]
)
def test_what_happens_to_a_procedure_of_ones_own(state: str, issued: str, what: str, fate: str) -> None:
    found = _procedure(State(state), None if issued == "-" else date.fromisoformat(issued))
    done = plan(Facts(TODAY, procedures=(found,)))
    (line,) = [line for line in (*done.goes, *done.stays) if line.procedures]
    assert (line.what, line.rule.fate, line.procedures) == (What(what), Fate(fate), (found,))
    assert line in (done.goes if fate == "goes" else done.stays)


def test_of_an_erased_dossier_nothing_is_left_to_say() -> None:
    done = plan(Facts(TODAY, procedures=(_procedure(State.ERASED),)))
    assert not [line for line in (*done.goes, *done.stays) if line.procedures]


def test_every_state_has_a_rule_and_what_is_under_way_never_stays() -> None:
    assert set(OF_PROCEDURE) == set(State)
    assert all(OF_PROCEDURE[state] is What.UNDER_WAY for state in UNDER_WAY)


@pytest.mark.parametrize(
    ("facts", "more"),
    [
        (Facts(TODAY), set()),
        (Facts(TODAY, pieces=12, rounds=2), set()),
        (Facts(TODAY, feedback=1), {What.FEEDBACK}),
        (Facts(TODAY, looked_back=True), {What.REFLECTION}),
        (Facts(TODAY, set_team_goals=True), {What.TEAM_GOALS}),
        (Facts(TODAY, works_for=("EVC Huis",)), {What.ROLES}),
        (Facts(TODAY, worked=True), {What.WORK}),
        (Facts(TODAY, works_for=("EVC Huis",), worked=True), {What.ROLES, What.WORK}),
    ],
)
def test_a_plan_says_what_concerns_this_person(facts: Facts, more: set[What]) -> None:
    done = plan(facts)
    assert {line.what for line in (*done.goes, *done.stays)} == EVERYBODY | more
    assert done.allowed


def test_every_rule_is_told_in_both_languages() -> None:
    from bekwaam.wording import say

    assert set(RULES) == set(What)
    for rule in RULES.values():
        for text in (rule.title, rule.text):
            assert say("nl", text) != say("en", text)


def test_what_has_to_be_done_first_stands_in_the_way() -> None:
    alone, settling = Office("p", "EVC Huis"), Office("q", "2026-0003")
    done = plan(Facts(TODAY, alone_at=(alone,), settling=(settling,)))
    assert [(block.verdict.reason, block.ref) for block in done.blocks] == [
        ("last_coordinator", "p"),
        ("settling", "q"),
    ]
    assert done.allowed.reason == "last_coordinator"
    assert "EVC Huis" in done.allowed.text("nl") != done.allowed.text("en")


def test_another_date_or_procedure_is_another_plan_and_the_number_of_pieces_is_not() -> None:
    base = Facts(TODAY, pieces=1, procedures=(_procedure(State.ISSUED, date(2026, 1, 1)),))
    longer = Facts(TODAY, pieces=1, procedures=(_procedure(State.ISSUED, date(2026, 1, 1), years=7),))
    one_more = Facts(TODAY, pieces=2, procedures=base.procedures)
    assert plan(base).seen() == plan(one_more).seen()
    assert plan(base).seen() != plan(longer).seen() != plan(Facts(TODAY)).seen()


@pytest.mark.parametrize(
    ("day", "years", "expected"),
    [
        (date(2026, 11, 26), 5, date(2031, 11, 26)),
        (date(2024, 2, 29), 5, date(2029, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
    ],
)
def test_a_term_ends_on_the_same_day_so_many_years_later(day: date, years: int, expected: date) -> None:
    until = years_after(day, years)
    assert until == expected
    assert not is_due(until, until)
    assert is_due(until, date.fromordinal(until.toordinal() + 1))
