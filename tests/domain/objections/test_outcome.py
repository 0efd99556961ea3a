"""What comes of an objection: the rule as a table."""

from __future__ import annotations

import pytest

from bekwaam.domain.objections.outcome import ANSWER_NAMES, CHANGE_NAMES, Answer, Change, compare
from tests.standards import small_standard

STANDARD = small_standard()
STAGES = {"-": None, "s": "startbekwaam", "v": "vakbekwaam", "w": "vakvolwassen"}

# Two disputed units before and now (the rule asks vakbekwaam), whether the standard was met and is now.
#  before  now  met     answer
TABLE = """
- -       - -  no,no   not_upheld
- -       v v  no,yes  upheld
- -       v v  no,no   upheld
- -       v -  no,no   partly
- -       v -  no,yes  partly
- -       s v  no,no   partly
- -       s v  no,yes  upheld
- -       s s  no,no   partly
s v       v v  no,yes  partly
v v       w w  yes,yes upheld
v v       v v  yes,yes not_upheld
v s       s -  no,no   not_upheld
v s       - v  no,no   partly
"""


@pytest.mark.parametrize("line", TABLE.strip().splitlines())
def test_what_an_objection_to_two_units_comes_to(line: str) -> None:
    first, second, now_first, now_second, met, answer = line.split()
    before, now = met.split(",")
    found = compare(
        STANDARD,
        ("1.1", "1.2"),
        {"1.1": STAGES[first], "1.2": STAGES[second]},
        {"1.1": STAGES[now_first], "1.2": STAGES[now_second]},
        met_before=before == "yes",
        met_now=now == "yes",
    )
    assert found.answer == Answer(answer)


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [("-", "s", Change.HIGHER), ("v", "v", Change.SAME), ("-", "-", Change.SAME), ("w", "v", Change.LOWER)],
)
def test_how_one_unit_changed(before: str, now: str, change: Change) -> None:
    found = compare(
        STANDARD, ("1.1",), {"1.1": STAGES[before]}, {"1.1": STAGES[now]}, met_before=False, met_now=False
    )
    assert found.differences[0].change is change


def test_every_answer_and_change_has_a_name() -> None:
    assert set(ANSWER_NAMES) == set(Answer) and set(CHANGE_NAMES) == set(Change)
