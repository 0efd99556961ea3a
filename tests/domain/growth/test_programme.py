"""What a programme covers, as a table: how far it leads, where not, and whether it rises."""

from __future__ import annotations

from datetime import date

import pytest

from bekwaam.domain.growth.programme import (
    Cover,
    Module,
    Programme,
    Tie,
    beside,
    falls,
    group_lines,
    highest,
    period_on,
    periods,
    promised,
    up_to,
)
from bekwaam.domain.growth.programme_words import (
    explain_fall,
    explain_group,
    explain_line,
    explain_once,
    explain_programme,
)
from bekwaam.domain.growth.target import target_of_stage
from bekwaam.domain.growth.totals import groups_in
from tests.standards import small_standard

KLEIN = small_standard()
START, ABLE, MATURE = "startbekwaam", "vakbekwaam", "vakvolwassen"


def programme(*modules: tuple[str, str, dict[str, str]]) -> Programme:
    """Return a programme of (name, period, stage by code)."""
    return Programme(
        "sw",
        "Sociaal werk",
        tuple(
            Module(f"m{number}", name, tuple(Tie(code, stage) for code, stage in ties.items()), period)
            for number, (name, period, ties) in enumerate(modules)
        ),
    )


@pytest.mark.parametrize(
    ("stages", "asked", "cover", "once"),
    [
        ([], START, Cover.NOWHERE, False),
        ([START], START, Cover.REACHED, True),
        ([ABLE], START, Cover.REACHED, True),
        ([START], ABLE, Cover.BELOW, True),
        ([START, ABLE], ABLE, Cover.REACHED, False),
        ([ABLE, START], ABLE, Cover.REACHED, False),
        ([""], START, Cover.NO_STAGE, True),
        (["", START], START, Cover.REACHED, False),
        (["", START], MATURE, Cover.BELOW, False),
    ],
)
def test_a_unit_is_covered_up_to_the_highest_stage_that_a_module_leads_to(
    stages: list[str], asked: str, cover: Cover, once: bool
) -> None:
    made = programme(*((f"Module {n}", "", {"1.1": stage}) for n, stage in enumerate(stages)))
    line = beside(KLEIN, target_of_stage(KLEIN, asked), made)[0]
    assert (line.cover, line.once, len(line.modules)) == (cover, once, len(stages))


@pytest.mark.parametrize(
    ("given", "order"),
    [
        (["Jaar 2", "Jaar 1", "Jaar 10"], ("Jaar 1", "Jaar 2", "Jaar 10")),
        (
            ["jaar 1 blok 2", "jaar 1 blok 1", "jaar 2 blok 1"],
            ("jaar 1 blok 1", "jaar 1 blok 2", "jaar 2 blok 1"),
        ),
        (["propedeuse", "hoofdfase", "propedeuse"], ("propedeuse", "hoofdfase")),
        (["hoofdfase 2", "propedeuse"], ("hoofdfase 2", "propedeuse")),
        ([""], ()),
    ],
)
def test_periods_go_by_their_numbers_and_else_as_listed(given: list[str], order: tuple[str, ...]) -> None:
    assert periods(programme(*((f"M{n}", period, {}) for n, period in enumerate(given))).modules) == order


@pytest.mark.parametrize(
    ("years", "found"),
    [
        ([START, ABLE], None),
        ([ABLE, ABLE], None),
        ([ABLE, START], ("Jaar 1", ABLE, "Jaar 2", START)),
        ([ABLE, "", START], ("Jaar 1", ABLE, "Jaar 3", START)),
        ([START, MATURE, ABLE], ("Jaar 2", MATURE, "Jaar 3", ABLE)),
    ],
)
def test_a_higher_stage_before_a_lower_one_is_told(
    years: list[str], found: tuple[str, str, str, str] | None
) -> None:
    made = programme(*((f"M{n}", f"Jaar {n}", {"1.1": stage}) for n, stage in enumerate(years, start=1)))
    told = [(one.before, one.stage_before, one.after, one.stage_after) for one in falls(KLEIN, made)]
    assert told == ([found] if found else [])


