"""Several versions of one framework beside each other: which is the newest, and what can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from bekwaam.frameworks.faults import Fault, FaultsFound
from bekwaam.frameworks.library import (
    PACKS,
    builtin_ids,
    builtin_path,
    builtin_versions,
    load_builtin,
)
from bekwaam.frameworks.loading.editions import Edition, editions_in, in_order
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Source
from tests.frameworks.packs import SOUND, line_of, write_pack


def versioned(version: str, supersedes: str | None = None) -> str:
    after = f"\nsupersedes: {supersedes}" if supersedes else ""
    return SOUND.replace('version: "1.0"', f'version: "{version}"{after}')


def edition(version: str, supersedes: str | None = None) -> Edition:
    return Edition("klein", version, "framework", supersedes, Path(version))


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(FaultsFound) as caught:
        load_pack(path)
    return caught.value.faults


def test_versions_stand_in_the_order_that_they_name() -> None:
    found = in_order([edition("kaart", "2012"), edition("b", "kaart"), edition("2012")])
    assert [each.version for each in found] == ["2012", "kaart", "b"]


def test_versions_that_name_no_other_stand_by_name() -> None:
    assert [each.version for each in in_order([edition("2"), edition("1")])] == ["1", "2"]


@pytest.mark.parametrize("versions", [[edition("a", "b"), edition("b", "a")], [edition("a")] * 2])
def test_versions_without_an_order_are_refused(versions: list[Edition]) -> None:
    with pytest.raises(ValueError, match=r"cycle|two folders"):
        in_order(versions)


def test_the_heads_in_a_folder_are_found_and_others_left_out(tmp_path: Path) -> None:
    write_pack(tmp_path / "een", versioned("1.0"))
    write_pack(tmp_path / "twee", versioned("2.0", "1.0"))
    write_pack(tmp_path / "stuk", "a: [")
    write_pack(tmp_path / "kaal", "title: {nl: a, en: b}")
    found = editions_in(tmp_path)
    assert [(each.version, each.supersedes, each.path.name) for each in found] == [
        ("1.0", None, "een"),
        ("2.0", "1.0", "twee"),
    ]


def test_a_version_knows_which_one_it_comes_after(tmp_path: Path) -> None:
    write_pack(tmp_path / "een", versioned("1.0"))
    second = write_pack(tmp_path / "twee", versioned("2.0", "1.0"))
    assert load_pack(second).supersedes == "1.0"
    assert load_pack(tmp_path / "een").supersedes is None


def test_an_unknown_version_to_come_after_is_a_fault(tmp_path: Path) -> None:
    write_pack(tmp_path / "ander", versioned("0.9").replace("id: klein", "id: ander"))
    text = versioned("2.0", "0.9")
    (fault,) = faults_of(write_pack(tmp_path / "twee", text))
    assert (fault.reason, fault.line) == ("unknown_version", line_of(text, "supersedes"))
    assert "0.9" in fault.text("nl")
    assert fault.text("nl") != fault.text("en")


@pytest.mark.parametrize("first", ["1.0", "2.0"])
def test_versions_that_come_round_in_a_circle_are_a_fault(tmp_path: Path, first: str) -> None:
    write_pack(tmp_path / "een", versioned("1.0", "2.0"))
    (fault,) = faults_of(write_pack(tmp_path / "twee", versioned("2.0", first)))
    assert fault.reason == "circle"


def test_a_version_of_ones_own_may_come_after_one_that_comes_with_the_product(tmp_path: Path) -> None:
    identifier = builtin_ids("standard")[0]
    text = versioned("eigen", f'"{builtin_versions(identifier)[-1]}"').replace(
        "id: klein", f"id: {identifier}"
    )
    assert load_pack(write_pack(tmp_path / "eigen", text), builtin_path).version == "eigen"


def test_an_id_is_listed_once_and_its_newest_version_is_loaded() -> None:
    assert len(set(builtin_ids())) == len(builtin_ids())
    folders = {head.parent for head in PACKS.glob("*/pack.yaml")}
    versions = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]
    assert {builtin_path(*each) for each in versions} == folders
    for identifier, version in versions:
        pack = load_builtin(identifier, version)
        assert (pack.id, pack.version) == (identifier, version)
        assert load_builtin(identifier).version == builtin_versions(identifier)[-1]


def test_ids_may_be_narrowed_to_one_kind_of_pack() -> None:
    standards = builtin_ids("standard")
    assert "evc-sociaal-werker-mbo" in standards
    assert all(load_builtin(identifier).rule is not None for identifier in standards)
    assert "leefgebieden-sociaal-werk" in builtin_ids("module")


@pytest.mark.parametrize(
    ("identifier", "version"), [("bestaat-niet", None), ("leefgebieden-sociaal-werk", "0")]
)
def test_what_is_unknown_is_a_key_error(identifier: str, version: str | None) -> None:
    assert builtin_path(identifier, version) is None
    with pytest.raises(KeyError, match=identifier):
        load_builtin(identifier, version)


def test_a_framework_needs_no_stages_but_a_standard_does(tmp_path: Path) -> None:
    start = SOUND.index("stages:")
    bare = (
        SOUND[:start]
        + "aims:\n  - {code: A1, title: {nl: a, en: b}, text: {nl: a, en: b}, source: {document: D}}\n"
    )
    assert (
        load_pack(write_pack(tmp_path / "a", bare.replace("kind: standard", "kind: framework"))).stages == ()
    )
    assert "missing_key" in {fault.reason for fault in faults_of(write_pack(tmp_path / "b", bare))}


def test_competences_may_stand_at_the_top_and_hold_facets(tmp_path: Path) -> None:
    text = (
        SOUND[: SOUND.index("groups:")].replace("kind: standard", "kind: framework")
        + """\
