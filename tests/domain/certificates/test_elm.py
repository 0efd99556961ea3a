"""The European export holds what the paper holds, conforms to the official shapes, and is not empty."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
import rdflib

from bekwaam.domain.certificates.claims import Holder
from bekwaam.domain.certificates.elm import elm_export
from bekwaam.frameworks.library import load_builtin
from tests.domain.certificates.badges import EMAIL, ISSUER, claim, rich_paper, texts, vectors
from tests.domain.certificates.linked import expanded_leaves, leaves, quads
from tests.papers import ISSUE, PIECES, paper
from tests.standards import small_standard

ELM = rdflib.Namespace("http://data.europa.eu/snb/model/elm/")


@cache
def shapes() -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in ("EDC-generic-full.ttl", "EDC-generic-no-cv.ttl"):
        graph.parse(vectors("elm", "shapes", name))
    return graph


def graph_of(document: dict[str, Any]) -> rdflib.Graph:
    graph = rdflib.Graph()
    graph.parse(data="\n".join(quads(document)), format="nt")
    return graph


def conforms(graph: rdflib.Graph) -> tuple[bool, str]:
    pyshacl = pytest.importorskip("pyshacl", reason="pySHACL is not installed")
    fine, _, said = pyshacl.validate(graph, shacl_graph=shapes())
    return bool(fine), str(said)


def real() -> dict[str, Any]:
    standard = load_builtin("evc-sociaal-werker-mbo")
    return elm_export(paper(standard), claim(standard))


EVERY_KIND: dict[str, tuple[Callable[[], dict[str, Any]], int]] = {
    "a bit of everything": (lambda: elm_export(rich_paper(), claim()), 180),
    "in English, with a name and an end": (
        lambda: elm_export(
            rich_paper("en"),
            claim(
                language="en",
                holder=Holder(EMAIL, shows_name=True, did="did:key:z6Mk"),
                valid_until=datetime(2031, 4, 14, tzinfo=UTC),
            ),
        ),
        180,
    ),
    "nothing shown": (
        lambda: elm_export(paper(small_standard(), {"1.1": None, "1.2": None, "1.3": None}), claim()),
        100,
    ),
    "the real standard": (real, 600),
}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_it_conforms_to_the_official_shapes_with_all_its_content_in_the_graph(kind: str) -> None:
    make, at_least = EVERY_KIND[kind]
    document = make()
    assert expanded_leaves(document) == leaves(document)
    graph = graph_of(document)
    assert len(graph) > at_least
    assert set(graph.subjects(rdflib.RDF.type, ELM.EuropeanDigitalCredential))
    fine, said = conforms(graph)
    assert fine, said


def test_an_empty_graph_conforms_too_so_triples_are_counted() -> None:
    fine, _ = conforms(rdflib.Graph())
    assert fine
    signed = json.loads(vectors("elm", "samples", "Sample-MC-Annex1-signed.jsonld").read_text("utf-8"))
    assert expanded_leaves(signed) == 0


@pytest.mark.parametrize("missing", ["displayParameter", "credentialProfiles", "issuer", "validFrom"])
def test_the_shapes_notice_what_is_missing(missing: str) -> None:
    document = deepcopy(elm_export(rich_paper(), claim()))
    del document[missing]
    fine, said = conforms(graph_of(document))
    assert not fine and missing in said


def test_what_was_not_shown_is_an_assessment_and_no_achievement() -> None:
    graph = graph_of(elm_export(paper(small_standard(), {"1.2": None}), claim()))

    def named(kind: str) -> set[str]:
        title = rdflib.DCTERMS.title
        return {str(graph.value(one, title)) for one in graph.subjects(rdflib.RDF.type, ELM[kind])}

    assert {name for name in named("LearningAssessment") if name.startswith("1.")} == {
        "1.1 competence 1.1",
        "1.2 competence 1.2",
        "1.3 competence 1.3",
    }
    assert {name for name in named("LearningAchievement") if name.startswith("1.")} == {
        "1.1 competence 1.1",
        "1.3 competence 1.3",
    }
    assert {str(note) for note in graph.objects(None, ELM.noteLiteral)} == {"vakbekwaam", "niet aangetoond"}


@pytest.mark.parametrize(("short", "achievements"), [({}, 2), ({"1.1": None, "1.2": None}, 1)])
def test_the_standard_as_a_whole_is_an_achievement_only_when_it_was_met(
    short: dict[str, str | None], achievements: int
) -> None:
    document = elm_export(paper(small_standard(), short), claim())
    assert len(document["credentialSubject"]["hasClaim"]) == achievements


def test_it_says_of_itself_that_it_has_no_seal_and_where_to_check() -> None:
    display = elm_export(rich_paper(), claim())["displayParameter"]
    assert "zonder zegel" in display["description"]["nl"]
    assert claim().naming.experience_id in display["description"]["nl"]


@pytest.mark.parametrize("shows", [False, True])
def test_nothing_in_it_is_to_be_read_of_persons_but_a_name_with_consent(shows: bool) -> None:
    document = elm_export(rich_paper(), claim(holder=Holder(EMAIL, shows_name=shows)))
    everything = "\n".join(texts(document))
    assert (ISSUE.candidate in everything) is shows
    secret = [*ISSUE.assessors, EMAIL, "De Boer", "Weegt zwaar", *(one.title for one in PIECES.values())]
    assert [text for text in secret if text in everything] == []


def test_it_points_at_the_case_items() -> None:
    graph = graph_of(elm_export(rich_paper(), claim()))
    skills = {str(one) for one in graph.objects(None, ELM.relatedSkill)}
    assert skills == {claim().targets.items[code].url for code in ("1.1", "1.2", "1.3", "L1")}


def test_an_issuer_without_a_legal_identifier_is_refused() -> None:
    with pytest.raises(ValueError, match="legal identifier"):
        elm_export(rich_paper(), claim(issuer=replace(ISSUER, legal_id="")))
