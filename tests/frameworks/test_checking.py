"""A framework as a value is checked like a pack: the same reasons, the same sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bekwaam.frameworks.checking import check_framework, findings, with_missing_english
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin
from bekwaam.frameworks.loading.pack import load_pack, read_pack
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.frameworks.rules import AllOf, Count, Share, UnitSet
from bekwaam.frameworks.walkable import in_a_circle, walkable
from tests.frameworks.packs import SOUND, write_pack

Spoil = Callable[[Framework], Framework]
EVERY = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]


@pytest.fixture
def sound(tmp_path: Path) -> Framework:
    return load_pack(write_pack(tmp_path / "klein"))


def item(code: str, /, **changes: Any) -> Spoil:
    def spoil(framework: Framework) -> Framework:
        found = [replace(one, **changes) if one.code == code else one for one in framework.items]
        return replace(framework, items=tuple(found))

    return spoil


def head(**changes: Any) -> Spoil:
    return lambda framework: replace(framework, **changes)


def stage(**changes: Any) -> Spoil:
    return lambda framework: replace(
        framework, stages=(framework.stages[0], replace(framework.stages[1], **changes))
    )


def added(**changes: Any) -> Spoil:
    values: dict[str, Any] = {
        "code": "N", "kind": "beacon", "title": Text("a", "b"), "text": None, "source": Source("D"),
    }  # fmt: skip
    return lambda framework: replace(framework, items=(*framework.items, Item(**(values | changes))))


def rule(asked: Any) -> Spoil:
    return head(rule=asked)


COMPETENCES = UnitSet("competence")

SAME_AS_THE_LOADER: list[tuple[str, str, Spoil]] = [
    # what is replaced in the pack, by what, and the same done to the value
    ("id: klein", "id: Klein kader", head(id="Klein kader")),
    ("id: klein", "id:", head(id="")),
    ('version: "1.0"', "version: een punt nul", head(version="een punt nul")),
    ('version: "1.0"', "version:", head(version="")),
    ("id: klein", "id: klein\nchanged: 23-11-2026", head(changed="23-11-2026")),
    ("kind: standard", "kind: standaard", head(kind="standaard")),
    ("kind: standard", "kind: module", head(kind="module")),
    (SOUND[SOUND.index("rule:") :], "", head(rule=None)),
    ('title: {nl: "Klein", en: "Small"}', "", head(title=Text("", ""))),
    ('en: "Small"', 'en: ""', head(title=Text("Klein", ""))),
    ("eqf: 4", "eqf: 9", head(eqf=9)),
    ("eqf: 4", "includes: [klein]", head(includes=("klein",))),
    ('source: {document: "D"}\ndocuments', "documents", head(source=Source(""))),
    ("- code: verder", "- code: start", stage(code="start")),
    ("    short: ve\n", "", stage(short="")),
    ('title: {nl: "verder", en: "further"}', 'title: {en: "further"}', stage(title=Text("", "further"))),
    ('code: "1.2"', 'code: "een twee"', item("1.2", code="een twee")),
    ('title: {nl: "Tweede", en: "Second"}', "", item("1.2", title=None)),
    ('en: "Begins."', 'en: ""', item("1.1.st1", text=Text("Begint.", ""))),
    ("group: G1", "group: G9", item("1", parent="G9")),
    ("group: G1", 'group: "1.2"', item("1", parent="1.2")),
    ('    source: {document: "D", section: "4"}\n', "", item("L1", source=None)),
    ("at_least: 1", "at_least: 3", rule(Count(COMPETENCES, 3, "verder"))),
    ("at_least: 1", "at_least: 0", rule(Count(COMPETENCES, 0, "verder"))),
    ("of: competence", "of: area", rule(Count(UnitSet("area"), 1, "verder"))),
    ("of: competence", "of: competentie", rule(Count(UnitSet("competentie"), 1, "verder"))),
    ("of: competence", 'of: competence\n  codes: ["9.9"]', rule(Count(UnitSet("competence", ("9.9",)), 1))),
    ("of: competence", "of: competence\n  codes: [L1]", rule(Count(UnitSet("competence", ("L1",)), 1))),
    ("of: competence", "of: competence\n  within: [G9]",
     rule(Count(UnitSet("competence", (), ("G9",)), 1))),
    ("stage: verder", "stage: meester", rule(Count(COMPETENCES, 1, "meester"))),
]  # fmt: skip


@pytest.mark.parametrize(("part", "other", "spoil"), SAME_AS_THE_LOADER)
def test_what_the_loader_says_of_a_pack_is_said_of_the_value(
    tmp_path: Path, sound: Framework, part: str, other: str, spoil: Spoil
) -> None:
    assert part in SOUND
    _, faults = read_pack(write_pack(tmp_path / "spoilt", SOUND.replace(part, other, 1)))
    said = {(fault.reason, fault.text("nl")) for fault in faults.sorted()}
    found = {(fault.reason, fault.text("nl")) for fault in check_framework(spoil(sound))}
    assert found
    assert found <= said
    assert {reason for reason, _ in said} == {reason for reason, _ in found}


ONLY_OF_VALUES: list[tuple[Spoil, str, str]] = [
    (added(code="1.1"), "duplicate_code", "1.1"),
    (added(code=""), "missing_key", ""),
    (added(kind="baken"), "unknown_kind", "N"),
    (added(kind=""), "missing_key", "N"),
    (added(kind="facet"), "wrong_place", "N"),
    (added(parent="L1"), "wrong_place", "N"),
    (added(kind="theme", parent="weg"), "dangling", "N"),
    (added(kind="theme", parent=""), "dangling", "N"),
    (added(kind="indicator", text=Text("a", "b"), parent="1.1"), "missing_stage", "N"),
    (added(kind="indicator", text=Text("a", "b"), parent="1.1", stage="x"), "unknown_stage", "N"),
    (added(stage="start"), "stage_not_here", "N"),
    (added(title=None, kind="element"), "missing_key", "N"),
    (added(title=Text(" ", " ")), "missing_key", "N"),
    (added(source=Source("X")), "unknown_document", "N"),
    (added(title=Text("a\x07", "b")), "odd_character", "N"),
    (added(kind="element", parent="N"), "circle", "N"),
    (item("G1", kind="element", parent="G1"), "circle", "G1"),
    (head(changed="2026-13-01"), "odd_changed", ""),
    (head(supersedes="1.0"), "circle", ""),
    (head(stages=(), rule=Count(COMPETENCES, 1)), "missing_key", ""),
    (head(documents={"D": Text("Document", "")}), "missing_translation", "D"),
    (stage(rank=1), "out_of_order", "verder"),
    (rule(AllOf(())), "empty_rule", ""),
    (rule(AllOf((Count(COMPETENCES, 1), Count(COMPETENCES, 9)))), "asks_too_much", ""),
    (rule(Share(COMPETENCES, 101)), "out_of_range", ""),
    (rule(Share(COMPETENCES, 50, per="area")), "outside_groups", ""),
]


@pytest.mark.parametrize(("spoil", "reason", "code"), ONLY_OF_VALUES)
def test_what_a_pack_cannot_even_say_is_a_fault_too(
    sound: Framework, spoil: Spoil, reason: str, code: str
) -> None:
    found = check_framework(spoil(sound), "kader.xlsx")
    assert (reason, code) in {(fault.reason, fault.item) for fault in found}
    for fault in found:
        assert fault.file == "kader.xlsx"
        assert fault.text("nl") != fault.text("en")
        assert "{" not in fault.text("nl") + fault.text("en")


@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_the_packs_have_no_faults(identifier: str, version: str) -> None:
    assert check_framework(load_builtin(identifier, version)) == ()


def test_a_moment_may_stand_where_a_day_does(sound: Framework) -> None:
    assert check_framework(replace(sound, changed="2026-11-23T10:20:30+01:00")) == ()


def test_a_finding_says_which_part_and_field(sound: Framework) -> None:
    spoilt = stage(short="")(added(title=Text("a", ""))(sound))
    spoilt = replace(spoilt, rule=AllOf((Count(COMPETENCES, 1), Count(UnitSet("competence", ("x", "y")), 1))))
    places = [(one.part, one.at, one.key, one.nth) for one in findings(spoilt)]
    assert places == [
        ("stages", (1,), "short", None),
        ("items", (len(sound.items),), "title.en", None),
        ("rule", (1,), "codes", 0),
        ("rule", (1,), "codes", 1),
        ("rule", (1,), "of", None),
    ]


def test_a_rule_is_still_checked_where_items_lie_in_a_circle(sound: Framework) -> None:
    spoilt = item("G1", parent="1.1")(replace(sound, rule=Count(UnitSet("competence", (), ("G1",)), 9)))
    assert {"wrong_place", "empty_set"} <= {fault.reason for fault in check_framework(spoilt)}


def test_a_way_up_that_ends_in_a_circle_is_not_itself_in_it(sound: Framework) -> None:
    spoilt = item("G1", parent="1.1")(sound)
    assert in_a_circle(spoilt.items) == {"G1", "1", "1.1"}
    mended = walkable(spoilt)
    assert [one.code for one in mended.ancestors("1.1.st1")] == ["1.1"]
    assert walkable(sound) is sound


def test_walking_ten_thousand_levels_deep_takes_no_ten_thousand_steps_each() -> None:
    source, title = Source("D"), Text("a", "b")
    chain = [Item(f"i{n}", "element", title, None, source, parent=f"i{n - 1}") for n in range(1, 50_000)]
    assert in_a_circle(chain) == frozenset()


def test_english_that_is_missing_is_taken_from_the_dutch_and_counted(sound: Framework) -> None:
    spoilt = item("1.1.st1", text=Text("Begint.", ""))(replace(sound, title=Text("Klein", " ")))
    whole, number = with_missing_english(spoilt)
    assert number == 2
    assert whole.title == Text("Klein", "Klein")
    assert whole.by_code["1.1.st1"].text == Text("Begint.", "Begint.")
    assert check_framework(whole) == ()
    assert with_missing_english(sound) == (sound, 0)


def test_dutch_that_is_missing_stays_a_fault(sound: Framework) -> None:
    whole, number = with_missing_english(item("1.1.st1", text=Text("", "Begins."))(sound))
    assert number == 0
    assert [fault.reason for fault in check_framework(whole)] == ["missing_translation"]
