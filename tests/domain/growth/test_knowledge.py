"""What somebody knows: how it stands on a day, what to look at first, and when to look again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bekwaam.domain.growth.knowledge import (
    Fresh,
    Known,
    Note,
    check_note,
    first_to_look,
    fresh_of,
    knowledge_items,
    proposed,
    states,
    sums,
)
from bekwaam.frameworks.library import builtin_ids, load_builtin
from bekwaam.frameworks.model import Text
from bekwaam.frameworks.review_term import ReviewTerm

FRAMEWORK = load_builtin("kennis-sociaal-werk")
TODAY = date(2026, 11, 26)
NAME = Text("x", "x")
LAW = ReviewTerm("law", NAME, NAME, days=((1, 1), (7, 1)))
TWO_YEARS = ReviewTerm("usual", NAME, NAME, months=24)


def test_the_body_of_knowledge_is_the_topics_of_2012_and_the_elements_of_2016() -> None:
    kinds = [item.kind for item in knowledge_items(FRAMEWORK)]
    assert (kinds.count("knowledge_item"), kinds.count("knowledge_element")) == (31, 9)
    others = [name for name in builtin_ids() if name != FRAMEWORK.id]
    assert not [name for name in others if knowledge_items(load_builtin(name))]


@pytest.mark.parametrize(
    ("review_on", "fresh"),
    [
        (None, Fresh.NO_DAY),
        (TODAY - timedelta(days=1), Fresh.PAST),
        (TODAY, Fresh.SOON),
        (TODAY + timedelta(days=30), Fresh.SOON),
        (TODAY + timedelta(days=31), Fresh.FRESH),
    ],
)
def test_a_day_to_look_again_is_past_from_the_day_after_it(review_on: date | None, fresh: Fresh) -> None:
    assert fresh_of(review_on, TODAY) is fresh


def test_what_is_not_known_is_never_out_of_date() -> None:
    old = TODAY - timedelta(days=400)
    notes = {"K1.1": Note(Known.YES, old), "K1.2": Note(Known.NO, old), "K1.3": Note(None, old)}
    found = {state.code: (state.known, state.fresh) for state in states(FRAMEWORK, notes, TODAY)}
    assert found["K1.1"] == (Known.YES, Fresh.PAST)
    assert found["K1.2"] == (Known.NO, Fresh.NO_DAY)
    assert found["K1.3"] == found["K1.4"] == (None, Fresh.NO_DAY)


def test_a_note_on_what_this_version_does_not_have_is_passed_over() -> None:
    found = states(FRAMEWORK, {"K9.9": Note(Known.YES), "K1": Note(Known.YES)}, TODAY)
    assert len(found) == 40 and not any(state.said for state in found)


def test_sums_are_by_field_and_kind_in_the_order_of_the_document() -> None:
    notes = {
        "K1.1": Note(Known.YES, TODAY - timedelta(days=1)),
        "K1.2": Note(Known.PARTLY, TODAY),
        "K1.3": Note(Known.NO),
        "E2.1": Note(Known.YES),
    }
    found = {one.code: one for one in sums(FRAMEWORK, states(FRAMEWORK, notes, TODAY))}
    assert list(found) == ["E1", "E2", "E3", "K1", "K2", "K3", "K4", "K5", "K6"]
    first = found["K1"]
    assert (first.yes, first.partly, first.no, first.nothing, first.past, first.soon) == (1, 1, 1, 2, 1, 1)
    assert (first.total, found["E2"].yes, found["E2"].past) == (5, 1, 0)


def test_what_is_out_of_date_longest_is_looked_at_first_and_what_is_far_off_not_at_all() -> None:
    notes = {
        "K1.1": Note(Known.YES, TODAY + timedelta(days=5)),
        "K1.2": Note(Known.YES, TODAY - timedelta(days=1)),
        "K1.3": Note(Known.PARTLY, TODAY - timedelta(days=90)),
        "K1.4": Note(Known.YES, TODAY + timedelta(days=90)),
        "K1.5": Note(Known.NO, TODAY - timedelta(days=90)),
    }
    assert [state.code for state in first_to_look(states(FRAMEWORK, notes, TODAY))] == [
        "K1.3",
        "K1.2",
        "K1.1",
    ]


@pytest.mark.parametrize(
    ("today", "stood", "expected"),
    [
        (date(2026, 6, 30), None, date(2026, 7, 1)),
        (date(2026, 7, 1), None, date(2027, 1, 1)),
        (date(2026, 12, 31), None, date(2027, 1, 1)),
        # Looked at in December, just before it: the next one.
        (date(2026, 12, 10), date(2027, 1, 1), date(2027, 7, 1)),
        # Long past, or far off by one's own choice: counted from today.
        (date(2026, 12, 10), date(2026, 7, 1), date(2027, 1, 1)),
        (date(2026, 12, 10), date(2030, 1, 1), date(2027, 1, 1)),
    ],
)
def test_a_law_is_looked_at_again_on_the_next_day_on_which_laws_change(
    today: date, stood: date | None, expected: date
) -> None:
    assert proposed(LAW, today, stood) == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [(date(2026, 11, 26), date(2028, 11, 26)), (date(2028, 2, 29), date(2030, 2, 28))],
)
def test_a_term_in_months_counts_from_today(today: date, expected: date) -> None:
    assert proposed(TWO_YEARS, today) == expected


def test_months_that_end_in_a_shorter_month_end_on_its_last_day() -> None:
    assert proposed(ReviewTerm("x", NAME, NAME, months=3), date(2026, 11, 30)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("known", "where", "review_on", "stood", "fields"),
    [
        ("yes", "", None, None, []),
        ("yes", "", TODAY, None, []),
        ("", "", None, None, ["known"]),
        ("perhaps", "", None, None, ["known"]),
        ("yes", "x" * 2_001, TODAY - timedelta(days=1), None, ["where", "review_on"]),
        ("partly", "", TODAY - timedelta(days=1), TODAY - timedelta(days=1), []),
        ("partly", "", TODAY - timedelta(days=1), TODAY - timedelta(days=2), ["review_on"]),
        ("yes", "", date(9999, 12, 31), None, ["review_on"]),
        ("yes", "", date(9999, 12, 31), date(9999, 12, 31), []),
    ],
)
def test_what_is_wrong_is_named_with_its_field(
    known: str, where: str, review_on: date | None, stood: date | None, fields: list[str]
) -> None:
    assert [fault.name for fault in check_note(known, where, review_on, TODAY, stood=stood)] == fields
