"""Keeps of a package whatever the framework that was made of it would not write back by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Final

from bekwaam.frameworks.exchange.case.addresses import OURS
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.shapes import completed, is_relation, sifted
from bekwaam.frameworks.exchange.case.tree import Node, Tree, ours_in
from bekwaam.frameworks.exchange.case.writer import Writer
from bekwaam.frameworks.model import Framework, Item
from bekwaam.trust.canonical import canonical_json
from bekwaam.wording import N_

_DEFINITIONS: Final = {
    "CFConcepts": "CFConcept",
    "CFSubjects": "CFSubject",
    "CFLicenses": "CFLicense",
    "CFItemTypes": "CFItemType",
    "CFAssociationGroupings": "CFAssociationGrouping",
}
_PACKAGE: Final = ("CFDocument", "CFItems", "CFAssociations", "CFDefinitions", "CFRubrics", "extensions")
# What has a place of its own in a framework, or is made anew on the way out.
_TAKEN: Final = {
    "CFDocument": frozenset(
        ("identifier", "title", "description", "creator", "lastChangeDateTime", "caseVersion", "CFPackageURI")
    ),
    "CFItem": frozenset(
        ("identifier", "fullStatement", "abbreviatedStatement", "CFItemType", "CFDocumentURI")
    ),
    "CFAssociation": frozenset(("associationType", "originNodeURI", "destinationNodeURI", "CFDocumentURI")),
}
_ODD: Final = re.compile(r"[^a-zA-Z0-9._-]+")


def keep(
    framework: Framework,
    raw: dict[str, Any],
    rubrics: list[dict[str, Any]],
    nodes: list[Node],
    tree: Tree,
    writer: Writer,
    noting: Noting,
) -> Framework:
    """Return ``framework`` with all that ``raw`` holds beside it in ``foreign``.

    ``nodes`` are the items as they came, ``rubrics`` those that did not become stages; ``writer`` writes
    the framework with the addresses and the moment of the package, so that what is the same is not kept.
    """
    keeper = _Keeper(writer, noting)
    items = keeper.items(framework.items, nodes)
    whole = keeper.whole(raw, rubrics, tree)
    return replace(framework, items=items, foreign=_json(whole))


class _Keeper:
    def __init__(self, writer: Writer, noting: Noting) -> None:
        self._written = writer.package()
        self._moment = writer.moment
        self._id = writer.document_id
        self._noting = noting
        self._unknown: dict[str, Any] = {}

    def items(self, items: tuple[Item, ...], nodes: list[Node]) -> tuple[Item, ...]:
        """Return the items with what each keeps."""
        children = [one for one in self._written["CFAssociations"] if one["associationType"] == "isChildOf"]
        found = []
        for item, node, written, child in zip(items, nodes, self._written["CFItems"], children, strict=False):
            fit, unknown = self._beside("CFItem", node.raw, written)
            unknown = _earlier(node.ours) | unknown
            laid: dict[str, Any] = {}
            if node.child is not None:
                laid, rest = self._beside("CFAssociation", node.child, child)
                laid = _with_unknown(laid, rest)
            told = {"item": fit, "child": laid, "unknown": unknown}
            foreign = _json({name: value for name, value in told.items() if value})
            found.append(replace(item, foreign=foreign) if foreign else item)
        return (*found, *items[len(found) :])

    def _beside(
        self, shape: str, raw: dict[str, Any], written: dict[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what of ``raw`` is not in ``written``, and which properties CASE does not know."""
        fit, unknown = sifted(shape, {name: raw[name] for name in raw if name not in _TAKEN[shape]})
        ours = ours_in(raw)
        if isinstance(ours.get("uri"), str):
            fit["uri"] = ours["uri"]
        extensions = fit.pop("extensions", {})
        others = {name: value for name, value in extensions.items() if name != OURS}
        if shape == "CFAssociation" and ours.keys() - {"uri"}:
            others[OURS] = {name: value for name, value in ours.items() if name != "uri"}
        address = written["uri"].replace(written["identifier"], fit.get("identifier", written["identifier"]))
        usual = written | {"uri": address}
        beside = {name: value for name, value in fit.items() if usual.get(name) != value}
        if others:
            beside["extensions"] = others
        for name in unknown:
            message = N_("Properties that CASE does not know are kept as they are: {number} ({names}).")
            self._noting.note("unknown_property", message, name)
        return beside, unknown

    def whole(self, raw: dict[str, Any], rubrics: list[dict[str, Any]], tree: Tree) -> dict[str, Any]:
        """Return what the framework as a whole keeps."""
        document, unknown = self._beside("CFDocument", raw["CFDocument"], self._written["CFDocument"])
        unknown = _earlier(ours_in(raw["CFDocument"])) | unknown
        extensions = raw.get("extensions")
        extensions = extensions if isinstance(extensions, dict) else {}
        self._unknown = _earlier(ours_in(raw))
        self._unknown |= {name: value for name, value in raw.items() if name not in _PACKAGE}
        told = {
            "document": document,
            "associations": self._associations(tree),
            "definitions": self._definitions(raw.get("CFDefinitions")),
            "rubrics": self._rubrics(rubrics),
            "extensions": {name: value for name, value in extensions.items() if name != OURS},
        }
        beyond = {"document": unknown, "package": self._unknown}
        told["unknown"] = {name: value for name, value in beyond.items() if value}
        return {name: value for name, value in told.items() if value}

    def _associations(self, tree: Tree) -> list[dict[str, Any]]:
        written = {one["identifier"] for one in self._written["CFAssociations"]}
        found = []
        for position, raw in enumerate(tree.others):
            fit, rest = sifted("CFAssociation", self._with_known_type(raw))
            rest.pop("CFDocumentURI", None)
            if fit.get("identifier") in written:
                continue
            if not {"associationType", "originNodeURI", "destinationNodeURI"} <= fit.keys():
                self._set_aside("CFAssociations", raw)
                continue
            place = f"{self._id}/association/{position}"
            found.append(completed("CFAssociation", _with_unknown(fit, rest), place, self._moment))
        for raw in tree.unfit:
            self._set_aside("CFAssociations", raw)
        return found

    def _with_known_type(self, raw: dict[str, Any]) -> dict[str, Any]:
        """Return an association; a type of their own becomes "ext:...", as CASE 1.1 has it."""
        relation = raw.get("associationType")
        if is_relation(relation) or not isinstance(relation, str):
            return raw
        own = _ODD.sub("-", relation).strip("-")[:60]
        if not own:
            return raw
        message = N_(
            "Types of association that CASE does not know are kept as their own: {number} ({names})."
        )
        self._noting.note("unknown_relation", message, relation)
        return raw | {"associationType": f"ext:{own}"}

    def _definitions(self, raw: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if not isinstance(raw, dict):
            return found
        for name, value in raw.items():
            if name in _DEFINITIONS and isinstance(value, list):
                listed = self._definition_list(name, value)
                found |= {name: listed} if listed else {}
            elif name == "extensions" and isinstance(value, dict):
                found |= {name: value} if value else {}
            else:
                self._unknown.setdefault("CFDefinitions", {})[name] = value
        return found

    def _definition_list(self, name: str, values: list[Any]) -> list[dict[str, Any]]:
        written = {one["identifier"] for one in self._written["CFDefinitions"].get(name, ())}
        found = []
        for position, raw in enumerate(values):
            if not isinstance(raw, dict):
                self._set_aside(name, raw)
                continue
            fit, rest = sifted(_DEFINITIONS[name], raw)
            if fit.get("identifier") not in written:
                place = f"{self._id}/{name}/{position}"
                found.append(completed(_DEFINITIONS[name], _with_unknown(fit, rest), place, self._moment))
        return found

    def _rubrics(self, raws: list[dict[str, Any]]) -> list[dict[str, Any]]:
        written = {one["identifier"] for one in self._written["CFRubrics"]}
        found = []
        for position, raw in enumerate(raws):
            fit, rest = sifted("CFRubric", raw)
            if fit.get("identifier") in written:
                continue
            message = N_("Rubrics that have no place here are kept as they are: {number} ({names}).")
            self._noting.note("kept_rubric", message, str(fit.get("title", ""))[:40])
            place = f"{self._id}/rubric/{position}"
            found.append(completed("CFRubric", _with_unknown(fit, rest), place, self._moment))
        return found

    def _set_aside(self, name: str, raw: Any) -> None:
        """Keep what CASE could not hold where it stood."""
        message = N_("Entries that are not as CASE wants them are kept aside: {number} ({names}).")
        self._noting.note("set_aside", message, name)
        known = self._unknown.get(name)
        self._unknown[name] = [*(known if isinstance(known, list) else []), raw]


def _earlier(ours: dict[str, Any]) -> dict[str, Any]:
    """Return what was unknown already when it was read before."""
    unknown = ours.get("unknown")
    return unknown if isinstance(unknown, dict) else {}


def _with_unknown(fit: dict[str, Any], rest: dict[str, Any]) -> dict[str, Any]:
    """Return properties to keep, with those that CASE does not know in our extension."""
    if not rest:
        return fit
    extensions = fit.get("extensions", {})
    ours = extensions.get(OURS)
    ours = ours if isinstance(ours, dict) else {}
    ours = ours | {"unknown": _earlier(ours) | rest}
    return fit | {"extensions": extensions | {OURS: ours}}


def _json(value: dict[str, Any]) -> str:
    return canonical_json(value).decode() if value else ""