competences:
  - code: C1
    title: {nl: a, en: b}
    text: {nl: a, en: b}
    source: {document: D}
    facets:
      - {code: C1.i, title: {nl: a, en: b}, text: {nl: a, en: b}}
"""
    )
    pack = load_pack(write_pack(tmp_path / "a", text))
    assert [(item.kind, item.parent) for item in pack.items] == [("competence", None), ("facet", "C1")]


def test_a_knowledge_item_has_a_title_or_a_text(tmp_path: Path) -> None:
    text = (
        SOUND[: SOUND.index("groups:")].replace("kind: standard", "kind: framework")
        + """\
knowledge_fields:
  - code: K1
    title: {nl: a, en: b}
    source: {document: D}
    knowledge_items:
      - {code: K1.1, title: {nl: a, en: b}}
      - {code: K1.2, text: {nl: a, en: b}}
      - {code: K1.3}
"""
    )
    (fault,) = faults_of(write_pack(tmp_path / "a", text))
    assert (fault.reason, fault.item) == ("missing_key", "K1.3")


@pytest.mark.parametrize(("group", "reason"), [("T1", None), ("T9", "dangling"), ("A1", "dangling")])
def test_a_competence_at_the_top_may_name_its_practice_theme(
    tmp_path: Path, group: str, reason: str | None
) -> None:
    text = (
        SOUND[: SOUND.index("groups:")].replace("kind: standard", "kind: framework")
        + f"""\
aims:
  - {{code: A1, title: {{nl: a, en: b}}, text: {{nl: a, en: b}}, source: {{document: D}}}}
practice_themes:
  - {{code: T1, title: {{nl: a, en: b}}, source: {{document: D}}}}
competences:
  - {{code: C1, title: {{nl: a, en: b}}, text: {{nl: a, en: b}}, source: {{document: D}}, group: {group}}}
"""
    )
    pack = write_pack(tmp_path / "a", text)
    if reason is None:
        assert load_pack(pack).by_code["C1"].parent == group
    else:
        assert [fault.reason for fault in faults_of(pack)] == [reason]


@pytest.mark.parametrize(
    ("section", "text"), [("1.1", "004 §1.1"), ("bijlage 3", "004, bijlage 3"), ("", "004")]
)
def test_a_source_is_written_as_its_document_numbers_it(section: str, text: str) -> None:
    assert str(Source("004", section)) == text
