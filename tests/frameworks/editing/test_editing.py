"""Every change to a framework that is being written: what it gives, or why it cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bekwaam.frameworks.editing.codes import next_code
from bekwaam.frameworks.editing.head import HeadInput, change_head, put_document, remove_document
from bekwaam.frameworks.editing.items import (
    ItemInput,
    add_item,
    change_item,
    move_below,
    move_item,
    remove_item,
)
from bekwaam.frameworks.editing.modules import include_module, leave_out_module, modules_in, own_module
from bekwaam.frameworks.editing.refusal import Edited, Refusal
from bekwaam.frameworks.editing.rule import (
    add_part,
    change_part,
    join,
    parts,
    remove_part,
    set_rule,
)
from bekwaam.frameworks.editing.stages import StageInput, add_stage, change_stage, move_stage, remove_stage
from bekwaam.frameworks.editing.start import start_copy, start_empty, start_next
from bekwaam.frameworks.library import load_builtin
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Share, UnitSet
from tests.standards import SOURCE, framework, item, small_standard

TITLE = Text("Nieuw", "New")
SMALL = replace(
    small_standard(),
    documents={"test": Text("Proef", "Test"), "leeg": Text("Leeg", "")},
    items=tuple(replace(one, module="klein") for one in small_standard().items),
)
MODULE = replace(
    framework("blok", [item("B1", "life_domain"), item("B1.s", "stage_text", "B1", "vakbekwaam")], None),  # type: ignore[arg-type]
    kind="module",
    rule=None,
)
MODULE = replace(MODULE, items=tuple(replace(one, module="blok") for one in MODULE.items))


def given(code: str, stage: str | None = None, document: str = "test") -> ItemInput:
    return ItemInput(code, TITLE, Text("", ""), Source(document), stage)


def stage(code: str, document: str = "test") -> StageInput:
    return StageInput(code, code[:2], TITLE, TITLE, Source(document))


def sound(edited: Edited) -> Framework:
    assert isinstance(edited, Framework), edited
    return edited


def codes(edited: Edited, kind: str | None = None) -> list[str]:
    found = sound(edited)
    return [one.code for one in (found.items if kind is None else found.of_kind(kind))]


def test_an_empty_start_has_its_own_document_as_source() -> None:
    made = sound(start_empty("eigen", "1.0", "standard", TITLE))
    assert (made.items, made.stages, made.rule) == ((), (), None)
    assert made.documents == {made.source.document: TITLE}


def test_a_copy_keeps_everything_but_its_names_and_what_others_know_it_by() -> None:
    source = replace(
        SMALL,
        uuid="u",
        creator="c",
        items=tuple(replace(one, uuid=one.code, foreign="{}") for one in SMALL.items),
    )
    made = sound(start_copy(source, "eigen", "1", TITLE))
    assert [(one.code, one.kind, one.parent, one.text) for one in made.items] == [
        (one.code, one.kind, one.parent, one.text) for one in source.items
    ]
    assert {one.module for one in made.items} == {"eigen"}
    assert not any(one.uuid or one.foreign for one in made.items)
    assert (made.uuid, made.creator, made.supersedes, made.rule) == ("", "", None, SMALL.rule)


def test_a_copy_of_what_includes_a_module_leaves_the_module_what_it_is() -> None:
    standard = load_builtin("evc-sociaal-werker-mbo")
    made = sound(start_copy(standard, "eigen", "1", TITLE))
    assert made.includes == standard.includes
    assert set(modules_in(made)) == set(standard.includes) != set()


def test_the_next_version_names_the_one_before() -> None:
    made = sound(start_next(SMALL, "2"))
    assert (made.id, made.version, made.supersedes) == ("klein", "2", "1")


@pytest.mark.parametrize(
    ("edited", "name", "reason"),
    [
        (start_empty("Met Hoofdletters", "1", "standard", TITLE), "identifier", "odd_id"),
        (start_empty("vergelijken", "1", "standard", TITLE), "identifier", "reserved_id"),
        (start_empty("eigen", "1 / 2", "standard", TITLE), "version", "odd_version"),
        (start_empty("eigen", "1", "poem", TITLE), "kind", "unknown_kind"),
        (start_empty("eigen", "1", "standard", Text(" ", "New")), "title_nl", "no_title"),
        (start_copy(SMALL, "klein", "2", TITLE), "identifier", "same_id"),
        (start_next(SMALL, "1"), "version", "same_version"),
        (start_next(SMALL, ""), "version", "odd_version"),
        (add_item(SMALL, "poem", None, given("x")), "kind", "unknown_kind"),
        (add_item(SMALL, "cluster", None, given("")), "code", "no_code"),
        (add_item(SMALL, "cluster", None, given("a/b")), "code", "odd_code"),
        (add_item(SMALL, "cluster", None, given("1.1")), "code", "duplicate_code"),
        (add_item(SMALL, "cluster", None, given("2", document="niets")), "document", "unknown_document"),
        (add_item(SMALL, "indicator", None, given("2", "vakbekwaam")), "parent", "wrong_place"),
        (add_item(SMALL, "indicator", "9", given("2", "vakbekwaam")), "parent", "no_parent"),
        (add_item(SMALL, "indicator", "1.1", given("2")), "stage", "unknown_stage"),
        (add_item(replace(SMALL, stages=()), "indicator", "1.1", given("2")), "stage", "no_stages"),
        (add_item(SMALL, "cluster", None, given("2", "vakbekwaam")), "stage", "no_stage_here"),
        (change_item(SMALL, "9", given("9")), "", "gone"),
        (change_item(SMALL, "1.1", given("1.2")), "code", "duplicate_code"),
        (move_item(SMALL, "1.1", -1), "", "first"),
        (move_item(SMALL, "1.3", 1), "", "last"),
        (move_item(SMALL, "9", 1), "", "gone"),
        (move_below(SMALL, "1", "1.1"), "parent", "wrong_place"),
        (move_below(SMALL, "1.1", "9"), "parent", "no_parent"),
        (remove_item(SMALL, "9"), "", "gone"),
        (add_stage(SMALL, stage("vakbekwaam")), "code", "duplicate_code"),
        (add_stage(SMALL, stage("nieuw", "niets")), "document", "unknown_document"),
        (add_stage(SMALL, replace(stage("nieuw"), short="")), "short", "no_short"),
        (change_stage(SMALL, "vakbekwaam", stage("startbekwaam")), "code", "duplicate_code"),
        (change_stage(SMALL, "niets", stage("x")), "", "gone"),
        (move_stage(SMALL, "startbekwaam", -1), "", "at_end"),
        (move_stage(SMALL, "vakvolwassen", 1), "", "at_end"),
        (remove_stage(SMALL, "vakbekwaam"), "", "in_use"),
        (remove_stage(replace(SMALL, items=()), "vakbekwaam"), "", "in_rule"),
        (remove_stage(SMALL, "niets"), "", "gone"),
        (put_document(SMALL, "", TITLE), "number", "no_code"),
        (put_document(SMALL, "2", Text("", "Two")), "title_nl", "no_title"),
        (remove_document(SMALL, "test"), "", "in_use"),
        (remove_document(SMALL, "niets"), "", "gone"),
        (set_rule(replace(SMALL, kind="module"), SMALL.rule), "", "rule_without_standard"),
        (set_rule(SMALL, Count(UnitSet("poem"), 1)), "of", "unknown_kind"),
        (set_rule(SMALL, Count(UnitSet("competence"), 0)), "at_least", "odd_number"),
        (set_rule(SMALL, Share(UnitSet("competence"), 101)), "percent", "odd_percent"),
        (set_rule(SMALL, Share(UnitSet("competence"), 80, per="poem")), "per", "unknown_kind"),
        (set_rule(SMALL, Count(UnitSet("competence"), 1, "niets")), "stage", "unknown_stage"),
        (set_rule(SMALL, Count(UnitSet("competence", ("9",)), 1)), "codes", "dangling"),
        (set_rule(SMALL, Count(UnitSet("competence", ("1",)), 1)), "codes", "other_kind"),
        (set_rule(SMALL, AllOf((Count(UnitSet("competence", (), ("9",)), 1),))), "within", "dangling"),
        (change_part(SMALL, 1, Count(UnitSet("competence"), 1)), "", "gone"),
        (remove_part(SMALL, 1), "", "gone"),
        (join(SMALL, all_of=False), "", "one_part"),
        (include_module(SMALL, SMALL), "module", "no_module"),
        (include_module(SMALL, replace(MODULE, stages=MODULE.stages[:1])), "module", "other_stages"),
        (include_module(SMALL, replace(MODULE, items=SMALL.items[:1])), "module", "duplicate_code"),
        (own_module(SMALL, "blok"), "", "no_module"),
        (leave_out_module(SMALL, "blok"), "", "no_module"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(edited: Edited, name: str, reason: str) -> None:
    assert isinstance(edited, Refusal)
    assert (edited.name, edited.reason) == (name, reason)
    assert "{" not in edited.text("nl") + edited.text("en")
    assert edited.text("nl") != edited.text("en")


HEAD = HeadInput("klein", "1", "standard", TITLE, Text("", ""), SOURCE)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (replace(HEAD, identifier="Nee Nee"), "identifier"),
        (replace(HEAD, version="/"), "version"),
        (replace(HEAD, kind="poem"), "kind"),
        (replace(HEAD, kind="module"), "kind"),
        (replace(HEAD, title=Text("", "New")), "title_nl"),
        (replace(HEAD, source=Source("niets")), "document"),
        (replace(HEAD, eqf=9), "eqf"),
    ],
)
def test_a_head_that_will_not_do_is_refused_at_its_field(given: HeadInput, name: str) -> None:
    refusal = change_head(SMALL, given)
    assert isinstance(refusal, Refusal) and refusal.name == name


def test_with_another_id_the_own_items_go_along_and_a_next_version_keeps_its_id() -> None:
    made = sound(change_head(sound(include_module(SMALL, MODULE)), replace(HEAD, identifier="anders")))
    assert made.id == "anders"
    assert {one.module for one in made.items} == {"anders", "blok"}
    after = replace(SMALL, supersedes="0")
    for other in (replace(HEAD, identifier="anders"), replace(HEAD, version="0")):
        assert isinstance(change_head(after, other), Refusal)


def test_an_item_is_added_after_the_last_of_its_kind_where_it_lies() -> None:
    made = sound(add_item(SMALL, "indicator", "1.1", given("1.1.vb2", "vakbekwaam")))
    assert codes(made)[:6] == ["1", "1.1", "1.1.sb1", "1.1.vb1", "1.1.vb2", "1.1.vv1"]
    assert made.by_code["1.1.vb2"].module == "klein"
    assert made.by_code["1.1.vb2"].text is None
    assert codes(add_item(made, "competence", "1", given("1.4")), "competence") == [
        "1.1",
        "1.2",
        "1.3",
        "1.4",
    ]


def test_with_another_code_everything_that_names_it_goes_along() -> None:
    ruled = sound(set_rule(SMALL, AllOf((Count(UnitSet("competence", ("1.1",), ("1",)), 1),))))
    made = sound(change_item(sound(change_item(ruled, "1", given("X"))), "1.1", given("X.1")))
    assert made.by_code["X.1"].parent == "X"
    assert {one.parent for one in made.of_kind("indicator")} == {"X.1", "1.2", "1.3"}
    assert made.rule == AllOf((Count(UnitSet("competence", ("X.1",), ("X",)), 1),))


def test_moving_takes_along_what_lies_in_it() -> None:
    assert codes(move_item(SMALL, "1.2", -1))[1:6] == ["1.2", "1.2.sb1", "1.2.vb1", "1.2.vv1", "1.1"]
    assert codes(move_item(SMALL, "1.2", 1), "competence") == ["1.1", "1.3", "1.2"]
    assert move_item(sound(move_item(SMALL, "1.2", 1)), "1.2", -1) == SMALL


def test_moving_below_another_takes_along_what_lies_in_it() -> None:
    two = sound(add_item(SMALL, "cluster", None, given("2")))
    made = sound(move_below(two, "1.1", "2"))
    assert made.by_code["1.1"].parent == "2"
    assert codes(made, "competence") == ["1.2", "1.3", "1.1"]
    assert codes(made, "indicator")[-3:] == ["1.1.sb1", "1.1.vb1", "1.1.vv1"]
    top = sound(move_below(made, "1.1", None))
    assert top.by_code["1.1"].parent is None
    assert move_below(top, "1.1", None) is top


def test_a_part_of_any_depth_cannot_lie_in_itself() -> None:
    deep = [item("a", "element"), item("b", "element", "a"), item("c", "element", "b")]
    made = replace(SMALL, items=tuple(deep))
    refusal = move_below(made, "a", "c")
    assert isinstance(refusal, Refusal) and refusal.reason == "circle"


def test_removing_takes_along_what_lies_in_it_but_not_what_the_rule_names() -> None:
    assert codes(remove_item(SMALL, "1.1"))[:2] == ["1", "1.2"]
    assert codes(remove_item(SMALL, "1")) == ["L1"]
    ruled = sound(set_rule(SMALL, Count(UnitSet("competence", ("1.1",)), 1)))
    for code in ("1.1", "1"):
        refusal = remove_item(ruled, code)
        assert isinstance(refusal, Refusal) and refusal.reason == "in_rule"


def test_stages_are_added_on_top_ordered_and_renamed_with_all_that_names_them() -> None:
    four = sound(add_stage(SMALL, stage("meester")))
    assert [(one.code, one.rank) for one in four.stages][-1] == ("meester", 4)
    moved = sound(move_stage(four, "meester", -1))
    assert [one.code for one in moved.stages] == ["startbekwaam", "vakbekwaam", "meester", "vakvolwassen"]
    assert [one.rank for one in moved.stages] == [1, 2, 3, 4]
    named = sound(change_stage(SMALL, "vakbekwaam", stage("kundig")))
    assert {one.stage for one in named.of_kind("indicator")} == {"startbekwaam", "kundig", "vakvolwassen"}
    assert named.rule == Count(UnitSet("competence"), 2, "kundig")
    assert [one.rank for one in sound(remove_stage(moved, "meester")).stages] == [1, 2, 3]


def test_a_list_of_rules_grows_and_shrinks_and_is_all_or_any() -> None:
    one, two = Count(UnitSet("competence"), 2, "vakbekwaam"), Share(UnitSet("indicator"), 80)
    both = sound(add_part(SMALL, two))
    assert both.rule == AllOf((one, two))
    either = sound(join(both, all_of=False))
    assert either.rule == AnyOf((one, two))
    three = sound(add_part(either, one))
    assert three.rule == AnyOf((one, two, one))
    assert parts(sound(change_part(three, 1, one)).rule) == (one, one, one)
    assert sound(remove_part(both, 0)).rule == two
    assert sound(remove_part(SMALL, 0)).rule is None
    assert set_rule(SMALL, None) == replace(SMALL, rule=None)


def test_a_module_is_taken_over_as_it_is_made_ones_own_and_left_out() -> None:
    made = sound(include_module(SMALL, MODULE))
    assert (made.includes, modules_in(made)) == (("blok",), ("blok",))
    for edited in (
        change_item(made, "B1", given("B1")),
        move_item(made, "B1", 1),
        remove_item(made, "B1"),
        add_item(made, "theme", "B1", given("B1.t1")),
        add_stage(made, stage("nieuw")),
    ):
        assert isinstance(edited, Refusal) and edited.reason == "of_module"
    owned = sound(own_module(made, "blok"))
    assert (owned.includes, modules_in(owned)) == ((), ())
    assert "B1.t1" in codes(add_item(owned, "theme", "B1", given("B1.t1")))
    assert leave_out_module(made, "blok") == SMALL


def test_a_documents_title_changes_and_an_unused_one_goes() -> None:
    assert sound(put_document(SMALL, "test", TITLE)).documents["test"] == TITLE
    assert list(sound(remove_document(SMALL, "leeg")).documents) == ["test"]


def with_items(*made: object) -> Framework:
    return replace(SMALL, items=(*SMALL.items, *made))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("held", "kind", "parent", "at", "expected"),
    [
        (SMALL, "competence", "1", None, "1.4"),
        (SMALL, "cluster", None, None, "2"),
        (SMALL, "indicator", "1.1", "vakbekwaam", "1.1.vb2"),
        (SMALL, "life_domain", None, None, "L2"),
        (SMALL, "group", None, None, "G1"),
        (SMALL, "practice_theme", None, None, "P1"),
        (with_items(item("2", "cluster")), "competence", "2", None, "2.1"),
        (with_items(item("L1.t1", "theme", "L1"), item("L2", "life_domain")), "theme", "L2", None, "L2.t1"),
        (with_items(item("1.4", "theme", "L1")), "competence", "1", None, "1.5"),
        (with_items(item("1.9", "competence", "1")), "competence", "1", None, "1.10"),
        (with_items(item("vrij", "cluster")), "cluster", None, None, "vrij.2"),
        (replace(SMALL, items=()), "competence", None, None, "C1"),
    ],
)
def test_the_next_code_is_free_and_fits_what_stands_beside_it(
    held: Framework, kind: str, parent: str | None, at: str | None, expected: str
) -> None:
    assert next_code(held, kind, parent, at) == expected


@pytest.mark.parametrize("change", [lambda f: add_item(f, "cluster", None, given("new"))])
def test_a_large_framework_is_changed_without_anything_else_changing(change: Callable[..., Edited]) -> None:
    many = replace(SMALL, items=tuple(item(f"c{n}", "competence") for n in range(3000)))
    assert set(sound(change(many)).items) > set(many.items)
