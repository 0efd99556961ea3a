"""What a programme leads to beside the numbers of a cohort, in sentences."""

from __future__ import annotations

import pytest

from bekwaam.domain.teams.aggregates import Band
from bekwaam.domain.teams.promise_words import explain_promise, explain_untold
from bekwaam.domain.teams.series import reach
from tests.standards import small_standard

KLEIN = small_standard()
NONE, START, ABLE, MATURE = "none", "startbekwaam", "vakbekwaam", "vakvolwassen"


@pytest.mark.parametrize(
    ("bands", "stage", "told"),
    [
        ((Band((NONE,), 5), Band((START, ABLE, MATURE), 10)), START, "10 of 15 are there or further."),
        ((Band((NONE,), 5), Band((START, ABLE, MATURE), 10)), ABLE, "Between 0 and 10 of 15 are there"),
        ((), START, "It was not counted."),
    ],
)
def test_the_promise_stands_beside_what_is_known(bands: tuple[Band, ...], stage: str, told: str) -> None:
    found = explain_promise(KLEIN, "1.1", stage, reach(bands, stage), "en")
    assert f"the programme leads to {stage}" in found and told in found


def test_what_cannot_be_told_is_gathered_in_one_sentence() -> None:
    found = explain_untold(KLEIN, [("1.1", START), ("1.2", ABLE)], "en")
    assert "1.1 competence 1.1 en (startbekwaam) and 1.2 competence 1.2 en (vakbekwaam)" in found
