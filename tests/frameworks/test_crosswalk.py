"""A sound crosswalk loads as it is written; of a faulty one every fault is named, with its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bekwaam.frameworks.crosswalk import RELATIONS, Link, Reference
from bekwaam.frameworks.faults import Fault, FaultsFound
from bekwaam.frameworks.library import CROSSWALKS, crosswalk_ids, find_builtin, load_crosswalk
from bekwaam.frameworks.loading.crosswalk import is_crosswalk, load_crosswalk_file
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Source, Text
from bekwaam.frameworks.relation_names import relation_meaning, relation_name
from tests.frameworks.packs import line_of, write_pack

SOUND = """\
crosswalk: oud-nieuw
title: {nl: "Oud en nieuw", en: "Old and new"}
from: klein@1.0
to: klein@2.0
links:
  - from: "1.1"
    to: 1.1
    relation: exactMatchOf
    reason: {nl: "Hetzelfde.", en: "The same."}
    source: {document: D, section: "2"}
  - from: 1.2
    to: "1.1"
    relation: isPartOf
    reason: {nl: "Ging erin op.", en: "Became part of it."}
    own: true
"""
OLD, NEW = Reference("klein", "1.0"), Reference("klein", "2.0")


@pytest.fixture
def packs(tmp_path: Path) -> dict[str, Framework]:
    pack = load_pack(write_pack(tmp_path / "klein"))
    return {"1.0": pack, "2.0": replace(pack, version="2.0")}


def read(tmp_path: Path, packs: dict[str, Framework], text: str):  # type: ignore[no-untyped-def]
    path = tmp_path / "links.yaml"
    path.write_text(text, "utf-8")
    return load_crosswalk_file(path, lambda name, version: packs.get(version) if name == "klein" else None)


def test_a_sound_crosswalk_loads_whole(tmp_path: Path, packs: dict[str, Framework]) -> None:
    found = read(tmp_path, packs, SOUND)
    assert (found.id, found.title, found.frm, found.to) == (
        "oud-nieuw",
        Text("Oud en nieuw", "Old and new"),
        OLD,
        NEW,
    )
    assert found.links == (
        Link(OLD, "1.1", NEW, "1.1", "exactMatchOf", Text("Hetzelfde.", "The same."), Source("D", "2")),
        Link(OLD, "1.2", NEW, "1.1", "isPartOf", Text("Ging erin op.", "Became part of it."), None, own=True),
    )
    assert str(found.frm) == "klein@1.0"


def test_links_are_found_from_either_side(tmp_path: Path, packs: dict[str, Framework]) -> None:
    found = read(tmp_path, packs, SOUND)
    assert [link.to_code for link in found.links_from("1.2")] == ["1.1"]
    assert [link.from_code for link in found.links_to("1.1")] == ["1.1", "1.2"]
    assert found.links_from("L1") == found.links_to("1.2") == ()


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_of_case_may_be_written(
    tmp_path: Path, packs: dict[str, Framework], relation: str
) -> None:
    found = read(tmp_path, packs, SOUND.replace("isPartOf", relation))
    assert found.links[1].relation == relation


@pytest.mark.parametrize(
    ("part", "other", "reason", "place", "sentence"),
    [
        ("from: 1.2", "from: 9.9", "unknown_code", "from: 9.9", "There is no item 9.9 in klein@1.0."),
        ("to: 1.1", "to: 9.9", "unknown_code", "to: 9.9", "There is no item 9.9 in klein@2.0."),
        ("isPartOf", "isPartof", "unknown_relation", "isPartof", 'Did you mean "isPartOf"?'),
        ("isPartOf", "lijkt", "unknown_relation", "lijkt", "There are: exactMatchOf, "),
        (', en: "The same."', "", "missing_translation", "Hetzelfde", '"reason" is missing in English.'),
        ('nl: "Ging erin op."', 'nl: ""', "missing_translation", "Became", '"reason" is missing in Dutch.'),
        ('    reason: {nl: "Hetzelfde.", en: "The same."}\n', "", "missing_key", '- from: "1.1"', "reason"),
        ("    relation: isPartOf\n", "", "missing_key", "- from: 1.2", "relation"),
        ("    own: true\n", "", "no_source", "- from: 1.2", "Which document makes this link?"),
        ("own: true", "own: false", "no_source", "- from: 1.2", "Which document makes this link?"),
        ("document: D", "document: E", "unknown_document", "document: E", 'Document "E"'),
        ("own: true", "owned: true", "unknown_key", "owned", 'Did you mean "own"?'),
        ("klein@2.0", "klein@3.0", "unknown_framework", "klein@3.0", '"klein" with a version "3.0"'),
        ("klein@2.0", "groot@2.0", "unknown_framework", "groot@2.0", '"groot"'),
        ("klein@2.0", "klein", "odd_reference", "to: klein", "id@1.0"),
        ("oud-nieuw", "Oud!", "odd_id", "Oud!", "cannot be an id"),
        ("title:", "titel:", "missing_key", "crosswalk:", '"title" is missing.'),
    ],
)  # fmt: skip
def test_every_fault_is_named_with_its_line(
    tmp_path: Path, packs: dict[str, Framework], part: str, other: str, reason: str, place: str, sentence: str
) -> None:
    text = SOUND.replace(part, other, 1)
    assert text != SOUND
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, packs, text)
    fault = next(fault for fault in raised.value.faults if fault.reason == reason)
    assert sentence in fault.text("en")
    assert fault.line == line_of(text, place)
    assert fault.text("nl") != fault.text("en")


def test_a_link_that_stands_there_already_is_a_fault(tmp_path: Path, packs: dict[str, Framework]) -> None:
    text = SOUND.replace("from: 1.2", 'from: "1.1"').replace("isPartOf", "exactMatchOf")
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, packs, text)
    (fault,) = raised.value.faults
    assert (fault.reason, fault.item, fault.values["line"]) == ("duplicate_link", "1.1", 6)


def test_two_items_may_be_linked_in_two_ways(tmp_path: Path, packs: dict[str, Framework]) -> None:
    assert len(read(tmp_path, packs, SOUND.replace("from: 1.2", 'from: "1.1"')).links) == 2


def test_all_faults_are_found_in_one_go(tmp_path: Path, packs: dict[str, Framework]) -> None:
    text = (
        SOUND.replace("from: 1.2", "from: 8.8").replace("to: 1.1", "to: 9.9").replace("own: true", "own: 1")
    )
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, packs, text)
    assert [fault.reason for fault in raised.value.faults] == [
        "unknown_code", "unknown_code", "no_source", "wrong_type",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["- 1\n", "crosswalk: [", "", "crosswalk: x\n", "links: 3\n", "links: [3]\n"]
)
def test_what_is_no_crosswalk_is_refused_with_a_fault(
    tmp_path: Path, packs: dict[str, Framework], text: str
) -> None:
    with pytest.raises(FaultsFound) as raised:
        read(tmp_path, packs, text)
    assert all(isinstance(fault, Fault) and fault.text("nl") for fault in raised.value.faults)


def test_a_crosswalk_is_known_by_its_head(tmp_path: Path) -> None:
    for name, text in {"ja": SOUND, "nee": "clusters: []\n", "stuk": "crosswalk: ["}.items():
        (tmp_path / name).write_text(text, "utf-8")
    assert [is_crosswalk(tmp_path / name) for name in ("ja", "nee", "stuk", "weg")] == [
        True,
        False,
        False,
        False,
    ]


@pytest.mark.parametrize("identifier", crosswalk_ids())
def test_every_crosswalk_that_comes_with_bekwaam_is_sound(identifier: str) -> None:
    found = load_crosswalk(identifier)
    assert found.id == identifier
    assert found.links
    for link in found.links:
        assert link.own or link.source
        for side in (found.frm, found.to):
            assert find_builtin(side.id, side.version) is not None


def test_an_unknown_crosswalk_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        load_crosswalk("../packs/evc-sociaal-werker-mbo/pack")
    assert CROSSWALKS.name == "crosswalks"


def test_2012_and_the_card_link_the_ten_one_to_one_and_tell_the_five_new_names() -> None:
    found = load_crosswalk("wmo-2012-kaart")
    ten = [link for link in found.links if link.from_code.startswith("C")]
    assert [(link.from_code, link.to_code) for link in ten] == [(f"C{n}", f"C{n}") for n in range(1, 11)]
    renamed = [link.from_code for link in ten if link.relation == "replacedBy"]
    assert renamed == ["C4", "C6", "C8", "C9", "C10"]
    assert all(link.own for link in found.links)


def test_the_names_tell_which_of_the_ten_were_renamed() -> None:
    first, card = (find_builtin("wmo-competenties", version) for version in ("2012", "kaart"))
    assert first is not None and card is not None
    for link in load_crosswalk("wmo-2012-kaart").links:
        if link.from_code.startswith("C"):
            same = first.by_code[link.from_code].title == card.by_code[link.to_code].title
            assert same == (link.relation == "isRelatedTo"), link.from_code


def test_the_ten_reach_all_of_the_21_but_one() -> None:
    found = load_crosswalk("wmo-2012-evc-mbo")
    standard = find_builtin(found.to.id, found.to.version)
    assert standard is not None
    assert {link.from_code for link in found.links} == {f"C{n}" for n in range(1, 11)}
    assert {item.code for item in standard.competences} - {link.to_code for link in found.links} == {"7.3"}
    assert {link.relation for link in found.links} == {"isRelatedTo"}
    assert all(link.own for link in found.links)
    assert len({link.reason for link in found.links}) == len(found.links)


def links_of(identifier: str) -> tuple[Framework, Framework, tuple[Link, ...]]:
    found = load_crosswalk(identifier)
    frm, to = (find_builtin(side.id, side.version) for side in (found.frm, found.to))
    assert frm is not None and to is not None
    return frm, to, found.links


def codes(framework: Framework, *kinds: str) -> set[str]:
    found = {item.code for item in framework.items if item.kind in kinds}
    assert found
    return found


@pytest.mark.parametrize(
    ("identifier", "from_kinds", "unlinked", "to_kinds"),
    [
        ("evc-mbo-bakens", ("competence",), {"7.3"}, ("beacon",)),
        ("evc-mbo-lokaal", ("competence",), {"6.1", "6.2", "7.2", "7.3"}, ("quadrant", "verb")),
        ("evc-mbo-kennis", ("competence",), set(), ("knowledge_item", "knowledge_element")),
        ("namen-lokaal", ("function_name", "role_word"), {"F4", "R14", "R16", "R17"}, ("quadrant", "verb")),
    ],
)
def test_everything_is_linked_at_least_once_but_what_the_crosswalk_names(
    identifier: str, from_kinds: tuple[str, ...], unlinked: set[str], to_kinds: tuple[str, ...]
) -> None:
    frm, to, links = links_of(identifier)
    assert {link.from_code for link in links} == codes(frm, *from_kinds) - unlinked
    assert {link.to_code for link in links} == codes(to, *to_kinds)
    head = (CROSSWALKS / f"{identifier}.yaml").read_text("utf-8").split("crosswalk:")[0]
    assert all(code in head for code in unlinked)


def test_every_case_and_every_tension_strains_one_or_two_competences() -> None:
    frm, to, links = links_of("dilemmas-evc-mbo")
    strained: dict[str, set[str]] = {}
    for link in links:
        strained.setdefault(link.from_code, set()).add(link.to_code)
    assert len(strained) == 25 + 10
    assert strained.keys() == codes(frm, "dilemma_case", "tension")
    assert {len(competences) for competences in strained.values()} == {1, 2}
    assert {link.to_code for link in links} <= codes(to, "competence")


@pytest.mark.parametrize(
    "identifier", ["evc-mbo-bakens", "evc-mbo-lokaal", "evc-mbo-kennis", "dilemmas-evc-mbo", "namen-lokaal"]
)
def test_a_link_of_ours_says_so_and_has_a_reason_of_its_own(identifier: str) -> None:
    _, _, links = links_of(identifier)
    assert all(link.own and link.source is None for link in links)
    assert {link.relation for link in links} <= {"isRelatedTo", "isPartOf"}
    for language in ("nl", "en"):
        assert len({getattr(link.reason, language) for link in links}) == len(links)
    pairs = {(link.from_code, link.to_code) for link in links}
    assert len(pairs) == len(links)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("outward", [True, False])
def test_every_relation_has_words_in_both_languages(relation: str, outward: bool) -> None:
    said = {relation_name(relation, language, outward=outward) for language in ("nl", "en")}
    assert len(said) == 2 and relation not in said
    assert len({relation_meaning(relation, language) for language in ("nl", "en")} - {""}) == 2
