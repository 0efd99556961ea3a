"""Reads a CASE 1.0 or 1.1 package: leniently, with a report of what was put right.

A package that was written here gives the same framework back. Of any other, what has a place here is taken
over, and all the rest is kept as it came and given back on export: see :mod:`.foreign`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from bekwaam.frameworks.exchange.case import head as heads
from bekwaam.frameworks.exchange.case.addresses import Addresses
from bekwaam.frameworks.exchange.case.codes import give_codes
from bekwaam.frameworks.exchange.case.items import items_of, stages_of
from bekwaam.frameworks.exchange.case.keeping import keep
from bekwaam.frameworks.exchange.case.kind_words import STAGE
from bekwaam.frameworks.exchange.case.noting import Noting
from bekwaam.frameworks.exchange.case.parsing import parse
from bekwaam.frameworks.exchange.case.scales import with_scale
from bekwaam.frameworks.exchange.case.tree import MAX_LEVELS, Tree, key_of, levels, nodes_of
from bekwaam.frameworks.exchange.case.writer import Writer
from bekwaam.frameworks.exchange.outcome import Reading
from bekwaam.frameworks.faults import FaultList
from bekwaam.frameworks.model import Framework
from bekwaam.wording import N_

MAX_ITEMS: Final = 50_000


def read_case(data: bytes, name: str) -> Reading:
    """Return the framework in a CASE package, with faults and repairs. ``name`` is what to call the file.

    Whatever the bytes are, this gives a reading and raises nothing.
    """
    faults, repairs = FaultList(), FaultList()
    package = parse(data, name, faults, repairs)
    framework = None
    if package is not None:
        framework = _Package(package, name, faults, repairs).framework()
    return Reading(framework, faults.sorted(), repairs.sorted())


class _Package:
    def __init__(self, package: dict[str, Any], name: str, faults: FaultList, repairs: FaultList) -> None:
        self._package, self._name = package, name
        self._faults, self._repairs = faults, repairs
        self._noting = Noting()

    def framework(self) -> Framework | None:
        """Return what is in the package; None where nothing can be made of it."""
        document = self._package.get("CFDocument")
        if not isinstance(document, dict):
            message = N_("There is no CFDocument in this file: it is not a CASE package.")
            self._faults.add(self._name, 0, "", "no_document", message)
            return None
        raws = self._listed("CFItems")
        if len(raws) > MAX_ITEMS:
            message = N_("There are {number} items; a framework holds {limit} at most.")
            self._faults.add(self._name, 0, "", "too_many", message, number=len(raws), limit=MAX_ITEMS)
            return None
        head = heads.read_head(document, self._name, self._noting)
        nodes = nodes_of(raws, head.framework.uuid or head.identifier, self._noting)
        tree = Tree(nodes, key_of(document), self._noting)
        tree.grow(self._listed("CFAssociations", tables=False))
        tree.check_circles(self._name, self._faults)
        if levels(list(nodes.values())) > MAX_LEVELS:
            message = N_("Items lie more than {limit} levels deep; that is too deep to work with.")
            self._faults.add(self._name, 0, "", "too_deep", message, limit=MAX_LEVELS)
            return None
        framework = self._filled(head, tree)
        self._noting.tell(self._name, self._repairs)
        return framework

    def _filled(self, head: heads.Head, tree: Tree) -> Framework:
        ordered = tree.ordered(as_written=head.ours)
        stage_nodes = [node for node in ordered if node.ours.get("kind") == STAGE and node.parent is None]
        staged = {id(node) for node in stage_nodes}
        plain = [node for node in ordered if id(node) not in staged]
        stages = stages_of(stage_nodes)
        give_codes(plain, set(), self._noting)
        items = items_of(plain, head, {stage.code for stage in stages}, self._noting)
        framework = replace(head.framework, stages=stages, items=items)
        rubrics = self._listed("CFRubrics")
        if not stages and rubrics:
            framework, rubrics = with_scale(framework, plain, rubrics, self._noting)
        if head.rule is not None or framework.kind == "standard":
            framework = heads.with_rule(framework, head.rule, self._name, self._faults)
        writer = Writer(framework, Addresses(head.base), head.moment)
        return keep(framework, self._package, rubrics, plain, tree, writer, self._noting)

    def _listed(self, name: str, tables: bool = True) -> list[Any]:
        """Return a list of the package; of ``tables``, what is none is left out and said."""
        found = self._package.get(name)
        if not isinstance(found, list):
            return []
        sound = [one for one in found if isinstance(one, dict)] if tables else found
        if len(sound) < len(found):
            message = N_("Entries that are no table of keys and values were left out: {number} ({names}).")
            for _ in range(len(found) - len(sound)):
                self._noting.note("not_a_table", message, name)
        return sound
