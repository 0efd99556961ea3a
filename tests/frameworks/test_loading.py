"""A sound pack loads as it is written; of a faulty one every fault is named, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bekwaam.frameworks.faults import Fault, FaultsFound
from bekwaam.frameworks.library import builtin_path
from bekwaam.frameworks.loading.pack import load_pack, pack_files
from bekwaam.frameworks.model import Framework, Source
from bekwaam.frameworks.rules import AllOf, AnyOf, Count, Share, UnitSet
from tests.frameworks.packs import SOUND, line_of, write_pack

YOUTH = Path(__file__).parents[1] / "data" / "jeugdzorg-verzonnen"


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultsFound) as found:
        load_pack(path, builtin_path)
    return found.value.faults


def spoilt(tmp_path: Path, part: str, other: str) -> tuple[Fault, ...]:
    assert part in SOUND
    return faults_of(write_pack(tmp_path / "klein", SOUND.replace(part, other, 1)))


def test_a_sound_pack_loads_whole(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "klein"))
    assert isinstance(pack, Framework)
    assert [item.code for item in pack.items] == [
        "G1", "1", "1.1", "1.1.st1", "1.1.ve1", "1.2", "L1", "L1.t1", "L1.st",
    ]  # fmt: skip
    assert pack.by_code["1"].parent == "G1"
    assert pack.by_code["1.1.ve1"].stage == "verder"
    assert pack.by_code["L1.st"].stage == "start"
    assert [stage.rank for stage in pack.stages] == [1, 2]
    assert pack.rule == Count(UnitSet("competence"), 1, "verder")
    assert all(item.module == "klein" for item in pack.items)


def test_a_source_is_handed_down_until_an_item_has_its_own(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "klein"))
    assert pack.by_code["1.1.st1"].source == Source("D", "2")
    assert pack.by_code["1.2"].source == Source("D", "3")


def test_own_words_are_marked_per_item(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "klein"))
    assert pack.by_code["1.2"].own
    assert not pack.by_code["1.1"].own


def test_numbers_that_look_alike_stay_apart(tmp_path: Path) -> None:
    text = SOUND.replace('"1.1.st1"', "1.1").replace('- code: "1.1"\n', "- code: 1.10\n")
    pack = load_pack(write_pack(tmp_path / "klein", text))
    assert {"1.1", "1.10"} <= set(pack.by_code)


def test_files_are_read_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "klein", **{"more/10": "", "more/9": "", "a": ""})
    names = [path.relative_to(folder).as_posix() for path in pack_files(folder)]
    assert names == ["pack.yaml", "a.yaml", "more/9.yaml", "more/10.yaml"]


def test_a_whole_pack_may_stand_in_one_file(tmp_path: Path) -> None:
    write_pack(tmp_path / "klein")
    other = tmp_path / "alles.yaml"
    other.write_text(SOUND, "utf-8")
    assert load_pack(other) == load_pack(tmp_path / "klein" / "pack.yaml")


def test_the_shape_of_youth_care_loads() -> None:
    pack = load_pack(YOUTH)
    assert pack.rule == Share(UnitSet("indicator"), 80, per="area")
    assert [len(pack.children(area.code, "indicator")) for area in pack.of_kind("area")] == [
        5,
        7,
        4,
        10,
        5,
        9,
    ]


def test_rules_may_be_combined(tmp_path: Path) -> None:
    rule = """\
rule:
  kind: all_of
  rules:
    - {kind: count, of: competence, codes: ["1.1"], at_least: 1, stage: start}
    - kind: any_of
      rules:
        - {kind: share, of: indicator, percent: 50, within: ["1.1"], stage: start}
        - {kind: count, of: life_domain, at_least: 1}
