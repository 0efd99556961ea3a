"""Writes a framework as a CASE 1.1 package, strictly to the official schema.

What has no place in CASE (English, sources, rules, ...) stands in ``extensions`` under one key of ours, so
that reading the package gives the same framework. What a framework from elsewhere told that has no place
*here* is given back as it came: it stands in ``foreign``, see :mod:`.foreign`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bekwaam.frameworks.crosswalk import Crosswalk
from bekwaam.frameworks.document import rule_to_data
from bekwaam.frameworks.exchange.case import foreign
from bekwaam.frameworks.exchange.case.addresses import OURS, Addresses, identify, line, moment_of
from bekwaam.frameworks.exchange.case.kind_words import STAGE, STAGE_WORD, kind_word
from bekwaam.frameworks.exchange.case.links import grouping, links_of
from bekwaam.frameworks.exchange.case.rubrics import rubrics_of
from bekwaam.frameworks.model import Framework, Item, Source, Stage, Text

CREATOR: Final = "Bekwaam"
NOBODY: Final = "Onbekend"
SUBJECT: Final = "Sociaal werk"
LICENCE_NAME: Final = "EUPL-1.2"
LICENCE_TEXT: Final = (
    "European Union Public Licence, version 1.2. "
    "The text in every language of the Union: https://eupl.eu/1.2/ (Dutch: https://eupl.eu/1.2/nl/)."
)

Find = Callable[[str, str], Framework | None]


def unknown_framework(identifier: str, version: str) -> Framework | None:
    """Find nothing: for a crosswalk whose other framework is not at hand."""
    return None


def write_case(
    framework: Framework,
    *,
    base_url: str | None = None,
    crosswalks: Iterable[Crosswalk] = (),
    find: Find = unknown_framework,
    moment: str = "",
) -> bytes:
    """Return ``framework`` as the bytes (UTF-8) of a CASE 1.1 package; see :func:`to_package`."""
    package = to_package(framework, base_url=base_url, crosswalks=crosswalks, find=find, moment=moment)
    return to_bytes(package)


def to_bytes(package: Mapping[str, Any]) -> bytes:
    """Return a package as compact JSON in UTF-8."""
    return json.dumps(package, ensure_ascii=False, separators=(",", ":")).encode()


def to_package(
    framework: Framework,
    *,
    base_url: str | None = None,
    crosswalks: Iterable[Crosswalk] = (),
    find: Find = unknown_framework,
    moment: str = "",
) -> dict[str, Any]:
    """Return ``framework`` as a CASE 1.1 package, plain JSON data.

    Addresses lie below ``base_url``, or are "urn:uuid:" without it. Of ``crosswalks`` the links that start
    in this version go along; ``find`` gives the frameworks at their other end, for titles and identifiers.
    ``moment`` (RFC 3339) is the last change where the framework does not say when that was.
    """
    writer = Writer(framework, Addresses((base_url or "").rstrip("/")), moment)
    return foreign.given_back(framework, writer.package(crosswalks, find), bool(base_url))


def case_document(framework: Framework, *, base_url: str | None = None, moment: str = "") -> dict[str, Any]:
    """Return the CFDocument of ``framework`` alone, as it stands in its package."""
    writer = Writer(framework, Addresses((base_url or "").rstrip("/")), moment)
    return foreign.document_given_back(framework, writer.document(), bool(base_url))


def document_identifier(framework: Framework) -> str:
    """Return the identifier of the CFDocument, and so of the package, of ``framework``."""
    return Writer(framework, Addresses()).document_id


class Writer:
    """Writes one framework, without what it keeps of elsewhere."""

    def __init__(self, framework: Framework, addresses: Addresses, moment: str = "") -> None:
        self._framework = framework
        self._addresses = addresses
        self.moment = moment_of(framework.changed, moment)
        self.document_id = framework.uuid or self._identify("document")
        self._kinds: dict[str, str] = {}

    def _identify(self, entity: str, code: str = "") -> str:
        return identify(self._framework.id, self._framework.version, entity, code)

    def package(self, crosswalks: Iterable[Crosswalk] = (), find: Find = unknown_framework) -> dict[str, Any]:
        """Return the whole package."""
        framework = self._framework
        items = [self.item(item) for item in framework.items]
        stages = [self._stage(stage) for stage in framework.stages]
        associations = self._tree()
        groupings = []
        for crosswalk in crosswalks:
            links = links_of(crosswalk, find, self._addresses, self.moment, known=framework)
            if links:
                associations.extend(links)
                groupings.append(grouping(crosswalk, self._addresses, self.moment))
        return {
            "CFDocument": self.document(),
            "CFItems": [*items, *stages],
            "CFAssociations": associations,
            "CFDefinitions": self._definitions(groupings),
            "CFRubrics": rubrics_of(framework, self._addresses, self.moment),
        }

    def document(self) -> dict[str, Any]:
        """Return the CFDocument."""
        framework, ours = self._framework, self._is_ours
        creator = framework.creator or (NOBODY if framework.uuid else CREATOR)
        subject = self._addresses.link("CFSubjects", self._identify("subject"), SUBJECT)
        licence = self._addresses.link("CFLicenses", self._identify("licence"), LICENCE_NAME)
        return {
            "identifier": self.document_id,
            "uri": self._addresses.uri("CFDocuments", self.document_id),
            "caseVersion": "1.1",
            "creator": line(creator),
            "title": line(framework.title.nl),
            "lastChangeDateTime": self.moment,
            **({"description": framework.description.nl} if framework.description.nl else {}),
            **({"subject": [SUBJECT], "subjectURI": [subject]} if ours else {}),
            **({} if framework.uuid else {"language": "nl", "adoptionStatus": "Adopted"}),
            "version": framework.version,
            **({"licenseURI": licence} if ours else {}),
            "extensions": {OURS: self._about_framework()},
        }

    @property
    def _is_ours(self) -> bool:
        """Whether it was written for Bekwaam; then its licence is ours too."""
        return not (self._framework.uuid or self._framework.creator)

    def _about_framework(self) -> dict[str, Any]:
        framework = self._framework
        told = {
            "texts": _texts({"title": framework.title, "description": framework.description}),
            "source": _source(framework.source),
            "documents": {number: [title.nl, title.en] for number, title in framework.documents.items()},
            "includes": list(framework.includes),
            "supersedes": framework.supersedes,
            "eqf": framework.eqf,
            "rule": rule_to_data(framework.rule) if framework.rule else None,
            "base": self._addresses.base,
        }
        fixed: dict[str, Any] = {
            "framework": framework.id,
            "version": framework.version,
            "kind": framework.kind,
            "changed": framework.changed,
            "creator": framework.creator,
        }
        return fixed | {name: value for name, value in told.items() if value}

    def item_id(self, item: Item) -> str:
        """Return the identifier of an item."""
        return item.uuid or self._identify("item", item.code)

    def item(self, item: Item) -> dict[str, Any]:
        """Return an item as a CFItem."""
        identifier = self.item_id(item)
        texts = {"title": item.title, "text": item.text}
        ours: dict[str, Any] = {"kind": item.kind, "texts": _texts(texts), "source": _source(item.source)}
        if item.stage:
            ours["stage"] = item.stage
        if item.module != self._framework.id:
            ours["module"] = item.module
        if item.own:
            ours["own"] = True
        if item.sort:
            ours["sort"] = [item.sort.nl, item.sort.en]
        return {
            "identifier": identifier,
            **self._statement(item.title, item.text, item.code),
            "uri": self._addresses.uri("CFItems", identifier),
            "humanCodingScheme": item.code,
            **self._type(item.kind, item.sort),
            "lastChangeDateTime": self.moment,
            "extensions": {OURS: ours},
        }

    def _stage(self, stage: Stage) -> dict[str, Any]:
        identifier = self._identify(STAGE, stage.code)
        ours = {
            "kind": STAGE,
            "texts": _texts({"title": stage.title, "text": stage.description}),
            "source": _source(stage.source),
            "short": stage.short,
            "rank": stage.rank,
        }
        return {
            "identifier": identifier,
            **self._statement(stage.title, stage.description, stage.code),
            "uri": self._addresses.uri("CFItems", identifier),
            "humanCodingScheme": stage.code,
            **self._type(STAGE, None),
            "lastChangeDateTime": self.moment,
            "extensions": {OURS: ours},
        }

    @staticmethod
    def _statement(title: Text | None, text: Text | None, code: str) -> dict[str, str]:
        if text is None:
            return {"fullStatement": title.nl if title else code}
        return {"fullStatement": text.nl, **({"abbreviatedStatement": line(title.nl)} if title else {})}

    def _type(self, kind: str, sort: Text | None) -> dict[str, Any]:
        """Return the type of an item: what its own framework calls it, or our kind with its definition."""
        if sort is not None:
            return {"CFItemType": line(sort.nl)}
        if kind == "element":
            return {}
        identifier = self._kinds.setdefault(kind, self._identify("itemtype", kind))
        word = kind_word(kind).nl
        return {
            "CFItemType": word,
            "CFItemTypeURI": self._addresses.link("CFItemTypes", identifier, word),
        }

    def _tree(self) -> list[dict[str, Any]]:
        """Return the associations: where every item lies, and the stage of those that have one."""
        framework = self._framework
        document = self._addresses.node("CFDocuments", self.document_id, framework.title.nl)
        nodes = {item.code: self._item_node(item) for item in framework.items}
        stages = {stage.code: self._stage_node(stage) for stage in framework.stages}
        numbers: dict[str | None, int] = {}
        found = []
        for item in framework.items:
            numbers[item.parent] = numbers.get(item.parent, 0) + 1
            above = nodes[item.parent] if item.parent is not None else document
            found.append(
                self._association("child", item.code, "isChildOf", nodes[item.code], above)
                | {"sequenceNumber": numbers[item.parent]}
            )
            if item.stage in stages:
                found.append(
                    self._association(
                        "skill", item.code, "hasSkillLevel", nodes[item.code], stages[item.stage]
                    )
                )
        for position, stage in enumerate(framework.stages, numbers.get(None, 0) + 1):
            found.append(
                self._association("stagechild", stage.code, "isChildOf", stages[stage.code], document)
                | {"sequenceNumber": position}
            )
        return found

    def _item_node(self, item: Item) -> dict[str, Any]:
        return self._addresses.node("CFItems", self.item_id(item), item.name("nl"))

    def _stage_node(self, stage: Stage) -> dict[str, Any]:
        return self._addresses.node("CFItems", self._identify(STAGE, stage.code), stage.title.nl)

    def _association(
        self, entity: str, code: str, relation: str, origin: dict[str, Any], destination: dict[str, Any]
    ) -> dict[str, Any]:
        identifier = self._identify(entity, code)
        return {
            "identifier": identifier,
            "associationType": relation,
            "uri": self._addresses.uri("CFAssociations", identifier),
            "originNodeURI": origin,
            "destinationNodeURI": destination,
            "lastChangeDateTime": self.moment,
        }

    def _definitions(self, groupings: list[dict[str, Any]]) -> dict[str, Any]:
        ours: dict[str, Any] = {}
        if self._is_ours:
            ours["CFSubjects"] = [self._definition("CFSubjects", "subject", SUBJECT) | {"hierarchyCode": "1"}]
            ours["CFLicenses"] = [
                self._definition("CFLicenses", "licence", LICENCE_NAME) | {"licenseText": LICENCE_TEXT}
            ]
        types = [self._item_type(kind, number) for number, kind in enumerate(self._kinds, 1)]
        return {
            **ours,
            **({"CFItemTypes": types} if types else {}),
            **({"CFAssociationGroupings": groupings} if groupings else {}),
        }

    def _definition(self, collection: str, entity: str, title: str, code: str = "") -> dict[str, Any]:
        identifier = self._identify(entity, code)
        return {
            "identifier": identifier,
            "uri": self._addresses.uri(collection, identifier),
            "title": title,
            "lastChangeDateTime": self.moment,
        }

    def _item_type(self, kind: str, number: int) -> dict[str, Any]:
        word = STAGE_WORD if kind == STAGE else kind_word(kind)
        return self._definition("CFItemTypes", "itemtype", word.nl, kind) | {
            "description": word.en,
            "hierarchyCode": str(number),
            "typeCode": kind,
        }


def _texts(texts: Mapping[str, Text | None]) -> dict[str, dict[str, str]]:
    """Return which texts there are, with what CASE cannot hold of each: English, and Dutch in its lines."""
    found = {}
    for name, text in texts.items():
        if text is not None:
            english = {"en": text.en} if text.en != text.nl else {}
            # A title is on one line in CASE; here as it was written.
            lines = {"nl": text.nl} if name == "title" and line(text.nl) != text.nl else {}
            found[name] = english | lines
    return found


def _source(source: Source) -> list[str]:
    return [source.document, source.section]
