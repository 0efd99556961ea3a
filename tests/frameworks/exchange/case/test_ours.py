"""What was written here: valid by the official schema, the same identifiers always, and back as it was."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import Any

import pytest

from bekwaam.frameworks.crosswalk import Crosswalk
from bekwaam.frameworks.exchange.case import (
    read_case,
    read_case_crosswalk,
    to_package,
    write_case,
    write_case_crosswalk,
)
from bekwaam.frameworks.library import crosswalk_ids, find_builtin, load_builtin, load_crosswalk
from bekwaam.frameworks.model import Framework
from tests.frameworks.exchange.case.material import assert_valid, frameworks

BASE = "https://bekwaam.example"
everything = pytest.mark.parametrize("framework", frameworks(), ids=lambda one: f"{one.id}@{one.version}")
crosswalks = pytest.mark.parametrize(
    "crosswalk", [load_crosswalk(name) for name in crosswalk_ids()], ids=lambda one: one.id
)


@everything
@pytest.mark.parametrize("base", [None, BASE])
def test_every_pack_is_valid_by_the_official_schema(framework: Framework, base: str | None) -> None:
    assert_valid(write_case(framework, base_url=base))


@everything
@pytest.mark.parametrize("base", [None, BASE])
def test_export_import_export_is_the_identity(framework: Framework, base: str | None) -> None:
    written = write_case(framework, base_url=base)
    reading = read_case(written, "package.json")
    assert (reading.faults, reading.repairs) == ((), ())
    assert reading.framework == framework
    assert write_case(reading.framework, base_url=base) == written


def test_a_framework_without_a_day_takes_the_moment_that_is_given() -> None:
    framework = replace(load_builtin("niveaus-sociaal-werk"), changed="")
    written = write_case(framework, moment="2026-01-02T03:04:05Z")
    assert json.loads(written)["CFDocument"]["lastChangeDateTime"] == "2026-01-02T03:04:05Z"
    assert read_case(written, "package.json").framework == framework
    assert_valid(write_case(framework))


def test_identifiers_are_the_same_in_another_process() -> None:
    probe = (
        "from bekwaam.frameworks.exchange.case import to_package;"
        "from bekwaam.frameworks.library import load_builtin;"
        "print(to_package(load_builtin('wmo-competenties', 'kaart'))['CFDocument']['identifier'])"
    )
    ran = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    # Written down: others have kept this identifier, so it may never become another.
    assert ran.stdout.strip() == "01e29e70-21c3-57a3-b9ee-8b06b6b0a8b0"


def test_no_identifier_stands_for_two_things_in_all_packs_together() -> None:
    found: list[str] = []
    for framework in frameworks():
        package = to_package(framework)
        found.append(package["CFDocument"]["identifier"])
        found += [one["identifier"] for one in package["CFItems"] + package["CFAssociations"]]
        found += [one["identifier"] for listed in package["CFDefinitions"].values() for one in listed]
        found += [one["identifier"] for one in package.get("CFRubrics", ())]
    assert len(found) == len(set(found))


def test_stages_and_indicators_are_rubrics() -> None:
    framework = load_builtin("evc-sociaal-werker-mbo")
    rubrics = to_package(framework)["CFRubrics"]
    assert len(rubrics) == len(framework.competences) + len(framework.of_kind("life_domain"))
    (criterion,) = rubrics[0]["CFRubricCriteria"]
    assert criterion["CFItemURI"]["title"] == framework.competences[0].name("nl")
    levels = criterion["CFRubricCriterionLevels"]
    assert [level["score"] for level in levels] == [1, 2, 3]
    assert [level["quality"] for level in levels] == [stage.title.nl for stage in framework.stages]
    lines = levels[1]["description"].split("\n")
    told = framework.indicators(framework.competences[0].code, framework.stages[1].code)
    assert lines == [item.text.nl for item in told if item.text]


def test_the_tree_the_stages_and_the_types_are_told_in_the_terms_of_case() -> None:
    framework = load_builtin("evc-sociaal-werker-mbo")
    package = to_package(framework, base_url=BASE)
    items = {one["identifier"]: one for one in package["CFItems"]}
    by_code = {one["humanCodingScheme"]: one for one in package["CFItems"]}
    competence = by_code["1.1"]
    assert (competence["CFItemType"], competence["abbreviatedStatement"]) == (
        "Competentie",
        framework.by_code["1.1"].title.nl,  # type: ignore[union-attr]
    )
    types = {one["identifier"]: one for one in package["CFDefinitions"]["CFItemTypes"]}
    assert types[competence["CFItemTypeURI"]["identifier"]]["typeCode"] == "competence"
    relations: dict[str, list[tuple[str, str]]] = {}
    for one in package["CFAssociations"]:
        ends = (one["originNodeURI"]["identifier"], one["destinationNodeURI"]["identifier"])
        relations.setdefault(one["associationType"], []).append(ends)
    staged = [item for item in framework.items if item.stage]
    assert len(relations["hasSkillLevel"]) == len(staged)
    first = staged[0]
    level = dict(relations["hasSkillLevel"])[by_code[first.code]["identifier"]]
    assert items[level]["humanCodingScheme"] == first.stage
    assert (by_code["1.1"]["identifier"], by_code["1"]["identifier"]) in relations["isChildOf"]


@crosswalks
@pytest.mark.parametrize("base", [None, BASE])
def test_crosswalks_are_valid_and_come_back(crosswalk: Crosswalk, base: str | None) -> None:
    written = write_case_crosswalk(crosswalk, find_builtin, base_url=base)
    assert_valid(written)
    reading = read_case_crosswalk(written, "crosswalk.json")
    assert (reading.crosswalk, reading.faults, reading.repairs) == (crosswalk, (), ())


@crosswalks
def test_the_ends_of_a_crosswalk_are_the_items_of_the_packages(crosswalk: Crosswalk) -> None:
    known: dict[str, Any] = {}
    for side in (crosswalk.frm, crosswalk.to):
        package = to_package(load_builtin(side.id, side.version))
        known |= {one["identifier"]: one for one in package["CFItems"]}
    written = json.loads(write_case_crosswalk(crosswalk, find_builtin))
    for link, association in zip(crosswalk.links, written["CFAssociations"], strict=True):
        assert known[association["originNodeURI"]["identifier"]]["humanCodingScheme"] == link.from_code
        assert known[association["destinationNodeURI"]["identifier"]]["humanCodingScheme"] == link.to_code


def test_a_package_can_take_its_links_along_and_keeps_them() -> None:
    framework = load_builtin("wmo-competenties", "2012")
    crosswalk = load_crosswalk("wmo-2012-kaart")
    written = write_case(framework, crosswalks=[crosswalk, load_crosswalk("namen-lokaal")], find=find_builtin)
    assert_valid(written)
    plain = to_package(framework)
    more = json.loads(written)["CFAssociations"][len(plain["CFAssociations"]) :]
    assert [one["associationType"] for one in more] == [link.relation for link in crosswalk.links]
    reading = read_case(written, "package.json")
    assert reading.framework is not None
    assert reading.framework.items == framework.items
    assert json.loads(write_case(reading.framework)) == json.loads(written)


@pytest.mark.parametrize("spoiled", [b"[]", b"{}", b'{"CFDocument": {}}', b"\xff\xfe", b'{"CFDocument": 3}'])
def test_what_is_no_crosswalk_is_said_to_be_none(spoiled: bytes) -> None:
    reading = read_case_crosswalk(spoiled, "crosswalk.json")
    assert reading.crosswalk is None
    assert len(reading.faults) == 1
