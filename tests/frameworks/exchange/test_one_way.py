"""What goes out and is not read back: each as the program that reads it wants it."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from bekwaam.frameworks.exchange.mahara import NAME, SHORT, STATUSES, write_mahara
from bekwaam.frameworks.exchange.moodle import write_moodle
from bekwaam.frameworks.exchange.shortened import shortened
from bekwaam.frameworks.exchange.skos import write_skos
from bekwaam.frameworks.library import builtin_ids, builtin_versions, load_builtin, load_crosswalk
from bekwaam.frameworks.loading.pack import load_pack
from bekwaam.frameworks.model import Framework, Text
from bekwaam.wording import LANGUAGES
from tests.frameworks.packs import write_pack

EVERY = [(i, version) for i in builtin_ids() for version in builtin_versions(i)]
EVC = "evc-sociaal-werker-mbo"
BASE = "https://bekwaam.example"

# SKOS ------------------------------------------------------------------------------------------------


def graph(framework: Framework, **options: Any) -> Graph:
    return Graph().parse(data=write_skos(framework, **options), format="turtle")


def concept(found: Graph, code: str) -> URIRef:
    (one,) = found.subjects(SKOS.notation, Literal(code))
    assert isinstance(one, URIRef)
    return one


@pytest.mark.parametrize("base", [None, BASE])
@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_a_pack_is_a_sound_concept_scheme(identifier: str, version: str, base: str | None) -> None:
    framework = load_builtin(identifier, version)
    found = graph(framework, base_url=base)
    (scheme,) = found.subjects(RDF.type, SKOS.ConceptScheme)
    concepts = set(found.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == len(framework.items) + len(framework.stages)
    for one in concepts:
        assert set(found.objects(one, SKOS.inScheme)) == {scheme}
        # S14: at most one preferred label in a language; here exactly one.
        languages = [label.language for label in found.objects(one, SKOS.prefLabel)]  # type: ignore[attr-defined]
        assert sorted(languages) == ["en", "nl"]
        assert len(list(found.objects(one, SKOS.notation))) == 1
        assert len(list(found.objects(one, SKOS.broader))) <= 1
    assert set(found.subject_objects(SKOS.broader)) == {
        (a, b) for b, a in found.subject_objects(SKOS.narrower)
    }
    assert {one for one, _ in found.subject_objects(SKOS.topConceptOf)} == set(
        found.objects(scheme, SKOS.hasTopConcept)
    )
    # S27: what is related may not lie below the other.
    for one, other in found.subject_objects(SKOS.related):
        assert other not in set(found.transitive_objects(one, SKOS.broader)) - {one}
        assert (other, SKOS.related, one) in found
    assert not any(b == scheme for _, b in found.subject_objects(SKOS.broader))


def test_items_keep_their_place_names_and_source() -> None:
    framework = load_builtin(EVC)
    found = graph(framework)
    item = framework.competences[0]
    one = concept(found, item.code)
    assert item.title is not None
    assert item.text is not None
    assert Literal(item.title.nl, lang="nl") in set(found.objects(one, SKOS.prefLabel))
    assert Literal(item.text.en, lang="en") in set(found.objects(one, SKOS.definition))
    assert set(found.objects(one, SKOS.broader)) == {concept(found, item.parent or "")}
    assert any(str(item.source) in str(source) for source in found.objects(one, DCTERMS.source))


def test_stages_are_an_ordered_collection() -> None:
    framework = load_builtin(EVC)
    found = graph(framework)
    (collection,) = found.subjects(RDF.type, SKOS.OrderedCollection)
    (head,) = found.objects(collection, SKOS.memberList)
    codes = [str(found.value(one, SKOS.notation)) for one in Collection(found, head)]
    assert codes == [stage.code for stage in framework.stages]


def test_links_go_along_in_the_direction_in_which_they_read() -> None:
    crosswalk = load_crosswalk("wmo-2012-kaart")
    old, new = load_builtin("wmo-competenties", "2012"), load_builtin("wmo-competenties", "kaart")
    relations = {link.relation for link in crosswalk.links}
    assert "replacedBy" in relations or "exactMatchOf" in relations
    there, back = (set(graph(one, crosswalks=[crosswalk])) - set(graph(one)) for one in (old, new))
    assert there == back
    assert len(there) == len({(link.from_code, link.to_code, link.relation) for link in crosswalk.links})
    matches = {SKOS.exactMatch, SKOS.closeMatch, SKOS.relatedMatch, SKOS.broadMatch}
    assert {relation for _, relation, _ in there} <= matches
    starts = {concept(graph(old), link.from_code) for link in crosswalk.links}
    assert {one for one, _, _ in there} == starts
    other = load_builtin(EVC)
    assert write_skos(other, crosswalks=[crosswalk]) == write_skos(other)


def test_concepts_have_the_address_of_their_page() -> None:
    found = graph(load_builtin("wmo-competenties", "2012"), base_url=f"{BASE}/")
    assert str(concept(found, "C1")) == f"{BASE}/kaders/wmo-competenties/2012/C1/"


def test_the_same_framework_gives_the_same_bytes() -> None:
    framework = load_builtin(EVC)
    assert write_skos(framework) == write_skos(framework)
    assert write_moodle(framework) == write_moodle(framework)
    assert write_mahara(framework) == write_mahara(framework)


# Moodle: tool_lpimportcsv, framework_importer.php ----------------------------------------------------

MOODLE = [
    "parentidnumber", "idnumber", "shortname", "description", "descriptionformat", "scalevalues",
    "scaleconfiguration", "ruletype", "ruleoutcome", "ruleconfig", "relatedidnumbers", "exportid",
    "isframework", "taxonomies",
]  # fmt: skip
TAXONOMIES = {
    "behaviour", "competency", "concept", "domain", "indicator", "level", "outcome", "practice",
    "proficiency", "skill", "value",
}  # fmt: skip
PHP_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")


def imported(data: bytes) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Read a CSV as Moodle's importer does: by the place of the columns; the last framework row counts."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
    assert all(len(row) == len(MOODLE) for row in rows)
    framework: dict[str, str] = {}
    flat: dict[str, dict[str, str]] = {}
    for row in rows[1:]:
        record = dict(zip(MOODLE, row, strict=True))
        if record["isframework"]:
            framework = record
        else:
            assert record["idnumber"] not in flat
            flat[record["idnumber"]] = record
    return framework, flat


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_moodle_gets_every_item_in_its_place(identifier: str, version: str, language: str) -> None:
    source = load_builtin(identifier, version)
    framework, flat = imported(write_moodle(source, language=language))
    assert list(flat) and len(flat) == len(source.items)
    for item in source.items:
        record = flat[f"c-{item.code}"]
        assert record["parentidnumber"] == (f"c-{item.parent}" if item.parent else "")
        assert record["shortname"].startswith(item.code)
        assert record["descriptionformat"] in {"0", "1", "2", "4"}
        for text in (record["idnumber"], record["shortname"]):
            assert 0 < len(text) <= 100
            assert not PHP_NUMBER.fullmatch(text)
        assert record["ruletype"] == ""
    order = list(flat)
    for idnumber, record in flat.items():
        parent = record["parentidnumber"]
        assert not parent or order.index(parent) < order.index(idnumber)
    configuration = json.loads(framework["scaleconfiguration"])
    values = framework["scalevalues"].split(",")
    assert len(values) == len(source.stages or [1]) + 1
    assert "scaleid" in configuration[0]
    assert [part["id"] for part in configuration[1:]] == list(range(1, len(values) + 1))
    assert [part["scaledefault"] for part in configuration[1:]].count(1) == 1
    assert configuration[-1]["proficient"] == 1
    assert configuration[1]["proficient"] == 0
    assert set(framework["taxonomies"].split(",")) <= TAXONOMIES
    assert len(framework["idnumber"]) <= 100


def test_who_reaches_the_stage_that_the_rule_asks_is_proficient_in_moodle() -> None:
    framework, _ = imported(write_moodle(load_builtin(EVC)))
    assert framework["scalevalues"].split(",")[1:] == ["startbekwaam", "vakbekwaam", "vakvolwassen"]
    assert [part["proficient"] for part in json.loads(framework["scaleconfiguration"])[1:]] == [0, 0, 1, 1]


def test_signs_that_would_break_a_cell_or_the_scale_are_replaced(tmp_path: Path) -> None:
    framework = load_pack(write_pack(tmp_path / "klein"))
    stage = replace(framework.stages[0], title=Text("start, of bijna", "a"))
    item = replace(framework.items[0], title=Text('a\\"b <script>', "b"))
    spoilt = replace(framework, stages=(stage, framework.stages[1]), items=(item, *framework.items[1:]))
    head, flat = imported(write_moodle(spoilt))
    assert len(head["scalevalues"].split(",")) == 3
    assert flat["c-G1"]["shortname"] == 'G1 a/"b ‹script›'


# Mahara: module/framework/lib.php -----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("identifier", "version"), EVERY)
def test_mahara_gets_every_item_in_its_place(identifier: str, version: str, language: str) -> None:
    source = load_builtin(identifier, version)
    content = json.loads(write_mahara(source, language=language))
    assert list(content) == ["framework"]
    framework = content["framework"]
    assert framework["institution"] == "all"
    assert 0 < len(framework["name"]) <= 255
    assert isinstance(framework["selfassess"], bool)
    assert [list(one) for one in framework["evidencestatuses"]] == [[key] for key in STATUSES]
    numbers = [one["standardid"] for one in framework["standards"]]
    assert numbers == list(range(1, len(numbers) + 1))
    for one in (*framework["standards"], *framework["standardelements"]):
        assert 0 < len(one["shortname"]) <= SHORT
        assert 0 < len(one["name"]) <= NAME
        assert isinstance(one["description"], str)
    seen: dict[int, set[str]] = {}
    for one in framework["standardelements"]:
        assert one["standardid"] in numbers
        mine = seen.setdefault(one["standardid"], set())
        # Mahara finds a parent only among the elements of the same standard that came before it.
        assert one.get("parentelementid") is None or one["parentelementid"] in mine
        mine.add(one["elementid"])
        assert not PHP_NUMBER.fullmatch(one["elementid"])
    elements = [code for codes in seen.values() for code in codes]
    tops = [one for one in source.children(None) if source.children(one.code) and one.kind != "competence"]
    assert sorted(elements) == sorted(f"c-{one.code}" for one in source.items if one not in tops)
    assert set(seen) == set(numbers)


def test_mahara_keeps_what_lies_below_what(tmp_path: Path) -> None:
    framework = load_pack(write_pack(tmp_path / "klein"))
    content = json.loads(write_mahara(framework))["framework"]
    above = {one["elementid"]: one.get("parentelementid") for one in content["standardelements"]}
    assert above == {
        "c-1": None, "c-1.1": "c-1", "c-1.1.st1": "c-1.1", "c-1.1.ve1": "c-1.1", "c-1.2": "c-1",
        "c-L1.t1": None, "c-L1.st": None,
    }  # fmt: skip
    assert [one["shortname"] for one in content["standards"]] == ["G1 Groep", "L1 Geld"]


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [("kort", 10, "kort"), ("twee  woorden", 20, "twee woorden"), ("een lange zin", 11, "een lange…"),
     ("x" * 30, 10, "x" * 9 + "…")],
)  # fmt: skip
def test_long_texts_are_cut_between_words(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
    assert len(shortened(text, most)) <= most
