"""Packages of others: taken in as far as that goes, everything said, and given back as they came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bekwaam.frameworks.exchange.case import read_case, write_case
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.model import Framework, Text
from tests.frameworks.exchange.case.material import (
    DOCUMENT,
    OUR_SAMPLES,
    VECTORS,
    assert_valid,
    association,
    child,
    item,
    link,
    package,
    uuid,
    vectors,
)


def read(data: bytes) -> Framework:
    """Return the framework of a package that can be used."""
    reading = read_case(data, "elders.json")
    assert reading.faults == ()
    assert reading.framework is not None
    return reading.framework


def reasons(reading: Reading) -> list[str]:
    """Return what was put right, but for the one language that every package of others has."""
    return [repair.reason for repair in reading.repairs if repair.reason != "one_language"]


def assert_stable(data: bytes) -> None:
    """Check that import, export and import give the same, valid by the official schema."""
    framework = read(data)
    written = write_case(framework)
    assert_valid(written)
    again = read_case(written, "ons.json")
    assert (again.framework, again.faults) == (framework, ())
    # What is kept without a place is said every time; nothing has to be put right twice.
    assert set(reasons(again)) <= {"kept_rubric", "second_parent"}
    assert write_case(framework) == written


SAMPLES = sorted(
    {
        path.name: path for folder in (OUR_SAMPLES, VECTORS / "samples") for path in folder.glob("*.json")
    }.values()
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_is_read_and_stable(path: Path) -> None:
    assert_stable(path.read_bytes())


def test_all_official_samples_were_tried() -> None:
    assert {path.name for path in (vectors() / "samples").glob("*.json")} <= {path.name for path in SAMPLES}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_what_a_sample_told_is_all_in_what_is_given_back(path: Path) -> None:
    raw = json.loads(path.read_bytes())
    back = json.loads(write_case(read(path.read_bytes())))
    for name in ("CFItems", "CFAssociations"):
        known = {one["identifier"]: one for one in back[name]}
        for one in raw[name]:
            told = {
                key: value
                for key, value in one.items()
                if key not in ("CFDocumentURI", "originNodeURI", "destinationNodeURI")
            }
            assert told.items() <= known[one["identifier"]].items()
    told = {
        key: value for key, value in raw["CFDocument"].items() if key not in ("CFPackageURI", "description")
    }
    assert told.items() <= back["CFDocument"].items()


def test_a_framework_from_elsewhere_keeps_its_identity() -> None:
    framework = read(
        package([item(1)], [child(1, None)], {"version": "v2 (2020)", "description": "Waarover"})
    )
    assert (framework.id, framework.version, framework.kind) == ("kader-van-elders", "v2-2020", "framework")
    assert (framework.uuid, framework.creator) == (DOCUMENT, "Iemand Anders")
    assert framework.items[0].uuid == uuid(1)
    assert framework.title == Text("Kader van elders", "Kader van elders")
    assert framework.documents["CASE"].nl == "Kader van elders (Iemand Anders)"
    back = json.loads(write_case(framework))["CFDocument"]
    assert (back["version"], back["description"]) == ("v2 (2020)", "Waarover")
    assert "language" not in back
    assert "licenseURI" not in back


@pytest.mark.parametrize(
    ("document", "version"),
    [
        ({}, "2020-02-03"),
        ({"version": "3.1"}, "3.1"),
        ({"version": "?"}, "2020-02-03"),
        ({"lastChangeDateTime": "x"}, "1.0"),
    ],
)
def test_the_version_is_theirs_or_the_day(document: dict[str, Any], version: str) -> None:
    assert read(package([], [], document)).version == version


def test_siblings_stand_by_their_number_and_those_without_one_last() -> None:
    items = [item(number) for number in (1, 2, 3, 4)]
    laid = [child(1, None), child(2, None, sequenceNumber=9), child(3, None, sequenceNumber=1), child(4, 3)]
    assert [one.code for one in read(package(items, laid)).items] == ["C3", "C4", "C2", "C1"]


@pytest.mark.parametrize(
    ("properties", "title", "text"),
    [
        ({"fullStatement": "Kort"}, "Kort", None),
        ({"fullStatement": "Lang " * 40}, None, ("Lang " * 40).strip()),
        ({"fullStatement": "Twee\nregels"}, None, "Twee\nregels"),
        ({"fullStatement": "Heel", "abbreviatedStatement": "H"}, "H", "Heel"),
        ({"fullStatement": "Gelijk", "abbreviatedStatement": "Gelijk"}, "Gelijk", None),
        ({"fullStatement": "<p>Een <b>vet</b> woord &amp; meer</p>"}, "Een vet woord & meer", None),
        ({"fullStatement": "<p>Een</p><p>Twee<br>Drie</p>"}, None, "Een\nTwee\nDrie"),
        ({"fullStatement": "Als a < b en b > c & d"}, "Als a < b en b > c & d", None),
        ({"fullStatement": "<script>kwaad()</script>Goed"}, "Goed", None),
        ({"fullStatement": "Met _nadruk_ en $x^2$"}, "Met _nadruk_ en $x^2$", None),
        ({"fullStatement": ""}, "C1", None),
        ({"fullStatement": 7}, "C1", None),
    ],
)
def test_texts_become_plain(properties: dict[str, Any], title: str | None, text: str | None) -> None:
    data = package([item(1, **properties)], [child(1, None)])
    (found,) = read(data).items
    assert (found.title and found.title.nl, found.text and found.text.nl) == (title, text)
    assert_stable(data)


@pytest.mark.parametrize(
    ("properties", "code", "reason"),
    [
        ({"humanCodingScheme": "K.CC/1 a"}, "K.CC-1-a", ["odd_code"]),
        ({"humanCodingScheme": ""}, "1", ["made_code"]),
        ({"humanCodingScheme": "///"}, "1", ["made_code"]),
        ({"humanCodingScheme": None, "listEnumeration": "B"}, "B", ["made_code", "unknown_property"]),
    ],
)
def test_codes_are_theirs_or_made_and_it_is_said(
    properties: dict[str, Any], code: str, reason: list[str]
) -> None:
    data = package([item(1, **properties)], [child(1, None)])
    assert read(data).items[0].code == code
    assert reasons(read_case(data, "elders.json")) == reason
    assert_stable(data)


def test_codes_used_twice_are_told_apart() -> None:
    items = [item(number, humanCodingScheme="A") for number in (1, 2, 3)]
    data = package(items, [child(number, None) for number in (1, 2, 3)])
    assert [one.code for one in read(data).items] == ["A", "A-2", "A-3"]
    (repair,) = [one for one in read_case(data, "elders.json").repairs if one.reason == "duplicate_code"]
    assert repair.values["number"] == 2
    assert_stable(data)


@pytest.mark.parametrize(
    "change", [{"identifier": None}, {"identifier": "geen-uuid"}, {"identifier": uuid(2)}]
)
def test_identifiers_that_are_missing_odd_or_taken_are_made(change: dict[str, Any]) -> None:
    data = package([item(2), item(1, **change)], [child(2, None)])
    first, second = read(data).items
    assert first.uuid == uuid(2)
    assert second.uuid not in ("", uuid(2))
    assert_stable(data)


def test_an_identifier_that_is_no_uuid_still_ties_the_tree_together() -> None:
    odd = {"title": "x", "identifier": "kader-1", "uri": "https://elders.example/kader-1"}
    laid = [child(1, None) | {"originNodeURI": odd}, child(2, 1) | {"destinationNodeURI": odd}]
    data = package([item(1, identifier="kader-1"), item(2)], laid)
    assert [(one.code, one.parent) for one in read(data).items] == [("C1", None), ("C2", "C1")]


def test_dangling_associations_are_left_out_counted_and_named() -> None:
    laid = [child(1, None), child(2, 77), association(88, 99, "isRelatedTo")]
    data = package([item(1), item(2)], laid)
    reading = read_case(data, "elders.json")
    (dangling,) = [one for one in reading.repairs if one.reason == "dangling"]
    assert dangling.values["number"] == 2
    assert "C2 isChildOf" in dangling.text("nl")
    assert "no_parent" in reasons(reading)
    assert [one.code for one in read(data).items] == ["C1", "C2"]


def test_links_to_items_elsewhere_are_no_dangling_ones_and_come_back() -> None:
    data = package([item(1)], [child(1, None), association(1, 77, "exactMatchOf", notes="omdat")])
    assert reasons(read_case(data, "elders.json")) == []
    back = json.loads(write_case(read(data)))["CFAssociations"]
    assert [one["notes"] for one in back if one["associationType"] == "exactMatchOf"] == ["omdat"]


def test_an_item_in_two_places_stays_in_the_first_and_keeps_the_second() -> None:
    data = package([item(1), item(2), item(3)], [child(1, None), child(2, None), child(3, 1), child(3, 2)])
    framework = read(data)
    assert framework.by_code["C3"].parent == "C1"
    assert reasons(read_case(data, "elders.json")) == ["second_parent"]
    back = json.loads(write_case(framework))["CFAssociations"]
    assert child(3, 2)["identifier"] in [one["identifier"] for one in back]
    assert_stable(data)


def test_a_type_of_association_that_case_does_not_know_becomes_their_own() -> None:
    data = package([item(1), item(2)], [child(1, None), child(2, None), association(1, 2, "is taught by")])
    assert reasons(read_case(data, "elders.json")) == ["unknown_relation"]
    back = json.loads(write_case(read(data)))["CFAssociations"]
    assert "ext:is-taught-by" in [one["associationType"] for one in back]
    assert_stable(data)


def test_properties_of_their_own_are_kept_and_said() -> None:
    laid = [child(1, None, eigen=1, extensions={"ander": 2})]
    data = package([item(1, eigen={"a": [1]}, extensions={"x": 1})], laid, {"eigen": True}, vanalles="ja")
    assert reasons(read_case(data, "elders.json")) == ["unknown_property"]
    back = json.loads(write_case(read(data)))
    assert back["CFItems"][0]["extensions"]["bekwaam"]["unknown"] == {"eigen": {"a": [1]}}
    assert back["CFItems"][0]["extensions"]["x"] == 1
    assert back["CFAssociations"][0]["extensions"] == {"ander": 2, "bekwaam": {"unknown": {"eigen": 1}}}
    assert back["CFDocument"]["extensions"]["bekwaam"]["unknown"] == {"eigen": True}
    assert back["extensions"]["bekwaam"]["unknown"] == {"vanalles": "ja"}
    assert_stable(data)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2020-02-03", "2020-02-03T00:00:00Z"),
        ("2020-02-03T04:05:06", "2020-02-03T04:05:06Z"),
        ("2020-02-03 04:05:06+01:00", "2020-02-03T04:05:06+01:00"),
        ("gisteren", ""),
        (None, ""),
        (20200203, ""),
    ],
)
def test_odd_days_are_read_as_what_they_can_be(written: Any, read_as: str) -> None:
    data = package([item(1, lastChangeDateTime=written)], [child(1, None)], {"lastChangeDateTime": written})
    assert read(data).changed == read_as
    assert_stable(data)


@pytest.mark.parametrize(
    ("sort", "kind"),
    [
        ("Competence", "competence"), ("competenties", "competence"), ("COMPETENTIE", "competence"),
        ("Competency", "competence"), ("Beacon", "element"), ("Standard", "element"), (None, "element"),
    ],
)  # fmt: skip
def test_a_type_that_is_one_of_our_kinds_by_name_is_known_again(sort: str | None, kind: str) -> None:
    properties = {"abbreviatedStatement": "Kort"} | ({"CFItemType": sort} if sort else {})
    data = package([item(1, **properties), item(2, CFItemType="Standard")], [child(1, None), child(2, None)])
    found = read(data).by_code["C1"]
    assert found.kind == ("beacon" if sort == "Beacon" else kind)
    assert (found.sort and found.sort.nl) == sort
    assert_stable(data)


def test_a_kind_that_cannot_stand_there_becomes_a_plain_part_and_so_does_what_it_lies_in() -> None:
    items = [
        item(1, CFItemType="Competence", abbreviatedStatement="Kort"),
        item(2, CFItemType="Standard"),
        item(3, CFItemType="Competence", abbreviatedStatement="Kort"),
    ]
    data = package(items, [child(1, None), child(2, 1), child(3, 2)])
    assert [one.kind for one in read(data).items] == ["element"] * 3
    assert reasons(read_case(data, "elders.json")) == ["plain_part"]
    assert_stable(data)


def rubric(number: int, target: int, levels: list[tuple[str, str]], **properties: Any) -> dict[str, Any]:
    """Return a rubric with one criterion about an item."""
    base = {"uri": "https://elders.example/r", "lastChangeDateTime": "2020-01-01T00:00:00Z"}
    told = [
        base
        | {"identifier": uuid(number * 10 + rank), "quality": quality, "description": text, "score": rank}
        for rank, (quality, text) in enumerate(levels, 1)
    ]
    criterion = base | {"identifier": uuid(number * 10 + 8), "CFItemURI": link(target)}
    criterion |= {"CFRubricCriterionLevels": told}
    return base | {"identifier": uuid(number * 10), "CFRubricCriteria": [criterion]} | properties


def competences(*rubrics: dict[str, Any], sort: str = "Competence") -> bytes:
    """Return a package with two competences and rubrics."""
    items = [item(number, CFItemType=sort, abbreviatedStatement=f"T{number}") for number in (1, 2)]
    return package(items, [child(1, None), child(2, None)], CFRubrics=list(rubrics))


SCALE = [("Start", "Begint"), ("Verder", "Gaat door")]


def test_rubrics_on_one_scale_become_stages_and_indicators() -> None:
    data = competences(rubric(30, 1, SCALE), rubric(40, 2, [SCALE[0], ("Verder", "")]))
    framework = read(data)
    assert [(stage.code, stage.rank, stage.title.nl) for stage in framework.stages] == [
        ("start", 1, "Start"),
        ("verder", 2, "Verder"),
    ]
    assert [(one.parent, one.stage, one.name("nl")) for one in framework.of_kind("indicator")] == [
        ("C1", "start", "Begint"),
        ("C1", "verder", "Gaat door"),
        ("C2", "start", "Begint"),
    ]
    assert reasons(read_case(data, "elders.json")) == ["scale"]
    assert_stable(data)


@pytest.mark.parametrize(
    "data",
    [
        competences(rubric(30, 1, SCALE), rubric(40, 2, [("Anders", "a"), ("Verder", "b")])),
        competences(rubric(30, 1, SCALE), rubric(40, 77, SCALE)),
        competences(rubric(30, 1, SCALE), sort="Standard"),
        competences(rubric(30, 1, SCALE) | {"CFRubricCriteria": []}),
    ],
    ids=["two scales", "about nothing here", "no room for stages", "no criteria"],
)
def test_other_rubrics_are_kept_as_they_are_and_said(data: bytes) -> None:
    framework = read(data)
    assert framework.stages == ()
    assert set(reasons(read_case(data, "elders.json"))) == {"kept_rubric"}
    assert json.loads(write_case(framework))["CFRubrics"] == json.loads(data)["CFRubrics"]
    assert_stable(data)


def test_definitions_come_back_whole_and_completed() -> None:
    told = {
        "CFConcepts": [
            {"identifier": uuid(7), "title": "Begrip", "keywords": "k", "hierarchyCode": "1"},
            {"title": "Kaal"},
        ],
        "CFLicenses": [
            {"identifier": uuid(8), "uri": "https://elders.example/l", "title": "CC", "licenseText": "…"}
        ],
        "eigen": 1,
    }
    data = package([], [], CFDefinitions=told)
    back = json.loads(write_case(read(data)))
    assert told["CFConcepts"][0].items() <= back["CFDefinitions"]["CFConcepts"][0].items()  # type: ignore[index]
    assert back["CFDefinitions"]["CFConcepts"][1]["title"] == "Kaal"
    assert back["extensions"]["bekwaam"]["unknown"] == {"CFDefinitions": {"eigen": 1}}
    assert_stable(data)


def test_served_by_us_its_addresses_are_ours_and_theirs_are_remembered() -> None:
    framework = read(package([item(1)], [child(1, None)]))
    served = json.loads(write_case(framework, base_url="https://bekwaam.example/"))
    (found,) = served["CFItems"]
    assert found["uri"] == f"https://bekwaam.example/ims/case/v1p1/CFItems/{uuid(1)}"
    assert found["extensions"]["bekwaam"]["uri"] == item(1)["uri"]
    assert read_case(json.dumps(served).encode(), "x").framework == framework


def test_what_another_changed_in_a_package_of_ours_is_taken_over() -> None:
    framework = read(package([item(1), item(2)], [child(1, None), child(2, None)]))
    whole = json.loads(write_case(framework))
    whole["CFItems"][0]["fullStatement"] = "Anders gezegd"
    whole["CFItems"].append(item(3))
    whole["CFAssociations"].append(child(3, 1))
    changed = read(json.dumps(whole).encode())
    assert [(one.code, one.name("nl"), one.parent) for one in changed.items] == [
        ("C1", "Anders gezegd", None),
        ("C2", "Statement 2", None),
        ("C3", "Statement 3", "C1"),
    ]