"""
    pack = load_pack(write_pack(tmp_path / "klein", SOUND[: SOUND.index("rule:")] + rule))
    first = Count(UnitSet("competence", codes=("1.1",)), 1, "start")
    second = AnyOf(
        (Share(UnitSet("indicator", within=("1.1",)), 50, "start"), Count(UnitSet("life_domain"), 1))
    )
    assert pack.rule == AllOf((first, second))


SPOILT = [
    # what is replaced, by what, the reason, the item, a word on the line of the fault
    ('nl: "Begint.", en: "Begins."', 'nl: "Begint."', "missing_translation", "1.1.st1", 'nl: "Begint."'),
    ('en: "Begins."', 'en: ""', "missing_translation", "1.1.st1", 'en: ""'),
    ('code: "1.1.ve1"', 'code: "1.1.st1"', "duplicate_code", "1.1.st1", None),
    ('code: "1.2"', 'code: "1.1"', "duplicate_code", "1.1", None),
    ("  verder:\n            -", "  meester:\n            -", "unknown_stage", "1.1", "meester:"),
    ("stage: verder", "stage: meester", "unknown_stage", "", "stage: meester"),
    ("group: G1", "group: G9", "dangling", "1", None),
    ("group: G1", 'group: "1.2"', "dangling", "1", None),
    ('section: "2"}', 'section: "2"}\n    tasks: 1', "unknown_key", "1", "tasks"),
    ("life_domains:", "life_domain:", "unknown_key", "", "life_domain:"),
    ('    source: {document: "D", section: "4"}\n', "", "missing_source", "L1", "- code: L1\n"),
    ('{document: "D", section: "4"}', '{document: "X"}', "unknown_document", "L1", '{document: "X"}'),
    ("        description: {nl", "        about: {nl", "missing_key", "1.1", None),
    ('title: {nl: "Tweede", en: "Second"}', "", "missing_key", "1.2", None),
    ('title: {nl: "Tweede", en: "Second"}', 'title: "Tweede"', "wrong_type", "1.2", 'title: "Tweede"'),
    ('title: {nl: "Tweede", en: "Second"}', 'title: {nl: [a], en: "b"}', "wrong_type", "1.2", "nl: [a]"),
    ('nl: "Tweede", en: "Second"', 'nl: "a", en: "b", fr: "c"', "unknown_key", "1.2", "fr:"),
    ("own: true", "description: {nl: a, en: b}", "two_texts", "1.2", "description: {nl: a"),
    ("own: true", "own: maybe", "wrong_type", "1.2", "own: maybe"),
    ('code: "1.2"', "code: [1]", "wrong_type", "1", "code: [1]"),
    ('code: "1.2"', 'code: "een twee"', "odd_code", "1", "een twee"),
    ("    themes:", "    competences:", "wrong_place", "L1", "    competences:\n      - code: L1.t1"),
    ("groups:", "themes:", "wrong_place", "", "themes:\n  - code: G1"),
    ("at_least: 1", "at_least: 3", "asks_too_much", "", "at_least: 3"),
    ("at_least: 1", "at_least: 0", "out_of_range", "", "at_least: 0"),
    ("at_least: 1", "at_least: veel", "wrong_type", "", "at_least: veel"),
    ("at_least: 1", "percent: 80", "missing_key", "", None),
    ("of: competence", "of: area", "empty_set", "", "of: area"),
    ("of: competence", "of: competentie", "unknown_kind", "", "of: competentie"),
    ("of: competence", 'of: competence\n  codes: ["9.9"]', "dangling", "", 'codes: ["9.9"]'),
    ("of: competence", "of: competence\n  codes: [L1]", "other_kind", "", "codes: [L1]"),
    ("of: competence", "of: competence\n  within: [G9]", "dangling", "", "within: [G9]"),
    ("kind: count", "kind: sum", "unknown_rule_kind", "", "kind: sum"),
    ("kind: count", "kind: all_of", "missing_key", "", None),
    ("at_least: 1", "at_least: 1\n  of_them: 2", "unknown_key", "", "of_them"),
    ("kind: standard", "kind: standaard", "unknown_pack_kind", "", "kind: standaard"),
    ("kind: standard", "kind: module", "rule_without_standard", "", "rule:"),
    ("id: klein", "id: Klein kader", "odd_id", "", "id: Klein kader"),
    ("id: klein", "id: klein\nchanged: 23-11-2026", "odd_changed", "", "changed: 23-11-2026"),
    ('version: "1.0"', "version:", "missing_key", "", "version:"),
    ("eqf: 4", "eqf: 9", "out_of_range", "", "eqf: 9"),
    ("eqf: 4", "includes: [bestaat-niet]", "dangling", "", "includes:"),
    ("eqf: 4", "includes: [klein]", "circle", "", "includes:"),
    ("eqf: 4", "includes: [leefgebieden-sociaal-werk]", "other_stages", "", "includes:"),
    ("eqf: 4", "eqf: 4\neqf: 5", "duplicate_key", "", "eqf: 5"),
    ("eqf: 4", "eqf: &a 4", "alias", "", "&a"),
    ("eqf: 4", "eqf: !!python/name:os.system", "tag", "", "!!python"),
    ("eqf: 4", "eqf: 4: 5", "syntax", "", "4: 5"),
    ("- code: verder", "- code: start", "duplicate_code", "start", None),
]  # fmt: skip


@pytest.mark.parametrize(("part", "other", "reason", "item", "on"), SPOILT)
def test_a_fault_is_named_with_its_line_and_code(
    tmp_path: Path, part: str, other: str, reason: str, item: str, on: str | None
) -> None:
    found = spoilt(tmp_path, part, other)
    of_reason = [fault for fault in found if fault.reason == reason and fault.item == item]
    assert of_reason, [fault.full_text("en") for fault in found]
    text = SOUND.replace(part, other, 1)
    if on is not None:
        assert of_reason[0].line == line_of(text, on)
    for fault in found:
        assert fault.file.endswith("klein/pack.yaml")
        assert fault.line <= text.count("\n") + 1
        assert fault.text("nl") != fault.text("en")
        assert "{" not in fault.text("nl").replace("{nl", "")


def test_every_kind_of_reason_is_shown_in_a_pack_at_least_once() -> None:
    assert len({reason for _, _, reason, _, _ in SPOILT}) >= 25


def test_all_faults_are_reported_in_one_go_and_in_order(tmp_path: Path) -> None:
    text = SOUND.replace('en: "Begins."', 'en: ""').replace("group: G1", "group: G9")
    text = text.replace("at_least: 1", "at_least: 7").replace('"1.1.ve1"', '"1.1"')
    found = faults_of(write_pack(tmp_path / "klein", text, more="vaardigheden: []"))
    assert [fault.reason for fault in found] == [
        "dangling", "missing_translation", "duplicate_code", "asks_too_much", "unknown_section",
    ]  # fmt: skip
    assert [fault.line for fault in found[:4]] == sorted(fault.line for fault in found[:4])


def test_the_same_code_in_two_files_names_both(tmp_path: Path) -> None:
    other = 'life_domains:\n  - code: "1.1"\n    title: {nl: a, en: b}\n    source: {document: D}\n'
    (fault,) = faults_of(write_pack(tmp_path / "klein", more=other))
    assert (fault.reason, fault.item, fault.line) == ("duplicate_code", "1.1", 2)
    assert fault.file.endswith("more.yaml")
    assert "pack.yaml" in fault.text("en")


def test_the_head_may_stand_in_one_place_only(tmp_path: Path) -> None:
    (fault,) = faults_of(write_pack(tmp_path / "klein", more='version: "2.0"\n'))
    assert fault.reason == "wrong_place"


def test_a_code_of_an_included_pack_may_not_be_used_again(tmp_path: Path) -> None:
    module = (
        SOUND[: SOUND.index("groups:")]
        .replace("id: klein", "id: deel")
        .replace("kind: standard", "kind: module")
    )
    module += '\nlife_domains:\n  - code: "1.2"\n    title: {nl: a, en: b}\n    source: {document: D}\n'
    write_pack(tmp_path / "deel", module)
    (fault,) = spoilt(tmp_path, "eqf: 4", "includes: [deel]")
    assert (fault.reason, fault.item) == ("duplicate_code", "1.2")


def test_faults_of_an_included_pack_are_reported_in_its_own_file(tmp_path: Path) -> None:
    module = (
        SOUND[: SOUND.index("groups:")]
        .replace("id: klein", "id: deel")
        .replace("kind: standard", "kind: modul")
    )
    write_pack(tmp_path / "deel", module)
    found = spoilt(tmp_path, "eqf: 4", "includes: [deel]")
    assert [(fault.reason, Path(fault.file).parent.name) for fault in found] == [
        ("unknown_pack_kind", "deel")
    ]


def test_a_share_over_groups_needs_every_unit_in_a_group(tmp_path: Path) -> None:
    rule = "rule: {kind: share, of: competence, percent: 50, per: area, stage: start}\n"
    found = faults_of(write_pack(tmp_path / "klein", SOUND[: SOUND.index("rule:")] + rule))
    assert {fault.reason for fault in found} == {"outside_groups"}


def test_a_rule_that_asks_indicators_of_a_lower_stage_to_be_higher_can_never_be_met(tmp_path: Path) -> None:
    rule = "rule: {kind: count, of: indicator, at_least: 2, stage: verder}\n"
    (fault,) = faults_of(write_pack(tmp_path / "klein", SOUND[: SOUND.index("rule:")] + rule))
    assert fault.reason == "asks_too_much"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xff\xfe\x00k", "binary"),
        (b"title: \xe9\xe9n\n", "not_utf8"),
        (b"- a\n- b\n", "not_a_table"),
        (b"x" * 5_000_001, "too_large"),
        (b"a: " + b"[" * 10_000, "too_deep"),
        (b"a: b\n---\nc: d\n", "second_document"),
        (b"? [a]\n: b\n", "odd_key"),
        (b'a: "\\x07"\n', "odd_character"),
    ],
)
def test_a_file_that_is_no_pack_at_all_is_refused_with_one_sentence(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    (tmp_path / "pack.yaml").write_bytes(content)
    assert [fault.reason for fault in faults_of(tmp_path)] == [reason]


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path)
    assert fault.reason == "no_file"
    assert fault.file.endswith("pack.yaml")


def test_aliases_cannot_blow_up_the_memory(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    (tmp_path / "pack.yaml").write_text("\n".join(lines), "utf-8")
    assert [fault.reason for fault in faults_of(tmp_path)] == ["alias"]