def test_within_one_period_and_without_any_nothing_falls() -> None:
    made = programme(
        ("A", "Jaar 1", {"1.1": ABLE}), ("B", "Jaar 1", {"1.1": START}), ("C", "", {"1.1": START})
    )
    assert falls(KLEIN, made) == ()


@pytest.mark.parametrize(
    ("day", "period"),
    [
        (date(2026, 9, 1), "Jaar 1"),
        (date(2027, 8, 20), "Jaar 1"),
        (date(2027, 10, 1), "Jaar 2"),
        (date(2040, 1, 1), "Jaar 3"),
        (date(2026, 1, 1), "Jaar 1"),
        # Between them lies the 29th of February 2028: a school year is a year and not 365 days.
        (date(2028, 8, 31), "Jaar 2"),
        (date(2028, 9, 1), "Jaar 3"),
    ],
)
def test_the_period_of_today_follows_from_the_start(day: date, period: str) -> None:
    made = programme(*((f"M{n}", f"Jaar {n}", {}) for n in (1, 2, 3)))
    assert period_on(made, date(2026, 9, 1), day) == period


def test_without_a_start_or_numbers_it_is_the_last_period() -> None:
    numbered = programme(("A", "Jaar 1", {}), ("B", "Jaar 2", {}))
    worded = programme(("A", "propedeuse", {}), ("B", "hoofdfase", {}))
    assert period_on(numbered, None, date(2026, 9, 1)) == "Jaar 2"
    assert period_on(worded, date(2026, 9, 1), date(2026, 9, 2)) == "hoofdfase"
    assert period_on(programme(("A", "", {})), None, date(2026, 9, 1)) == ""


def test_what_is_promised_by_a_period_counts_that_period_and_those_before() -> None:
    made = programme(
        ("A", "Jaar 1", {"1.1": START, "1.2": ""}), ("B", "Jaar 2", {"1.1": ABLE}), ("C", "", {"1.3": START})
    )
    assert [one.name for one in up_to(made, "Jaar 1")] == ["A"]
    first, last = promised(KLEIN, made, "Jaar 1"), promised(KLEIN, made, "")
    assert first is not None and {ask.code: ask.value for ask in first.asks} == {"1.1": START}
    assert last is not None and {ask.code: ask.value for ask in last.asks} == {"1.1": ABLE, "1.3": START}
    assert promised(KLEIN, programme(("A", "", {"1.1": ""})), "") is None
    assert highest(KLEIN, made.modules) == {"1.1": ABLE, "1.2": "", "1.3": START}


def test_it_is_told_in_sentences() -> None:
    made = programme(("Contact", "Jaar 1", {"1.1": ABLE, "1.2": ""}), ("Stage", "Jaar 2", {"1.1": START}))
    lines = beside(KLEIN, target_of_stage(KLEIN, START), made)
    told = explain_programme(lines, "en")
    assert told[0] == "Of the 4 parts that are asked the programme leads to enough in 1."
    assert told[1:] == ("1 part is taught, without a stage.", "2 parts are in no module.")
    assert explain_line(KLEIN, lines[2], "en").endswith("no module is about it; asked is startbekwaam.")
    assert explain_once(KLEIN, lines, "en") == ("1.2 competence 1.2 en: only in Contact.",)
    (fall,) = falls(KLEIN, made)
    assert "Jaar 1 leads to vakbekwaam already, and Jaar 2 after it to startbekwaam" in explain_fall(
        KLEIN, fall, "en"
    )
    groups = [explain_group(one, "en") for one in group_lines(lines, groups_in(KLEIN))]
    assert groups[0].endswith(": 1 of 3 as asked or more, 1 in no module.")
    assert groups[1].endswith(": in no module (1 asked).")
