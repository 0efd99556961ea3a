"""What would be enough, held against trying out every set of units."""

from __future__ import annotations

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bekwaam.domain.assessment.rules import evaluate
from bekwaam.domain.assessment.whatif import what_if
from bekwaam.domain.assessment.whatif_words import tell_what_if
from bekwaam.frameworks.model import Framework
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Rule, Share, UnitSet
from tests.domain.assessment.standards import STAGES, of_areas, of_competences

COMPETENCES, INDICATORS = UnitSet("competence"), UnitSet("indicator")
SIX = of_competences(6)
AREAS = of_areas((3, 2, 2))


def shown(*stages: str | None) -> dict[str, str | None]:
    return {f"c{n}": stage for n, stage in enumerate(stages, 1)}


def lines(framework: Framework, rule: Rule, found: dict[str, str | None]) -> list[list[str]]:
    told = tell_what_if(framework, what_if(framework, rule, found), "nl")
    return [list(way.lines) for way in told.ways]


def test_three_of_these_five_are_enough() -> None:
    told = what_if(SIX, Count(COMPETENCES, 4, "middle"), shown("high", "low", None))
    (way,) = told.ways
    assert (way.picks[0].number, way.picks[0].codes) == (3, ("c2", "c3", "c4", "c5", "c6"))
    assert (way.fewest, way.overlaps) == (3, False)
    assert way.example == {"c2": "middle", "c3": "middle", "c4": "middle"}


def test_what_is_met_asks_nothing_more() -> None:
    told = what_if(SIX, Count(COMPETENCES, 1, "low"), shown("low"))
    assert told.met
    assert told.ways == ()


def test_a_rule_that_can_never_be_met_has_no_way() -> None:
    told = what_if(AREAS, Count(INDICATORS, 1, "high"), {})
    assert not told.met
    assert told.ways == ()


def test_units_that_serve_two_parts_make_the_smallest_set_smaller_than_the_sum() -> None:
    rule = AllOf(
        (Count(COMPETENCES, 3, "middle"), Count(UnitSet("competence", codes=("c5", "c6")), 2, "high"))
    )
    (way,) = what_if(SIX, rule, shown("middle")).ways
    assert way.fewest == 2
    assert way.example == {"c5": "high", "c6": "high"}
    assert way.overlaps


def test_of_several_ways_the_smallest_stands_first_and_what_is_in_another_is_left_out() -> None:
    rule = AnyOf(
        (
            Count(COMPETENCES, 5, "middle"),
            Count(UnitSet("competence", within=("k1",)), 2, "high"),
            Count(COMPETENCES, 6, "middle"),
        )
    )
    ways = what_if(SIX, rule, {}).ways
    assert [way.fewest for way in ways] == [2, 5]


@pytest.mark.parametrize(
    ("framework", "rule", "found", "expected"),
    [
        (SIX, Count(COMPETENCES, 3, "middle"), shown("high", "low"),
         [["nog 2 van deze 5 op middle of hoger: c2, c3, c4, c5, c6"]]),
        (SIX, Count(UnitSet("competence", codes=("c1", "c2")), 2, "middle"), shown("high"),
         [["c2 op middle of hoger"]]),
        (SIX, Count(UnitSet("competence", codes=("c1", "c2")), 2, "middle"), {},
         [["alle 2 op middle of hoger: c1, c2"]]),
        (SIX, Count(COMPETENCES, 6), shown("low", "low", "low", "low", "low"), [["ook c6 getoond"]]),
        (AREAS, Share(INDICATORS, 50, per="area"), {"a2.1": "middle"},
         [["a1 Area 1: nog 2 van deze 3 getoond: a1.1, a1.2, a1.3",
           "a3 Area 3: nog 1 van deze 2 getoond: a3.1, a3.2"]]),
        (SIX, AnyOf((Count(COMPETENCES, 6, "low"), Count(UnitSet("competence", codes=("c1",)), 1, "high"))),
         shown("low"),
         [["c1 op high of hoger"], ["alle 5 op low of hoger: c2, c3, c4, c5, c6"]]),
    ],
)  # fmt: skip
def test_it_is_said_in_words(
    framework: Framework, rule: Rule, found: dict[str, str | None], expected: list[list[str]]
) -> None:
    assert lines(framework, rule, found) == expected


def rules(framework: Framework, kind: str, groups: tuple[str, ...], per: str) -> st.SearchStrategy[Rule]:
    codes = [item.code for item in framework.of_kind(kind)]
    sets = st.one_of(
        st.just(UnitSet(kind)),
        st.sets(st.sampled_from(codes), min_size=1).map(
            lambda some: UnitSet(kind, codes=tuple(sorted(some)))
        ),
        st.sampled_from(groups).map(lambda group: UnitSet(kind, within=(group,))),
    )
    stages = st.sampled_from([None, *STAGES])
    leaf = st.one_of(
        st.builds(Count, sets, st.integers(1, 7), stages),
        st.builds(Share, sets, st.integers(1, 100), stages, st.sampled_from([None, per])),
    )
    return st.recursive(
        leaf,
        lambda below: st.lists(below, min_size=1, max_size=3).flatmap(
            lambda parts: st.sampled_from([AllOf(tuple(parts)), AnyOf(tuple(parts))])
        ),
        max_leaves=4,
    )


def subsets(codes: list[str]) -> list[set[str]]:
    return [set(one) for one in chain.from_iterable(combinations(codes, n) for n in range(len(codes) + 1))]


def raised(framework: Framework, found: dict[str, str | None], units: set[str]) -> dict[str, str | None]:
    """Return what is shown when every one of ``units`` is shown as far as it can be."""
    return {**found, **{code: framework.by_code[code].stage or STAGES[-1] for code in units}}


def hold_against_every_set(framework: Framework, rule: Rule, found: dict[str, str | None], kind: str) -> None:
    told = what_if(framework, rule, found)
    if told.met:
        return
    codes = [item.code for item in framework.of_kind(kind)]
    enough = [
        some for some in subsets(codes) if evaluate(framework, rule, raised(framework, found, some)).met
    ]
    for some in subsets(codes):
        assert (some in enough) is any(way.done_by(some) for way in told.ways)
    assert [way.fewest for way in told.ways[:1]] == [min(map(len, enough))] if enough else not told.ways
    for way in told.ways:
        assert way.done_by(way.example)
        new = {code: stage or STAGES[0] for code, stage in way.example.items()}
        assert evaluate(framework, rule, {**found, **new}).met
    for language in ("nl", "en"):
        told_in_words = tell_what_if(framework, told, language)
        assert told_in_words.head
        assert all(line for way in told_in_words.ways for line in way.lines)


@settings(max_examples=120, deadline=None)
@given(
    rule=rules(SIX, "competence", ("k1", "k2"), "cluster"),
    stages=st.lists(st.sampled_from([None, *STAGES]), min_size=6, max_size=6),
)
def test_a_set_of_competences_is_enough_exactly_when_a_way_says_so(
    rule: Rule, stages: list[str | None]
) -> None:
    hold_against_every_set(SIX, rule, shown(*stages), "competence")


@settings(max_examples=60, deadline=None)
@given(
    rule=rules(AREAS, "indicator", ("a1", "a2"), "area"),
    yes=st.sets(st.sampled_from([item.code for item in AREAS.of_kind("indicator")])),
)
def test_a_set_of_indicators_is_enough_exactly_when_a_way_says_so(rule: Rule, yes: set[str]) -> None:
    hold_against_every_set(AREAS, rule, dict.fromkeys(yes, "middle"), "indicator")
