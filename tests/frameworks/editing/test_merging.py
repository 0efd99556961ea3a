"""What was read elsewhere is put into a framework that is being written; what was there is not lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bekwaam.frameworks.document import from_document, to_document
from bekwaam.frameworks.editing.merging import added, fit, replaced
from bekwaam.frameworks.model import Framework, Item, Text
from bekwaam.frameworks.rules import Count, UnitSet
from tests.frameworks.editing.test_editing import MODULE, SMALL
from tests.standards import SOURCE, STAGES, item


def found(*items: Item, **changes: object) -> Framework:
    return replace(SMALL, **{"id": "blad", "items": items, "rule": None, **changes})  # type: ignore[arg-type]


def codes(framework: Framework) -> list[str]:
    return [one.code for one in framework.items]


@pytest.mark.parametrize(
    ("items", "kept"),
    [
        ([item("1", "cluster"), item("1.1", "competence", "1")], ["1", "1.1"]),
        ([item("1.1", "competence", "1"), item("1", "cluster")], ["1", "1.1"]),
        ([item("1", "cluster"), item("1", "cluster"), item("", "cluster")], ["1"]),
        ([item("1", "poem"), item("2", "cluster")], ["2"]),
        ([item("1.1", "competence", "9")], ["1.1"]),
        ([item("i", "indicator", None, "vakbekwaam")], []),
        ([item("c", "competence"), item("i", "indicator", "c", "niets")], ["c"]),
        ([item("a", "element", "b"), item("b", "element", "a")], ["a", "b"]),
    ],
)
def test_what_cannot_stand_is_left_out_or_stands_at_the_top(items: list[Item], kept: list[str]) -> None:
    assert codes(fit(found(*items))) == kept


def test_a_rule_that_names_what_is_not_there_is_left_out() -> None:
    assert fit(found(rule=Count(UnitSet("competence", ("9",)), 1))).rule is None
    assert fit(found(rule=Count(UnitSet("competence"), 1, "niets"))).rule is None
    assert fit(SMALL).rule == SMALL.rule


def test_what_was_found_takes_the_place_of_all_but_the_names() -> None:
    before = replace(SMALL, supersedes="0")
    made = replaced(before, found(item("x", "cluster"), version="9", kind="framework", title=Text("", "T")))
    assert (made.id, made.version, made.supersedes, made.kind) == ("klein", "1", "0", "framework")
    assert made.title == SMALL.title
    assert {one.module for one in made.items} == {"klein"}
    assert from_document(to_document(made)) == made


def test_what_was_found_is_added_by_code_where_it_belongs() -> None:
    changed = replace(item("1.1", "competence", "1"), title=Text("Anders", "Other"))
    fresh = [item("1.4", "competence", "1"), item("1.4.vb1", "indicator", "1.4", "vakbekwaam")]
    made = added(SMALL, found(item("1", "cluster"), changed, *fresh, item("2", "cluster")))
    assert (made.new, made.changed, made.left_out) == (3, 1, ())
    assert codes(made.framework) == [*codes(SMALL)[:-1], "1.4", "1.4.vb1", "L1", "2"]
    assert made.framework.by_code["1.1"].name("nl") == "Anders"
    assert made.framework.rule == SMALL.rule


def test_what_was_found_cannot_change_a_module_or_the_kind_of_an_item() -> None:
    held = replace(SMALL, items=(*SMALL.items, *MODULE.items), includes=("blok",))
    made = added(
        held, found(item("B1", "life_domain"), item("1", "life_domain"), item("1.9", "competence", "1"))
    )
    assert (made.left_out, made.new) == (("B1", "1"), 1)
    assert made.framework.by_code["1.9"].parent is None
    assert made.framework.by_code["1"].kind == "cluster"


def test_more_stages_come_on_top_and_a_rule_where_there_was_none() -> None:
    held = replace(SMALL, stages=STAGES[:2], items=(), rule=None)
    rule = Count(UnitSet("competence"), 1, "vakvolwassen")
    made = added(held, found(item("c", "competence"), rule=rule)).framework
    assert [(one.code, one.rank) for one in made.stages][-1] == ("vakvolwassen", 3)
    assert made.rule == rule
    assert made.source == SOURCE


def test_what_lies_in_a_part_that_was_there_already_finds_it() -> None:
    made = added(SMALL, found(item("1.1.vb9", "indicator", "1.1", "vakbekwaam"), stages=()))
    assert (made.new, made.left_out) == (1, ())
    assert made.framework.by_code["1.1.vb9"].parent == "1.1"
