"""What concludes a step, and what does not."""

from __future__ import annotations

import pytest

from bekwaam.domain.deliberation.answers import (
    ANSWER_OF,
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
    will_do,
)
from bekwaam.domain.deliberation.asking import ASKED, Step, comes_before, following
from bekwaam.frameworks.library import load_builtin
from bekwaam.wording import say

DILEMMAS = load_builtin("dilemmas-sociaal-werk")
TWO = Options((Option("Samen bellen", "Tijd"), Option("Wachten", "Onrust bij de buren")))
YES, NO, NOT_ASKED = Recognition.YES, Recognition.NO, Recognition.NOT_ASKED


@pytest.mark.parametrize(
    ("step", "answer", "reason"),
    [
        (Step.FACTS, Told("Hij doet niet open."), ""),
        (Step.FACTS, Told("  "), "empty"),
        (
            Step.CONCERNED,
            Concerned((Somebody("de bewoner", YES), Somebody("de buren", NOT_ASKED, "weg"))),
            "",
        ),
        (Step.CONCERNED, Concerned(()), "nobody"),
        (Step.CONCERNED, Concerned((Somebody(" ", YES),)), "nobody"),
        (Step.CONCERNED, Concerned((Somebody("de bewoner", NO),)), "not_recognised"),
        (Step.CONCERNED, Concerned((Somebody("de bewoner", NOT_ASKED),)), "not_asked"),
        (Step.VALUES, Values(("rust", "veiligheid")), ""),
        (Step.VALUES, Values(("rust", "Rust ", "")), "one_value"),
        (Step.RESEMBLES, Resembles(("D1", "D1.1")), ""),
        (Step.RESEMBLES, Resembles((), "Dit is iets nieuws."), ""),
        (Step.RESEMBLES, Resembles(()), "no_case"),
        (Step.RESEMBLES, Resembles(("D9",)), "unknown_case"),
        (Step.RESEMBLES, Resembles(("D1.k1",)), "unknown_case"),
        (Step.CODE, FromCode(("artikel 4",)), ""),
        (Step.CODE, FromCode((), "Wij hebben geen code."), ""),
        (Step.CODE, FromCode((" ",)), "no_article"),
        (Step.OPTIONS, TWO, ""),
        (Step.OPTIONS, Options((Option("Wachten", "Onrust"),)), "one_option"),
        (Step.OPTIONS, Options((Option("Wachten", "Onrust"), Option("Bellen", " "))), "no_price"),
        (Step.CHOICE, Choice((0,), "Omdat."), ""),
        (Step.CHOICE, Choice((0, 1), "Allebei, na elkaar.", "Een van ons wacht liever."), ""),
        (Step.CHOICE, Choice((), "Omdat."), "no_option"),
        (Step.CHOICE, Choice((2,), "Omdat."), "no_option"),
        (Step.CHOICE, Choice((-1,), "Omdat."), "no_option"),
        (Step.CHOICE, Choice((0,), ""), "no_reason"),
        (Step.LOOKING_BACK, Told("Het ging goed."), ""),
        (Step.LOOKING_BACK, Values(("a", "b")), "moved_on"),
        (Step.FACTS, TWO, "moved_on"),
    ],
)
def test_an_answer_will_do_or_says_why_not(step: Step, answer: Answer, reason: str) -> None:
    verdict = will_do(step, answer, TWO, DILEMMAS)
    assert verdict.reason == reason
    if reason:
        assert verdict.text("nl") != verdict.text("en")


def test_without_options_nothing_can_be_chosen() -> None:
    assert will_do(Step.CHOICE, Choice((0,), "Omdat."), None, DILEMMAS).reason == "no_option"


@pytest.mark.parametrize(
    "item", [i for i in DILEMMAS.items if i.kind in ("dilemma_category", "dilemma_case")]
)
def test_every_category_and_case_of_the_documents_can_be_named(item) -> None:  # type: ignore[no-untyped-def]
    assert will_do(Step.RESEMBLES, Resembles((item.code,)), None, DILEMMAS)


def test_every_step_asks_something_with_a_source_and_has_its_own_kind_of_answer() -> None:
    assert list(ASKED) == list(ANSWER_OF) == list(Step)
    for asked in ASKED.values():
        assert asked.questions and asked.source.document
        for message in (asked.name, *asked.questions):
            assert say("nl", message) != message


def test_steps_follow_each_other_to_the_last() -> None:
    assert [following(step) for step in Step] == [*list(Step)[1:], None]
    assert comes_before(Step.FACTS, Step.CHOICE) and not comes_before(Step.FACTS, Step.FACTS)
