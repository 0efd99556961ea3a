"""A sample: drawn by the seed alone, and drawn again by anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bekwaam.domain.auditing.sampling import (
    LONGEST_HALF,
    Criteria,
    Dated,
    check_criteria,
    check_half,
    criteria_from,
    draw,
    fingerprint,
    list_hash,
    seed_of,
    size_of,
)
from bekwaam.domain.procedures.states import State

CRITERIA = Criteria(
    Dated.DECIDED, date(2026, 1, 1), date(2026, 3, 31), "klein@1", (State.ISSUED, State.CLOSED), number=10
)
NUMBERS = st.sets(st.integers(0, 99), max_size=40)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(NUMBERS, st.integers(0, 2**64), st.integers(0, 50))
def test_the_order_of_the_list_makes_no_difference_and_more_keeps_what_was_drawn(
    numbers: set[int], seed: int, number: int
) -> None:
    listed = [f"ref{one}" for one in sorted(numbers)]
    drawn = draw(f"{seed:x}", listed, number)
    assert drawn == draw(f"{seed:x}", [*reversed(listed), *listed], number)
    assert len(drawn) == min(number, len(listed)) == len(set(drawn))
    assert draw(f"{seed:x}", listed, number + 1)[:number] == drawn
    assert list_hash(listed) == list_hash(reversed(listed))


def test_what_is_drawn_never_changes() -> None:
    """Worked out with sha256sum: samples on record must come out the same in every later version."""
    seed = seed_of("00112233445566778899aabbccddeeff", "zes dobbelstenen")
    assert seed == "f5268c040b023d11a62aec79bde4daed5b08ba390eeddd3f562d747d5aef9f13"
    assert draw(seed, ["aa", "bb", "cc", "dd", "ee"], 3) == ("bb", "dd", "ee")
    told = "5947d7c33d783f94b3b4c1a96ebc8991ed28f1b069b71e03376cba8caa98a720"
    assert fingerprint("00112233445566778899aabbccddeeff") == told
    listed = "329d670e59ead1543a2d36865895972560bc434204c5f4a0c8219005dd312719"
    assert list_hash(["bb", "aa"]) == listed


def test_over_many_seeds_everybody_is_drawn_about_as_often() -> None:
    listed = [f"ref{n}" for n in range(10)]
    counted = dict.fromkeys(listed, 0)
    for n in range(1000):
        for ref in draw(seed_of(f"{n:032x}", "x"), listed, 3):
            counted[ref] += 1
    assert all(220 < count < 380 for count in counted.values())  # 300 expected; five sigma is about 72


@pytest.mark.parametrize(
    ("number", "percent", "total", "size"),
    [(10, None, 4, 4), (10, None, 40, 10), (None, 10, 40, 4), (None, 10, 41, 5), (None, 1, 3, 1),
     (None, 100, 7, 7), (None, 50, 0, 0)],
)  # fmt: skip
def test_a_share_is_rounded_up_and_never_more_than_there_are(
    number: int | None, percent: int | None, total: int, size: int
) -> None:
    assert size_of(replace(CRITERIA, number=number, percent=percent), total) == size


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({}, []),
        ({"end": date(2025, 12, 31)}, [("end", "before")]),
        ({"end": date(2026, 1, 1)}, []),
        ({"states": ()}, [("states", "empty")]),
        ({"number": None}, [("size", "empty")]),
        ({"percent": 5}, [("size", "empty")]),
        ({"number": 0}, [("size", "number")]),
        ({"number": 501}, [("size", "number")]),
        ({"number": None, "percent": 0}, [("size", "percent")]),
        ({"number": None, "percent": 101}, [("size", "percent")]),
        ({"number": None, "percent": 100}, []),
    ],
)
def test_criteria_that_make_no_sense_are_named(
    changed: dict[str, object], faults: list[tuple[str, str]]
) -> None:
    found = check_criteria(replace(CRITERIA, **changed))  # type: ignore[arg-type]
    assert [(fault.name, fault.reason) for fault in found] == faults
    assert all(fault.text("nl") != fault.text("en") for fault in found)


@pytest.mark.parametrize(
    ("half", "reason"), [("", "empty"), (" \n", "empty"), ("x" * (LONGEST_HALF + 1), "too_long"), ("5", "")]
)
def test_the_auditors_half_says_something(half: str, reason: str) -> None:
    assert [fault.reason for fault in check_half(half)] == ([reason] if reason else [])


def test_criteria_come_back_from_plain_as_they_were() -> None:
    assert criteria_from(CRITERIA.plain()) == CRITERIA
