"""Writes a framework as SKOS (Simple Knowledge Organization System, W3C 2009), in Turtle.

One version is one concept scheme; every item is a concept in it. SKOS has no place for rules, modules or what
goes beyond the source, so nothing is read back from it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from rdflib import DCTERMS, OWL, RDF, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from bekwaam.frameworks.crosswalk import Crosswalk, Link, Reference
from bekwaam.frameworks.exchange.case.addresses import identify
from bekwaam.frameworks.model import Framework, Item, Source, Text
from bekwaam.wording import LANGUAGES, N_, say

# What the relations of CASE mean in SKOS. What says more than "related" goes the way it reads.
_MATCHES: Final = {
    "exactMatchOf": SKOS.exactMatch,
    "isTranslationOf": SKOS.exactMatch,
    "isPartOf": SKOS.broadMatch,
    "isChildOf": SKOS.broadMatch,
    "replacedBy": SKOS.closeMatch,
}
# Symmetric in SKOS and transitive only within one relation.
_RELATED: Final = SKOS.relatedMatch


def write_skos(
    framework: Framework, *, base_url: str | None = None, crosswalks: Iterable[Crosswalk] = ()
) -> bytes:
    """Return ``framework`` as Turtle, in UTF-8; the same framework gives the same bytes.

    Concepts have the address of their page below ``base_url``; without it the "urn:uuid:" that CASE knows
    them by. Of ``crosswalks`` the links that start or end in this version go along.
    """
    graph = Graph()
    for prefix, namespace in (("skos", SKOS), ("dcterms", DCTERMS), ("owl", OWL)):
        graph.bind(prefix, namespace)
    writer = _Writer(framework, (base_url or "").rstrip("/"), graph)
    writer.scheme()
    writer.stages()
    for item in framework.items:
        writer.concept(item)
    for crosswalk in crosswalks:
        for link in crosswalk.links:
            writer.link(link)
    return graph.serialize(format="turtle", encoding="utf-8")


class _Writer:
    def __init__(self, framework: Framework, base: str, graph: Graph) -> None:
        self._framework, self._base, self._graph = framework, base, graph
        self._here = Reference(framework.id, framework.version)
        self._scheme = self._address(self._here, "", framework.uuid)

    def scheme(self) -> None:
        """Write the scheme itself, with where it comes from."""
        framework, scheme = self._framework, self._scheme
        self._add(scheme, RDF.type, SKOS.ConceptScheme)
        self._texts(scheme, DCTERMS.title, framework.title)
        self._texts(scheme, SKOS.prefLabel, framework.title)
        self._texts(scheme, DCTERMS.description, framework.description)
        self._add(scheme, DCTERMS.identifier, Literal(str(self._here)))
        self._add(scheme, OWL.versionInfo, Literal(framework.version))
        if framework.changed:
            self._add(scheme, DCTERMS.modified, Literal(framework.changed))
        if framework.creator:
            self._add(scheme, DCTERMS.creator, Literal(framework.creator))
        if framework.supersedes:
            before = self._address(Reference(framework.id, framework.supersedes), "")
            self._add(scheme, DCTERMS.replaces, before)
        self._source(scheme, framework.source)

    def stages(self) -> None:
        """Write the stages as an ordered collection of concepts, the first one first."""
        if not self._framework.stages:
            return
        members: list[URIRef] = []
        for stage in self._framework.stages:
            concept = self._stage(stage.code)
            members.append(concept)
            self._add(concept, RDF.type, SKOS.Concept)
            self._add(concept, SKOS.inScheme, self._scheme)
            self._add(concept, SKOS.notation, Literal(stage.code))
            self._texts(concept, SKOS.prefLabel, stage.title)
            self._texts(concept, SKOS.definition, stage.description)
            self._source(concept, stage.source)
        collection = self._part("stages")
        self._add(collection, RDF.type, SKOS.OrderedCollection)
        for language in LANGUAGES:
            name = say(language, N_("Stages"))
            self._graph.add((collection, SKOS.prefLabel, Literal(name, lang=language)))
        head = BNode()
        Collection(self._graph, head, list(members))
        self._graph.add((collection, SKOS.memberList, head))
        for member in members:
            self._add(collection, SKOS.member, member)

    def concept(self, item: Item) -> None:
        """Write an item with its place, names and source."""
        concept = self._address(self._here, item.code, item.uuid)
        self._add(concept, RDF.type, SKOS.Concept)
        self._add(concept, SKOS.inScheme, self._scheme)
        self._add(concept, SKOS.notation, Literal(item.code))
        named, described = (item.title, item.text) if item.title else (item.text, None)
        if named:
            self._texts(concept, SKOS.prefLabel, named)
        if described:
            self._texts(concept, SKOS.definition, described)
        self._add(concept, DCTERMS.type, Literal(item.kind))
        self._source(concept, item.source)
        if item.stage is not None:
            self._add(concept, SKOS.related, self._stage(item.stage))
            self._add(self._stage(item.stage), SKOS.related, concept)
        above = self._framework.by_code.get(item.parent) if item.parent else None
        if above is None:
            self._add(concept, SKOS.topConceptOf, self._scheme)
            self._add(self._scheme, SKOS.hasTopConcept, concept)
        else:
            parent = self._address(self._here, above.code, above.uuid)
            self._add(concept, SKOS.broader, parent)
            self._add(parent, SKOS.narrower, concept)

    def link(self, link: Link) -> None:
        """Write a link of a crosswalk, where one of its ends lies in this version."""
        if self._here not in (link.from_framework, link.to_framework):
            return
        one = self._end(link.from_framework, link.from_code)
        other = self._end(link.to_framework, link.to_code)
        self._add(one, _MATCHES.get(link.relation, _RELATED), other)

    def _end(self, reference: Reference, code: str) -> URIRef:
        item = self._framework.by_code.get(code) if reference == self._here else None
        return self._address(reference, code, item.uuid if item else "")

    def _address(self, reference: Reference, code: str, uuid: str = "") -> URIRef:
        """Return the address of an item of a version, or of the version itself."""
        if self._base:
            parts = (reference.id, reference.version, *((code,) if code else ()))
            return URIRef(f"{self._base}/kaders/{'/'.join(quote(part, safe='') for part in parts)}/")
        entity = "item" if code else "document"
        return URIRef(f"urn:uuid:{uuid or identify(reference.id, reference.version, entity, code)}")

    def _stage(self, code: str) -> URIRef:
        return self._part(f"stage-{code}")

    def _part(self, name: str) -> URIRef:
        return URIRef(f"{self._scheme}#{quote(name, safe='')}")

    def _texts(self, subject: URIRef, predicate: URIRef, text: Text) -> None:
        for language in LANGUAGES:
            if text[language]:
                self._graph.add((subject, predicate, Literal(text[language], lang=language)))

    def _source(self, subject: URIRef, source: Source) -> None:
        title = self._framework.documents.get(source.document)
        if title is None:
            return
        for language in LANGUAGES:
            words = f"{title[language]} ({source})"
            self._graph.add((subject, DCTERMS.source, Literal(words, lang=language)))

    def _add(self, subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> None:
        self._graph.add((subject, predicate, value))
